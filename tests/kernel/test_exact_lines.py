"""Whole lines: the kernel finds the rules that its twin finds."""

from __future__ import annotations

import functools

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.candidates import Possible
from cleaner.classify.line_rules import LineHits, LineRules
from cleaner.load.package import package_rules
from cleaner.load.rules import Rule
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_WORDS = ("share", "tweet", "mehr", "12", "0", "a_b", "x" * 90, "ΟΔΟΣ", "für", "\ud800", "\0", "📷")
_PART = st.one_of(st.sampled_from(_WORDS), st.text(max_size=4), st.text("aA0١ _.»\u00a0\u00ad", max_size=6))
_LINES = st.lists(st.tuples(st.lists(_PART, max_size=5).map(" ".join), st.integers(0, 130), st.booleans(), st.booleans()), max_size=6)


def _rule(number: int, **said: object) -> Rule:
    return Rule(**{"id": str(number), "label": "share", "languages": frozenset("*"), "path": "", "trusted": True, **said})  # type: ignore[arg-type]


#: more sets of words than one number has bits; rules with every condition; two rules with one phrase
_INVENTED = (
    _rule(0, kind="lines", phrases=frozenset({"share", "mehr 0", "x" * 300}), score=0.5),
    _rule(1, kind="lines", phrases=frozenset({"share", "für"}), sentence=True),
    _rule(2, kind="sections", phrases=frozenset({"share", "tweet", "οδοσ"})),
    _rule(3, kind="lines", phrases=frozenset({"tweet", "📷"}), digits=False, max_words=3, score=0.2),
    _rule(4, kind="lines", phrases=frozenset({"mehr 0", "share 0"}), digits=True, min_words=2),
    *(_rule(number, kind="words", phrases=frozenset({f"share tweet {number} a_b", f"mehr w{number}"})) for number in range(5, 80)),
    _rule(80, kind="words", phrases=frozenset({"für " + "x" * 90}), position="after"),
    _rule(81, kind="line", pattern=r"\d+ \w", clauses=()),
    _rule(82, kind="line", pattern="tweet", score=0.4),
)


@functools.cache
def _twins(*, invented: bool) -> tuple[LineRules, LineRules]:
    rules = _INVENTED if invented else package_rules()
    return LineRules(rules, compiled=True), LineRules(rules, compiled=False)


def _found(lines: list[tuple[str, int, bool, bool]], *, invented: bool) -> tuple[dict[int, LineHits], dict[int, LineHits]]:
    texts = [line[0] for line in lines]
    words = [line[1] for line in lines]
    ends = [line[2] for line in lines]
    possible: list[Possible] = [((82,) if invented else (), None) if line[3] else None for line in lines]
    compiled, plain = (rules.find_all(texts, words, ends, possible) for rules in _twins(invented=invented))
    return compiled, plain


@given(_LINES.map(lambda lines: [line for line in lines if "\ud800" not in line[0]]))
@example([("Share 12 tweet!", 3, False, True), ("share", 1, True, True), ("", 0, False, False), ("»", 1, False, True)])
@example([("mehr w7 12", 3, False, True), ("12 12", 2, False, True), ("x" * 200, 1, False, True), ("x" * 1_201, 1, False, True)])
def test_any_lines(lines: list[tuple[str, int, bool, bool]]) -> None:
    for invented in (True, False):
        compiled, plain = _found(lines, invented=invented)
        assert compiled == plain
        assert list(compiled) == list(plain)


@given(st.lists(st.sampled_from([phrase for rule in package_rules() for phrase in sorted(rule.phrases)]), min_size=1, max_size=20))
def test_phrases(phrases: list[str]) -> None:
    compiled, plain = _found([(phrase, phrase.count(" ") + 1, False, False) for phrase in phrases], invented=False)
    assert compiled == plain
    assert compiled


def test_the_corpus() -> None:
    compiled, plain = _found(
        [(line, line.count(" ") + 1, line[-1:] == ".", False) for case in CASES for line in case.lines], invented=False
    )
    assert compiled == plain
    assert compiled


def test_surrogates() -> None:
    compiled, plain = _found([("share \ud800", 2, False, False), ("\ud800", 1, False, False)], invented=False)
    assert compiled == plain
    assert list(compiled) == [0]
