"""Reviewers' decisions as something to learn from: labelled lines for training, rules for every document, lines for site rules."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator

import msgspec

from cleaner.batch.runs import read_run
from cleaner.batch.work import clean_as
from cleaner.classify.reviewed import Reviewed
from cleaner.errors import CleanerError
from cleaner.load.decisions import Decision, Verdict, read_decisions
from cleaner.load.rules import normalise
from cleaner.pipeline import Cleaner
from cleaner.sinks.fence import Fence
from cleaner.sinks.folder import LEDGER
from cleaner.sources.files import read
from cleaner.sources.folders import Input, find

#: decided in so many documents, a line is one for a rule although nobody said so
_OFTEN = 2
#: what a rule must keep where no reviewer has kept anything: the words inside a sentence
_SENTENCE = "On Monday the council read out what stood there, “{}”, and nobody in the hall could say who had written it."
_HEAD = """\
# Rules from reviewers' decisions, written by cleaner. Meant to be read: `cleaner rules check FILE` runs them on their examples,
# `cleaner clean --rules FILE` uses them. Decisions on one document alone are not here, they are honoured from their own file.
"""


class DecidedLine(msgspec.Struct, frozen=True):
    """A run of a document on which a reviewer has decided."""

    #: in code points of the document's source as it is now; as it was where that is not at hand
    start: int
    end: int
    text: str
    #: one of `cleaner labels`
    label: str
    #: whether it begins and ends a line
    is_line: bool


class DecidedDocument(msgspec.Struct, frozen=True):
    """A document on which reviewers have decided."""

    id: str
    #: its source; None where the document is not at hand
    source: str | None
    #: sorted, without overlap where there is a source
    lines: tuple[DecidedLine, ...]


class SiteLine(msgspec.Struct, frozen=True):
    """A line that a reviewer has decided on for a whole site."""

    site: str
    text: str
    verdict: Verdict
    label: str
    #: whether it begins and ends a line
    is_line: bool


def load_decisions(path: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None) -> tuple[DecidedDocument, ...]:
    """Documents with labelled lines, for training.

    Parameters: `path` is a decisions file; `folder` is what was reviewed, documents or an output with its ledger: the decisions file's
    own folder where none is named. A document that has changed since is labelled where the decided words are found again.
    Returns the documents sorted by id; one that is not in the folder has its decided lines alone.
    Raises `DataFileError` for a file that is no decisions file.
    """
    by_id: dict[str, list[Decision]] = {}
    for decision in read_decisions([path]):
        by_id.setdefault(decision.id, []).append(decision)
    root = os.fspath(folder) if folder is not None else os.path.dirname(os.fspath(path)) or "."
    sources = dict(_sources(root, frozenset(by_id)))
    return tuple(_decided(id, sources.get(id), decisions) for id, decisions in sorted(by_id.items()))


def user_rules(decisions: Iterable[Decision]) -> str:
    """A rule file of what reviewers removed for all documents, or in several: `Options(rules=…)` takes it.

    Lines that somebody kept anywhere make no rule, nor does what spans several lines.
    Returns TOML, the same for the same decisions in any order; empty of rules where none follows from them.
    """
    listed = sorted(decisions, key=lambda decision: (decision.time, decision.key))
    kept = {normalise(decision.text) for decision in listed if decision.verdict == "keep"}
    documents: dict[tuple[str, str, str], set[str]] = {}
    words: dict[tuple[str, str, str], str] = {}
    wanted: set[tuple[str, str, str]] = set()
    for decision in listed:
        text = " ".join(decision.text.split())
        if decision.verdict != "remove" or decision.scope == "site" or len(decision.text.splitlines()) > 1 or normalise(text) in kept:
            continue
        where = _where(decision)
        if where != "line" and not re.search(r"[^\W\d_]{2}", text):
            continue  # a pattern without a word would be tried everywhere
        key = (decision.label, where, normalise(text) if where == "line" else text)
        words.setdefault(key, text)
        documents.setdefault(key, set()).add(decision.digest)
        if decision.scope == "identical" or len(documents[key]) >= _OFTEN:
            wanted.add(key)
    examples = sorted({" ".join(decision.text.split()) for decision in listed if decision.verdict == "keep" and decision.text.strip()})
    tables = [_HEAD]
    for label in sorted({label for label, _, _ in wanted}):
        lines = sorted(words[key] for key in wanted if key[:2] == (label, "line"))
        if lines:
            tables.append(_table(f"reviewed-{label.replace('_', '-')}", label, "lines", lines, lines, examples))
        for key in sorted(key for key in wanted if key[0] == label and key[1] != "line"):
            text = words[key]
            mark = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
            tables.append(_table(f"reviewed-{label.replace('_', '-')}-{mark}", label, key[1], text, [f"So it was. ⟦{text}⟧"], examples))
    return "\n".join(tables)


def site_lines(decisions: Iterable[Decision]) -> tuple[SiteLine, ...]:
    """What was decided for whole sites: the lines of site rules written by hand. Of two on the same words the later stands.

    Returns them sorted by site and text.
    """
    latest: dict[tuple[str, str], SiteLine] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.time, decision.key)):
        if decision.scope == "site" and decision.site:
            text = " ".join(decision.text.split())
            latest[decision.site, text] = SiteLine(decision.site, text, decision.verdict, decision.label, _where(decision) == "line")
    return tuple(latest[key] for key in sorted(latest))


def _sources(folder: str, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The sources of the documents that are in a folder."""
    if os.path.isfile(os.path.join(folder, LEDGER)):
        yield from ((ran.id, ran.result.source) for ran in read_run(folder) if ran.result is not None and ran.id in wanted)
        return
    cleaner = Cleaner()
    for thing in find([folder], Fence([folder], None).passed) if os.path.isdir(folder) else ():
        if isinstance(thing, Input) and thing.id in wanted:
            try:
                yield thing.id, clean_as(cleaner, thing, read(thing.path, thing.compression, cleaner.options.max_chars)).source
            except (CleanerError, OSError):
                continue  # no document to learn from; `clean` tells why


def _decided(id: str, source: str | None, decisions: list[Decision]) -> DecidedDocument:
    if source is None:
        lines = (DecidedLine(one.start, one.end, one.text, one.label, _where(one) == "line") for one in decisions)
        return DecidedDocument(id, None, tuple(sorted(lines, key=lambda line: (line.start, line.end))))
    # What a reviewer said of all identical spans was looked at in this document only.
    here = Reviewed(msgspec.structs.replace(decision, scope="document") for decision in decisions)
    found = [
        DecidedLine(
            verdict.start, verdict.end, source[verdict.start : verdict.end], verdict.label, _is_line(source, verdict.start, verdict.end)
        )
        for verdict in here.verdicts(source)
    ]
    return DecidedDocument(id, source, tuple(found))


def _is_line(source: str, start: int, end: int) -> bool:
    before, after = source[:start].rstrip(" \t"), source[end:].lstrip(" \t")
    return (not before or before[-1] in "\r\n") and (not after or after[0] in "\r\n")


def _where(decision: Decision) -> str:
    """What of a line was decided on: all of it, its start, its end, or something in it."""
    before, after = decision.before.rstrip(" \t"), decision.after.lstrip(" \t")
    opens, closes = not before or before[-1] in "\r\n", not after or after[0] in "\r\n"
    return "line" if opens and closes else "start" if opens else "end" if closes else "anywhere"


def _table(id: str, label: str, kind: str, what: str | list[str], removes: list[str], examples: list[str]) -> str:
    sought = what if isinstance(what, list) else [what]
    taken = set(map(normalise, sought))
    keeps = [example for example in examples if normalise(example) not in taken and not any(text in example for text in sought)][:3]
    lines = ["[[rule]]", f"id = {_quoted(id)}", f"label = {_quoted(label)}", 'languages = ["*"]']
    if isinstance(what, list):
        lines.append(f"lines = {_listed(what)}")
        keeps.append(_SENTENCE.format(what[0]))
    else:
        lines += [f"span = {_quoted(_pattern(what))}", f"at = {_quoted(kind)}"]
        keeps = keeps or [_SENTENCE.format("nothing")]
    if kind == "start":
        removes = [f"⟦{what}⟧ And so it was."]
    return "\n".join([*lines, f"removes = {_listed(removes)}", f"keeps = {_listed(keeps)}", ""])


def _pattern(text: str) -> str:
    """The words as a pattern of RE2, whatever white space lies between them."""
    return r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", word) for word in text.split())


def _listed(texts: list[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(text: str) -> str:
    """A TOML string; TOML takes JSON's escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
