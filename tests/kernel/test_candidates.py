"""The rules that literals leave possible: the kernel finds the same as its twin in Python, whatever the line."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.candidates import Candidates, Possible, candidates
from cleaner.load.frequency import WORD
from cleaner.load.package import package_rules
from cleaner.load.rules import Rule, RuleTable, checked_rule, select
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

#: of every kind and condition, with letters of one byte to four, and literals inside each other
_PATTERNS: list[dict[str, Any]] = [
    {"line": r"\bwerft(?: zeitung)?\b"},
    {"line": "^(?:mehr zum|mehr) (?:thema|hafen)", "max_words": 6, "sentence": False},
    {"line": "hafen.*(?:boot|schiff)", "digits": True},
    {"line": r"^\W*(?:größe|größen|größte) \d+", "min_words": 2},
    {"section": "^(?:zurück|📷 bilder)"},
    {"span": r"\((?:dpa|epd|afp)\)", "at": "end"},
    {"span": "(?:foto|bild):? (?:dpa|werft)", "at": "end"},
    {"span": r"^(?:berlin|köln) \((?:dpa|afp)\) [–-]", "at": "start"},
    {"span": r"(?:lesen sie|siehe) (?:auch|dazu):? .{3,60}(?:boot|mehr)", "at": "anywhere"},
    {"span": "写真=", "at": "anywhere"},
]
_PIECES = [
    *("Werft", "werft zeitung", "Zeitung", "Mehr zum Thema", "mehr hafen", "Hafen", "Boot", "schiff", "12", "٣", "Größe", "größte 7"),
    *("zurück", "📷 Bilder", "(dpa)", "(epd", "afp)", "Foto: dpa", "bild werft", "Berlin (dpa) –", "Köln (afp) -", "lesen sie auch: "),
    *("siehe dazu", "写真=", "写真", "**", "__", "](", "\n", " ", ".", "»", "x", "ſ", "İ", "\u0307", "\0", "\U0001f4f7", "…", "wort " * 80),
]
_LINES = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(" -x1é"), st.text(st.characters(exclude_categories=["Cs"]), max_size=3)),
    max_size=12,
).map("".join)
_BOTH = ("own", "de", "ja", "all")


def _rule(number: int, **fields: Any) -> Rule:
    table = RuleTable(id=f"r{number}", label="promotion", languages=("*",), removes=("x",), keeps=("y",), **fields)
    return checked_rule(table, Path("rules.toml"))


@functools.cache
def _rules(name: str) -> Sequence[Rule]:
    if name == "own":
        return [_rule(number, **fields) for number, fields in enumerate(_PATTERNS)]
    return select(package_rules(), None if name == "all" else name)


@functools.cache
def _twins(name: str) -> tuple[Candidates, Candidates]:
    return candidates(_rules(name), compiled=True), candidates(_rules(name), compiled=False)


def _plain(found: Sequence[Possible]) -> list[Any]:
    return [None if one is None else (list(one[0]), None if one[1] is None else tuple(one[1])) for one in found]


def _assert_same(name: str, lines: Sequence[tuple[str, str]]) -> None:
    """The lines as they stand in the source, and as a reader sees them."""
    lows = [raw.lower() for raw, _ in lines]
    texts = [None if raw == text else (text.lower(), any(sign in raw for sign in ("](", "**", "__"))) for raw, text in lines]
    words, ends = [text.count(" ") + 1 for _, text in lines], [text.endswith(".") for _, text in lines]
    compiled, plain = (twin.find(lows, texts, words, ends) for twin in _twins(name))
    assert _plain(compiled) == _plain(plain)


@pytest.mark.parametrize("name", _BOTH)
@given(st.lists(_LINES, max_size=6))
@example(["", "\0", "Köln (dpa) – Werft (dpa)", "\nmehr zum\nthema\n"])
@example(["lesen sie auch: " * 300 + "boot", "größte 7 " * 40])
def test_any_lines(name: str, lines: list[str]) -> None:
    _assert_same(name, [(line, line) for line in lines])


@pytest.mark.parametrize("name", _BOTH)
@given(st.lists(st.tuples(_LINES, _LINES), max_size=4))
@example([("**mehr** zum [Thema](x)", "mehr zum Thema"), ("Lesen Sie\nauch: **Boot**", "Lesen Sie auch: Boot")])
def test_lines_with_signs_that_a_reader_does_not_see(name: str, lines: list[tuple[str, str]]) -> None:
    _assert_same(name, lines)


@given(st.data())
def test_lines_of_the_package_s_own_literals(data: st.DataObject) -> None:
    rules = _rules("de")
    clauses = [clause for rule in rules for clause in rule.clauses]
    pieces = [
        piece.strip(WORD) for clause in data.draw(st.lists(st.sampled_from(clauses), min_size=1, max_size=4)) for piece in _asked(clause)
    ]
    lines = data.draw(st.lists(st.lists(st.sampled_from([*pieces, " ", ". ", "x"]), max_size=8).map("".join), max_size=5))
    _assert_same("de", [(line, line) for line in lines])


def _asked(clause: Any) -> list[str]:
    return [min(found) for found in (clause.trigger, *clause.also, clause.starts, clause.ends) if found]


def test_the_corpus() -> None:
    for case in CASES:
        for name in (case.known["language"], "all"):
            _assert_same(name, [(line, line.strip("#*> ")) for line in case.lines if line.strip()])


def test_a_line_of_megabytes() -> None:
    line = "lesen sie (dpa) 写真= hafen 1 boot " * 30_000
    _assert_same("own", [(line, line), (f"{line}ß", f"{line}ß")])


@pytest.mark.parametrize(
    "lines", [([None], [None], [1], [True]), (["a"], [None], [], [True]), (["a"], [(b"a", True)], [1], [True])], ids=str
)
def test_what_is_no_line_is_an_error(lines: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        _twins("own")[0].find(*lines)


def test_lone_surrogates_which_no_document_has_do_no_harm() -> None:
    assert _twins("own")[0].find(["\ud800 hafen (dpa)\udc00", "\udfff"], [None, ("\ud800", True)], [3, 1], [False, False])
