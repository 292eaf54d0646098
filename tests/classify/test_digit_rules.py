"""Rules without a literal: what is looked for first leaves out none that a line has."""

from __future__ import annotations

import functools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.digit_rules import DigitRules
from cleaner.load.package import package_rules
from cleaner.load.patterns import compile_pattern, widened
from cleaner.load.required_lists import required_lists
from cleaner.load.rules import Rule, compiled

_PIECES = [
    *(
        "12.",
        "3",
        "März",
        "March 3,",
        "2025",
        "14:30",
        "Uhr",
        "5 de mayo de 2024",
        "2024-05-01",
        "2024年5月1日",
        "7h",
        "Fr,",
        "vor 3 Stunden",
    ),
    *("Maria Huber", "von", "Berlin", "Published", "|", "-", ",", "»", "x", "(4)", "min", "3 Bilder", "1/12", "€", "12,90", "1 2 3"),
]
_LINES = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=7).map(" ".join)


@functools.cache
def _rules() -> list[Rule]:
    return [rule for rule in package_rules() if rule.kind == "line" and not rule.clauses]


@functools.cache
def _ready() -> DigitRules:
    return DigitRules(_rules())


@given(_LINES)
@example("Maria Huber | 12. März 2025, 14:30 Uhr")
@example("Von Maria Huber, Published 3")
def test_they_are_those_whose_patterns_are_in_the_line(line: str) -> None:
    assert _ready().places(line.encode()) == [place for place, rule in enumerate(_rules()) if compiled(rule).search(line)]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("{date} um {time}", [{"date"}, {"time"}]),
        ("(?:{date}|{time})", [{"date", "time"}]),
        (r"^\W*(?:{date}|heute) \d", []),
        ("(?:am {date})?{time}", [{"time"}]),
        ("(?:{name}, )+{date}", [{"name"}, {"date"}]),
    ],
)
def test_lists_that_a_pattern_cannot_do_without(pattern: str, needed: list[set[str]]) -> None:
    assert required_lists(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "wider"),
    [("a.{0,40}b", "a.{0,}b"), (r"a\{0,40}[{3,40}]b{12}c{2}d{3,}", r"a\{0,40}[{3,40}]b{12,}c{2}d{3,}")],
)
def test_long_counted_repeats_are_left_open(pattern: str, wider: str) -> None:
    assert widened(pattern) == wider
    assert compile_pattern(wider)
