"""A pattern is tried only where one of its clauses holds: so every match must fulfil one."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.classify.examples import unmark
from cleaner.classify.rules import lower
from cleaner.load.frequency import WORD, frequency
from cleaner.load.literals import Clause, clauses, longest_match
from cleaner.load.package import read_package_rules
from cleaner.load.rules import Rule, compiled
from cleaner.load.terms import expand

_WITH_CLAUSES = tuple(rule for rule in read_package_rules() if rule.clauses)


def _holds(clause: Clause, match: str, line: str) -> bool:
    """Whether the match holds what the clause asks for, in the line it was found in."""
    has_all = all(any(_contains(match, literal) for literal in literals) for literals in (clause.trigger, *clause.also))
    begins = not clause.starts or re.sub(r"^[\W_]+", "", line).startswith(clause.starts)
    return has_all and begins and (not clause.ends or re.sub(r"[\W_]+$", "", match).endswith(clause.ends))


def _contains(match: str, literal: str) -> bool:
    before = r"(?<![^\W_])" if literal.startswith(WORD) else ""
    behind = r"(?![^\W_])" if literal.endswith(WORD) else ""
    return re.search(f"{before}{re.escape(literal.strip(WORD))}{behind}", match) is not None


@pytest.mark.parametrize("rule", _WITH_CLAUSES, ids=lambda rule: rule.id)
def test_what_a_rule_removes_fulfils_one_of_its_clauses(rule: Rule) -> None:
    pattern = compiled(rule)
    tried = 0
    for example in rule.removes:
        for line in unmark(example)[0].split("\n"):
            for match in pattern.finditer(line.strip()):
                found = line.strip()[match.start() : match.end()]
                tried += 1
                assert any(_holds(clause, lower(found), lower(line.strip())) for clause in rule.clauses), found
    assert tried or rule.kind == "span", "none of its examples is a match"


#: letters that lower case turns into other letters than RE2 does; no page writes them for the plain ones
_ALPHABET = st.characters(codec="utf-8", exclude_characters="ſKİıẞ")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_pattern_matches_fulfils_one_of_its_clauses(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(_WITH_CLAUSES))
    assert rule.pattern is not None
    match = data.draw(st.from_regex(expand(rule.pattern), fullmatch=True, alphabet=_ALPHABET))
    # What follows it in its line may be anything, so white space at its end stays.
    assert any(_holds(clause, lower(match), lower(match.lstrip())) for clause in rule.clauses), rule.id


@pytest.mark.parametrize(
    ("pattern", "triggers"),
    [
        ("zur werft", [{"zur werft"}]),
        ("Zur WERFT", [{"zur werft"}]),
        ("liveblog|newsblog|ticker", [{"liveblog", "newsblog", "ticker"}]),
        ("zur (alten )?werft", [{"zur werft", "zur alten werft"}]),
        ("bücher?schau", [{"bücheschau", "bücherschau"}]),
        ("[wd]erft", [{"werft", "derft"}]),
        (r"\d+ kommentare?", [{" kommentar"}]),
        ("(werft)+", [{"werft"}]),
        ("^© ", [{"© "}]),
        (r"\bwerft\b", [{"\0werft\0"}]),
        (r"\b(werft|kran)\b", [{"\0werft\0", "\0kran\0"}]),
        (r"\bwerft", [{"\0werft"}]),
        (r"\b(die )?werft\b", [{"werft\0"}]),
        (r"\bwerft(en)?\b", [{"werft"}]),
        (r"\b(werft|kran)s?", [{"werft", "kran"}]),
        (r"\b(xo|qy)s?", [{"xo"}, {"qy"}]),
        ("(alte|neue) (werft|kran)", [{"alte werft", "alte kran", "neue werft", "neue kran"}]),
        (r"\d\t", [{"\t"}]),
        ("\u3000", [{"\u3000"}]),
        (r"\d+", []),
        (r"werft|\d+", []),
        ("(werft)?", []),
        ("a", []),
        ("", []),
    ],
)
def test_clauses_of_patterns(pattern: str, triggers: list[set[str]]) -> None:
    assert [set(clause.trigger) for clause in clauses(pattern)] == triggers


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("^(von|by) werft", ("by werft", "von werft")),
        (r"^\W*foto:", ("foto:",)),
        (r"^\s*\(?foto:", ("foto:",)),
        ("foto: werft", ()),
        (r"^\w+ werft", ()),
        (r"^(\d+ )?werft", ()),
    ],
)
def test_what_a_line_must_begin_with(pattern: str, starts: tuple[str, ...]) -> None:
    assert {clause.starts for clause in clauses(pattern)} == {starts}


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        ("von der werft", ("von der werft",)),
        (r"von (werft|kran)[)\]]?\.?$", ("kran", "werft")),
        (r"werft(, kran)*\W*", (", kran", "werft")),
        (r"werft\s+(von )+", ("von",)),
        (r"werft \w+", ()),
        (r"werft( \w+)?", ()),
        (r"werft(kran)?\d", ()),
        ("[(] ?[)] werft|⁂", ()),
    ],
)
def test_what_a_match_ends_with(pattern: str, ends: tuple[str, ...]) -> None:
    assert {clause.ends for clause in clauses(pattern)} == {ends}


@pytest.mark.parametrize(("rare", "common"), [("liveblog", "foto"), ("newsletter", "der"), ("©", ","), ("in unserem", "in")])
def test_rare_literals_are_told_from_common_ones(rare: str, common: str) -> None:
    assert frequency(frozenset({rare})) < frequency(frozenset({common}))


@pytest.mark.parametrize(
    ("pattern", "length"),
    [
        ("", 0),
        ("zur werft", 9),
        ("werft|kran", 5),
        ("(zur )?werft", 9),
        ("a{2,5}", 5),
        (r"^\bwerft$", 5),
        (r"werft\s*", 8),
        (r"\w+", 10_000),
    ],
)
def test_how_long_a_match_can_be(pattern: str, length: int) -> None:
    assert longest_match(pattern) == length
