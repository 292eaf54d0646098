"""Reviewers' decisions as a rule file: what goes from every document, because a reviewer said so or removed it in several."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from cleaner.classify.examples import check_rule
from cleaner.classify.rules import RuleBook
from cleaner.learning.statements import Statement, Where, statements
from cleaner.load.decisions import Decision
from cleaner.load.rules import MARK_CLOSE, MARK_OPEN, RuleTable, checked_rule, normalise
from cleaner.load.toml_text import toml_value

#: decided in so many documents, a line is one for a rule although nobody said so
_OFTEN = 2
#: words with text on both sides, shorter than this, go everywhere only where a reviewer said so: in prose they may be a part of it
_LEAST_INSIDE = 3
#: examples that a rule must keep, of those that reviewers kept
_MOST_KEPT = 3
#: without a word, a part of a line would be looked for everywhere
_WORD = re.compile(r"[^\W\d_]{2}")
#: the first line of every such file, by which it is known to be one that may be replaced
FIRST_LINE = "# Rules from reviewers' decisions, written by `cleaner learn --user-rules`."
_HEAD = f"""\
{FIRST_LINE} Meant to be read.
# `cleaner rules check FILE` runs them on their examples, `cleaner clean --rules FILE` uses them. Learning again writes them anew: rules of
# your own belong into another file. Decisions on one document alone are not here; they are honoured from the decisions' own file.
"""
#: what a rule must keep where no reviewer kept anything: the words inside a sentence, or sentences without them
_INSIDE = "On Monday the council read out what stood there, “{}”, and nobody in the hall could say who had written it."
_OTHERS = (
    "On Monday the council met in the hall by the river, and nobody could say how long it would take.",
    "Zwei Boote lagen am Abend noch vor der Schleuse, und der Wärter winkte sie hindurch.",
    "Le vieux moulin a tourné toute la nuit sans que personne ne le remarque.",
)
#: what the words stand in, in an example, where what they stood in will not do
_CARRIERS = {
    "start": ("{} And so it was.", "{} Zwei Boote lagen vor der Schleuse."),
    "end": ("So it was. {}", "Zwei Boote lagen vor der Schleuse. {}"),
    "anywhere": ("So it was. {} And so it stayed.", "Zwei Boote lagen vor der Schleuse. {} Der Wärter winkte."),
}


def user_rules(decisions: Iterable[Decision]) -> tuple[RuleTable, ...]:
    """Rules for all documents: the lines and parts of lines that a reviewer removed wherever they stand, or in two documents.

    What anybody kept makes no rule, nor does what was decided on for a site, or spans several lines. Every rule was run on its
    examples; words that no rule can find (digits alone, a page of text) are left to the decisions themselves.
    Returns rules that do not depend on the decisions' order, sorted by label.
    """
    said = statements(decisions)
    kept = list(dict.fromkeys(one.text for one in said if one.verdict == "keep"))
    whole: dict[str, list[str]] = {}
    parts: list[RuleTable] = []
    for one in _wanted(said, kept):
        if one.where != "line":
            parts += _first_good(_tables_of_part(one, kept))
        elif list(_first_good([_table_of_lines(one.label, [one.text], kept)])):
            whole.setdefault(one.label, []).append(one.text)
    lines = [_table_of_lines(label, sorted(texts), kept) for label, texts in whole.items()]
    return tuple(sorted([*lines, *parts], key=lambda table: (table.label, bool(table.span), table.span or "", table.id)))


def rules_toml(tables: Sequence[RuleTable]) -> str:
    """The rules as the text of a rule file."""
    pieces = [_HEAD]
    for table in tables:
        values = msgspec.to_builtins(table)
        shown = {name: values[name] for name in ("id", "label", "languages", "lines", "span", "at", "removes", "keeps") if values[name]}
        pieces.append("\n[[rule]]\n" + "".join(f"{name} = {toml_value(value)}\n" for name, value in shown.items()))
    # A file without a rule is one too: it says that nothing follows from the decisions.
    return "".join(pieces) if tables else _HEAD + "rule = []\n"


def _wanted(said: Iterable[Statement], kept: Sequence[str]) -> Iterator[Statement]:
    """The removals that are to go everywhere, one for all with the same words: the latest, which gives the label."""
    kept_lines = set(map(normalise, kept))
    latest: dict[tuple[Where, str], Statement] = {}
    documents: dict[tuple[Where, str], set[str]] = {}
    everywhere: set[tuple[Where, str]] = set()
    for one in said:
        if one.verdict != "remove" or one.scope == "site" or (one.where != "line" and not _WORD.search(one.text)):
            continue
        if normalise(one.text) in kept_lines or (one.where != "line" and any(_stands_in(one, text) for text in kept)):
            continue
        key = (one.where, normalise(one.text) if one.where == "line" else one.text)
        latest[key] = one
        documents.setdefault(key, set()).add(one.digest)
        if one.scope == "identical":
            everywhere.add(key)
    for key, one in sorted(latest.items(), key=lambda item: item[0]):
        often = len(documents[key]) >= _OFTEN and (one.where != "anywhere" or len(one.text.split()) >= _LEAST_INSIDE)
        if key in everywhere or often:
            yield one


def _stands_in(part: Statement, text: str) -> bool:
    """Whether a rule for a part of a line would take it from a text."""
    if part.where == "start":
        return text.startswith(part.text)
    return text.endswith(part.text) if part.where == "end" else part.text in text


def _table_of_lines(label: str, texts: list[str], kept: Sequence[str]) -> RuleTable:
    keeps = (*kept[:_MOST_KEPT], _INSIDE.format(texts[0]), _OTHERS[0])
    return RuleTable(
        id=f"reviewed-{label.replace('_', '-')}", label=label, languages=("*",), lines=tuple(texts), removes=tuple(texts), keeps=keeps
    )


def _tables_of_part(part: Statement, kept: Sequence[str]) -> Iterator[RuleTable]:
    """The rule for a part of a line, with its example as it stood there, else in sentences of ours."""
    assert part.where != "line"
    mark = hashlib.blake2b(f"{part.where} {part.text}".encode(), digest_size=4).hexdigest()
    keeps = tuple(text for text in (*kept[:_MOST_KEPT], *_OTHERS) if part.text.lower() not in text.lower())
    marked = f"{MARK_OPEN}{part.text}{MARK_CLOSE}"
    for example in (
        " ".join(f"{part.before} {marked} {part.after}".split()),
        *(carrier.format(marked) for carrier in _CARRIERS[part.where]),
    ):
        yield RuleTable(
            id=f"reviewed-{part.label.replace('_', '-')}-{mark}",
            label=part.label,
            languages=("*",),
            span=_pattern(part.text),
            at=part.where,
            removes=(example,),
            keeps=keeps,
        )


def _pattern(text: str) -> str:
    """The words as a pattern, whatever white space lies between them, and never inside longer words."""
    pattern = r"\s+".join(re.sub(r"([!-/:-@\[-^`{-~])", r"\\\1", word) for word in text.split())
    start, end = (r"\b" if sign.isascii() and sign.isalnum() else "" for sign in (text[0], text[-1]))
    return start + pattern + end


def _first_good(tables: Iterable[RuleTable]) -> Iterator[RuleTable]:
    """The first of the tables that does what its examples say, if there is one."""
    for table in tables:
        try:
            rule = checked_rule(table, Path("decisions"))
        except ValueError:
            continue  # digits alone, or nothing that could be looked for at once
        if not check_rule(rule, RuleBook([rule])):
            yield table
            return
