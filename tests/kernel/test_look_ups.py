"""What a look-up says of whole lines: the kernel answers as its twin does."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.line_rules import LineRules
from cleaner.load.package import package_rules
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_RULES = LineRules(package_rules())
_PHRASES = sorted(_RULES._phrases)
_WORDS = sorted(_RULES._words)
#: signs between words, at edges, and letters that have more than one form
_SIGNS = st.text(" .·|-_’'\u00a0\u00ad\t\n0٣İıΣ、»", max_size=3)


@st.composite
def _line(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(st.sampled_from(_PHRASES), st.sampled_from(_WORDS), st.text(max_size=5), _SIGNS), max_size=4))
    line = draw(st.sampled_from(["", " ", "-"])).join(parts)
    return draw(st.sampled_from([line, line.upper(), line.title(), f"» {line}:", line * 20]))


def _is_same(texts: list[str], words: list[int]) -> bool:
    return _RULES.look_up(texts, words) == [_RULES._looked_up(text, count) for text, count in zip(texts, words, strict=True)]


@given(st.lists(st.tuples(_line(), st.integers(0, 250)), max_size=4))
@example([("", 0), ("0", 1), ("0 uhr", 2), ("x" * 1_300, 1), ("Mehr zum Thema", 3)])
def test_any_line(lines: list[tuple[str, int]]) -> None:
    assert _is_same([text for text, _ in lines], [words for _, words in lines])


def test_the_corpus() -> None:
    lines = [line for case in CASES for line in case.lines]
    assert _is_same(lines, [len(line.split()) for line in lines])


def test_phrases_and_figures_are_told_from_the_rest() -> None:
    looks = _RULES.look_up(["Mehr zum Thema:", "12. März", "Der Steg bleibt gesperrt", "x " * 700], [3, 2, 4, 700])
    assert looks == [("mehr zum thema", False), ("", True), None, False]
