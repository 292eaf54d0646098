"""Titles: with the kernel those lines are found that are found without it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import headlines
from cleaner.classify.headlines import find_headlines
from cleaner.classify.rules import Hits
from cleaner.classify.shape import measure
from cleaner.classify.structure import segment
from cleaner.load.rules import EDGES, normalise
from cleaner.parse.text import parse_text
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_SAME = 0.8
_WORDS = st.sampled_from(
    "Rat rät, STADT’S Stadt's 12 3٣ 0 ΟΔΟΣ οδος İt ıt It so­fort sofort a\u0307 “Zoo” – * 漢字 \ud800 🎧 Kelvin".split(" ")
)
_LINES = st.lists(_WORDS, min_size=1, max_size=9).flatmap(
    lambda words: st.sampled_from([" ", "  ", "\u00a0", "\t", "\u2003"]).map(lambda gap: gap.join(words))
)


def _is_same_without_kernel(lines: list[str], title: str | None) -> bool:
    document, nothing = parse_text("\n".join(lines)), Hits({}, {}, {}, [])
    shapes = measure(document)
    structure = segment(document, shapes, nothing)
    found = find_headlines(document, nothing, shapes, structure, {}, title)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(headlines, "COMPILED", False)
        return find_headlines(document, nothing, shapes, structure, {}, title) == found


@given(st.lists(_LINES, max_size=8), _LINES, st.integers(0, 9))
def test_titles(lines: list[str], title: str, body: int) -> None:
    lines.insert(body, " ".join(["Wort"] * 60) + ".")
    assert _is_same_without_kernel(lines, title)
    assert _is_same_without_kernel([*lines, title.upper(), title.lower(), f"{title} – heute"], title)


@given(st.lists(st.one_of(_LINES, st.text(max_size=30)), max_size=8), _LINES, st.booleans())
def test_what_is_not_found_is_not_like_it(lines: list[str], title: str, is_above: bool) -> None:
    from cleaner.kernel.headlines import Titles

    known = normalise(title)
    found = Titles(EDGES).find(tuple(lines), [3] * len(lines), known, 3, 3, 1_000, len(lines) if is_above else 0, _SAME)
    words = set(known.split())
    for block in set(range(len(lines))) - set(found):
        key = normalise(lines[block])
        assert is_above or key != known or len(lines[block]) < len(known)
        own = set(key.split())
        assert not is_above or len(own & words) < _SAME * max(len(own), len(words))


def test_the_corpus() -> None:
    for case in CASES:
        for title in (None, *[line for line in case.lines if line.strip()][:4]):
            assert _is_same_without_kernel(list(case.lines), title), case.name


def test_a_title_of_many_words_may_be_any_line() -> None:
    from cleaner.kernel.headlines import Titles

    title = " ".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    assert Titles(EDGES).find((title, "a b c", "..."), [3, 3, 3], title, 3, 3, 1_000, 3, _SAME) == [0, 1, 2]


def test_lists_that_do_not_fit_are_an_error() -> None:
    from cleaner.kernel.headlines import Titles

    with pytest.raises(ValueError, match="each block"):
        Titles(EDGES).find(("a b",), [], "a b", 1, 9, 9, 0, _SAME)


def test_figures_of_all_scripts_are_counted() -> None:
    from cleaner.kernel.headlines import count_figures

    for sign in map(chr, range(sys.maxunicode + 1)):
        assert count_figures(f"a{sign}1") == 1 + sign.isdecimal()
