"""Hashed words: the compiled sums are those of the Python twin, whatever the words are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.block_features import words_read
from cleaner.classify.word_parts import BUCKETS
from cleaner.classify.word_scores import WordScores
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_TABLE = np.random.default_rng(7).integers(-127, 128, (BUCKETS, 5)).astype(np.int8)
_TABLE[0] = 0
#: words are what `str.split` leaves
_WORDS = st.one_of(st.text(max_size=9), st.text("aÄßİ09.:»«\ud800\U0001f4f7\0", max_size=6)).filter(lambda word: word.split() == [word])


def _both(lines: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    return tuple(WordScores(_TABLE, np.arange(5), 2.0**-5, compiled=compiled).chances(lines).tolist() for compiled in (True, False))


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=10), min_size=1, max_size=8))
@example([["İSTANBUL", "\ud800"], ["»Foto«", "(dpa)"]])
@example([["wort" * 50_000, "…"]])
def test_any_words(lines: list[list[str]]) -> None:
    compiled, plain = _both(lines)
    assert compiled == plain


def test_the_corpus() -> None:
    for case in CASES:
        compiled, plain = _both([words_read(line) for line in case.lines if line.strip()])
        assert compiled == plain, case.name


@pytest.mark.parametrize("line", [[None], [b"wort"], [7]], ids=str)
def test_what_is_no_word_is_an_error(line: list[Any]) -> None:
    from cleaner.kernel.words import row_sums

    with pytest.raises(TypeError):
        row_sums([line], _TABLE, 8, ".", np.zeros((1, 5), dtype=np.int32))


def test_arrays_that_do_not_fit_are_an_error() -> None:
    from cleaner.kernel.words import row_sums

    with pytest.raises(ValueError, match="do not fit"):
        row_sums([["wort"]], _TABLE, 8, ".", np.zeros((2, 5), dtype=np.int32))
