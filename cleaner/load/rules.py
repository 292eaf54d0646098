"""Rule files to checked rules. docs/rules.md is the format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from cleaner.errors import DataFileError, RuleError
from cleaner.kernel import COMPILED
from cleaner.load.files import read_toml
from cleaner.load.frequency import frequency
from cleaner.load.labels import labels
from cleaner.load.literals import Clause, clauses, longest_match
from cleaner.load.patterns import Pattern, PatternSet, compile_pattern, group_finder, pattern_set
from cleaner.load.terms import PLACEHOLDERS, expand

if COMPILED:
    from cleaner.kernel.normal_forms import NormalForms

Kind: TypeAlias = Literal["lines", "words", "line", "span", "sections", "section", "neighbour"]
At: TypeAlias = Literal["start", "end", "anywhere"]
Position: TypeAlias = Literal["before", "after", "outside", "inside"]

_KINDS: tuple[Kind, ...] = ("lines", "words", "line", "span", "sections", "section")
_PATTERN_KINDS = ("line", "span", "section")
#: `line` and `section` patterns are tried on lines of at most this many words where the rule does not say
DEFAULT_MAX_WORDS = 30
#: a rule without a literal is tried on lines with a digit and at most this many words
MOST_WORDS_WITHOUT_LITERAL = 12
#: where literals are met so often in a page, looking at every short line with a digit is cheaper
COMMON = 1.0
#: what `neighbour` may name beside labels
NEIGHBOURS = frozenset({"prose", "none"})
#: a rule at least this sure is believed before the model
PRECISE = 0.9
#: characters of a pattern; the package's longest has 4,700
MOST_PATTERN = 10_000
#: spans reach no further than this, and a little further than their pattern says
MOST_REACH, _SLACK = 320, 8
#: where a span's pattern holds more than what goes, this group holds that
RESIDUE_GROUP = "(?P<residue>"
#: and where a byline's pattern holds more than the author, this one holds that
AUTHOR_GROUP = "(?P<author>"
#: marks of the part that a rule must remove in its examples
MARK_OPEN, MARK_CLOSE = "⟦", "⟧"


class Neighbour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the lines beside a line must be. Empty: anything."""

    previous: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[rule]]` as it stands in a file."""

    id: str
    label: str
    languages: tuple[str, ...]
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    line: str | None = None
    span: str | None = None
    section: str | None = None
    neighbour: Neighbour | None = None
    at: At | None = None
    until: Literal["prose", "end", "blank"] | int | None = None
    min_words: int = 0
    max_words: int | None = None
    position: Position | None = None
    digits: bool | None = None
    sentence: bool | None = None
    score: float = 0.95


class Rule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A checked rule."""

    id: str
    label: str
    #: language codes, or `*`
    languages: frozenset[str]
    kind: Kind
    #: of `lines`, `words` and `sections`: normalised
    phrases: frozenset[str] = frozenset()
    #: of `line`, `span` and `section`, as it was written
    pattern: str | None = None
    #: every match of the pattern fulfils one of these; empty: tried on all short lines with digits
    clauses: tuple[Clause, ...] = ()
    neighbour: Neighbour | None = None
    at: At = "anywhere"
    #: of spans: they are looked for so many characters from their end of the line, or from their literal
    reach: int = MOST_REACH
    #: where a section's tail ends; a number is the most lines it has
    until: Literal["prose", "end", "blank"] | int = "prose"
    min_words: int = 0
    max_words: int = 1_000_000
    position: Position | None = None
    digits: bool | None = None
    sentence: bool | None = None
    score: float = 0.95
    #: empty for the package's rules, unless they were read from their files
    removes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    #: the file it stands in
    path: str
    #: whether it came with the package
    trusted: bool


#: signs that do not count at a line's edges
EDGES = " \t\u00a0\u200b\ufeff\u00ad.,;:!?…\"'`´‘’‚‛“”„«»‹›()[]{}<>|/\\*_~=+-–—―•·●▪■□◦▶►▷▸◀◄→←↑↓↗➔➜➡⇥©®™#§^°%&@×✕✖✓✔★☆♥❤📷🔊🎧▼▲△▽⌄"
EDGES += "\u3000。、，．！？：；「」『』（）【】〔〕［］《》〈〉｜／＼＊＆＠＋＝＃〜～◆◇○◎※"
_DIGITS = re.compile(r"\d+")
_PLACEHOLDER = re.compile(rf"[{chr(PLACEHOLDERS)}-\U0010ffff]|\\U00(?:0[fF]|10)")


if COMPILED:
    normal_forms = NormalForms(EDGES)
#: the twin's answer, where it has one
_compiled_form: Callable[[str], str | None] = normal_forms.of if COMPILED else lambda line: None


def normalise(line: str) -> str:
    """The form in which whole lines are compared: lower case, one space, digits as one `0`, edges free of punctuation and symbols.

    A line that has nothing but those is compared as it stands.
    """
    form = _compiled_form(line)
    return _normal_form(line) if form is None else form


def _normal_form(line: str) -> str:
    key = line.strip(EDGES).lower().replace("’", "'")
    if not key.isascii() and ("ı" in key or "i̇" in key):
        key = key.replace("ı", "i").replace("i̇", "i")  # Turkish has two letters i, and which one a capital I is, depends on the language
    if not key:
        return line.strip()
    if "  " in key or "\u00a0" in key or "\t" in key or "\u00ad" in key or "\n" in key:
        key = " ".join(key.replace("\u00ad", "").split())
    return key if key.isalpha() else _DIGITS.sub("0", key)


def load_rules(path: Path, *, trusted: bool = False) -> tuple[Rule, ...]:
    """The rules of one file.

    Raises `DataFileError` for an unreadable file and `RuleError` for a rule that cannot be used.
    """
    tables = read_toml(path)
    listed = tables.pop("rule", None)
    if tables or not isinstance(listed, list):
        raise DataFileError(path, "a rule file holds [[rule]] tables and nothing else")
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, table in enumerate(listed, 1):
        name = table.get("id") if isinstance(table, dict) else None
        part = f"rule {name}" if isinstance(name, str) else f"rule {number}"
        try:
            rule = checked_rule(msgspec.convert(table, RuleTable), path, trusted=trusted)
        except msgspec.ValidationError as error:
            raise RuleError(path, str(error), part) from error
        except ValueError as error:
            raise RuleError(path, str(error), part) from error
        if rule.id in seen:
            raise RuleError(path, "this id stands twice: give each rule its own", part)
        seen.add(rule.id)
        rules.append(rule)
    return tuple(rules)


def compiled(rule: Rule, *, groups: bool = False) -> Pattern:
    """The rule's pattern, compiled; with its groups if they are asked for.

    Raises `ValueError` where RE2 cannot use it.
    """
    return compile_pattern(_expanded(rule), groups=groups)


def probe(rule: Rule) -> PatternSet:
    """The rule's pattern, to ask whether it is in a text.

    Raises `ValueError` where RE2 cannot use it.
    """
    return pattern_set((_expanded(rule),))


def author_finder(rule: Rule) -> Callable[[str], str | None]:
    """What says which part of a text the rule's pattern calls the author: in its first match; None for none."""
    # The kernel says where one group of a pattern stands: the one of this name.
    places = pattern_set((author_pattern(rule),))
    in_re2: list[Callable[[str], str | None]] = []

    def find_in_re2(text: str) -> str | None:
        if not in_re2:
            in_re2.append(group_finder(compiled(rule, groups=True), "author"))
        return in_re2[0](text)

    def find(text: str) -> str | None:
        assert places.program is not None
        try:
            found = places.program.search(text.encode())
        except OverflowError:  # the text is too long for the kernel
            return find_in_re2(text)
        return text[found[0] : found[1]] if found and found[0] >= 0 else None

    return find if places.program is not None and places.has_places else find_in_re2


def author_pattern(rule: Rule) -> str:
    """The rule's pattern, its lists inserted, with the author in the group of what is looked for."""
    return _expanded(rule).replace(AUTHOR_GROUP, RESIDUE_GROUP)


def _expanded(rule: Rule) -> str:
    assert rule.pattern is not None
    pattern = expand(rule.pattern)
    if rule.kind == "span" and rule.at == "end":
        return rf"(?:{pattern})\s*$"
    if rule.kind == "span" and rule.at == "start":
        return rf"^\s*(?:{pattern})"
    return pattern


def checked_rule(table: RuleTable, path: Path, *, trusted: bool = False) -> Rule:
    """The rule of a table that stands in that file.

    Raises `ValueError` for one that cannot be used.
    """
    if table.label not in labels():
        raise ValueError(f"no label {table.label!r}; there are {', '.join(labels())}")
    if not table.languages:
        raise ValueError('languages is empty: name some, or ["*"]')
    if not table.removes or not table.keeps:
        raise ValueError("a rule shows what it removes and what it must keep: fill both lists")
    if not 0 <= table.score <= 1:
        raise ValueError(f"score {table.score} is not between 0 and 1")
    given = [kind for kind in _KINDS if getattr(table, kind)]
    if len(given) > 1 or (not given and table.neighbour is None):
        raise ValueError(
            f"a rule looks at one thing: write exactly one of {', '.join(_KINDS)} (or neighbour alone), not {', '.join(given) or 'none'}"
        )
    kind: Kind = given[0] if given else "neighbour"
    if (table.at is not None) != (kind == "span"):
        raise ValueError('`at` ("start", "end" or "anywhere") belongs to every span rule, and to no other')
    if table.until is not None and kind not in ("section", "sections"):
        raise ValueError("`until` belongs to section rules only")
    if table.neighbour is not None:
        if kind in ("span", "section", "sections"):
            raise ValueError("`neighbour` goes with line, lines and words, or alone")
        unknown = (table.neighbour.previous | table.neighbour.next) - labels().keys() - NEIGHBOURS
        if unknown:
            raise ValueError(f"neighbour names no labels: {', '.join(sorted(unknown))}")
    pattern, needed = None, tuple[Clause, ...]()
    max_words = table.max_words
    if kind in _PATTERN_KINDS:
        pattern = getattr(table, kind)
        needed = _clauses(pattern, table, kind)
        if max_words is None and kind != "span":
            max_words = DEFAULT_MAX_WORDS
    phrases = frozenset(map(normalise, getattr(table, kind))) if kind in ("lines", "words", "sections") else frozenset()
    for phrase in phrases:
        if not phrase or (any(map(str.isdecimal, phrase)) and not any(map(str.isalpha, phrase))):
            raise ValueError(f"{kind} holds a text of digits alone, or none: every number would equal it; write a `line` pattern")
    rule = Rule(
        id=table.id,
        label=table.label,
        languages=frozenset(table.languages),
        kind=kind,
        phrases=phrases,
        pattern=pattern,
        clauses=needed,
        neighbour=table.neighbour,
        at=table.at or "anywhere",
        reach=min(MOST_REACH, longest_match(pattern) + _SLACK) if pattern is not None and kind == "span" else MOST_REACH,
        until=table.until if table.until is not None else "prose",
        min_words=table.min_words,
        max_words=1_000_000 if max_words is None else max_words,
        position=table.position,
        digits=table.digits,
        sentence=table.sentence,
        score=table.score,
        removes=table.removes,
        keeps=table.keeps,
        path=str(path),
        trusted=trusted,
    )
    if not trusted and rule.pattern is not None:
        compiled(rule)
        probe(rule)
    return rule


def _clauses(pattern: str, table: RuleTable, kind: Kind) -> tuple[Clause, ...]:
    if len(pattern) > MOST_PATTERN:
        raise ValueError(f"the pattern has {len(pattern):,} characters, more than {MOST_PATTERN:,}: make several rules of it")
    if _PLACEHOLDER.search(pattern):
        raise ValueError("the pattern holds a private sign beyond U+EFFFF, which stands for a list of terms.toml here: leave it out")
    try:
        found = clauses(pattern)
    except KeyError as error:
        raise ValueError(f"{{{error.args[0]}}} is no list of terms.toml; write \\{{ for a brace") from error
    except (re.error, OverflowError) as error:
        raise ValueError(f"the pattern is not valid: {error}") from error
    except RecursionError as error:
        raise ValueError("the pattern has too many brackets inside each other: write it flatter") from error
    short_with_digits = kind == "line" and table.digits and table.max_words is not None and table.max_words <= MOST_WORDS_WITHOUT_LITERAL
    if short_with_digits and (not found or _commonness(found) > COMMON):
        return ()
    if not found:
        raise ValueError(
            "the pattern has no literal that every match contains (two letters, or a sign, at least): add one, "
            f"or let a line rule ask for digits = true and max_words of at most {MOST_WORDS_WITHOUT_LITERAL}"
        )
    return found


def _commonness(found: tuple[Clause, ...]) -> float:
    """How often a page makes one look closer at a rule with these clauses, roughly."""
    return sum(frequency(clause.trigger) / (1 + 2 * len(clause.also)) for clause in found)


def select(rules: Sequence[Rule], language: str | None) -> tuple[Rule, ...]:
    """The rules to use on a text in that language; all of them where the language is unknown."""
    if language is None:
        return tuple(rules)
    wanted = {"*", language}
    return tuple(rule for rule in rules if rule.languages & wanted or not rule.trusted)
