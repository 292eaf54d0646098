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
_FILLED = np.ascontiguousarray(np.pad(_TABLE, ((0, 0), (0, 11))))
#: words are what `str.split` leaves
_WORDS = st.one_of(st.text(max_size=9), st.text("aÄßİ09.:»«\ud800\U0001f4f7\0", max_size=6)).filter(lambda word: word.split() == [word])
#: texts hold a word
_TEXTS = st.one_of(st.text(), st.lists(_WORDS, max_size=40).map(" ".join), st.lists(_WORDS, max_size=40).map("\t\u3000".join)).filter(
    lambda text: bool(text.split())
)


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


def _both_texts(texts: Sequence[str]) -> tuple[Any, Any]:
    both = [WordScores(_TABLE, np.arange(5), 2.0**-5, compiled=compiled) for compiled in (True, False)]
    mine, plain = (scores.chances_of_texts(texts).tolist() for scores in both)
    return mine, plain


@given(st.lists(_TEXTS, min_size=1, max_size=4))
@example(["a b c d e f g h", "a b c d e f g h i", " ".join(map(str, range(24))), " ".join(map(str, range(25))) + " "])
@example(["\u2003x\x1cy\x85z\xa0"])
@example(["ΟΔΥΣΣΕΥΣ, ΣΑΣ", "İzmir'de İ", "ẞtraße Ǆ ǅ", "\0 \ud800\udc00"])
def test_the_words_that_are_read_of_texts(texts: list[str]) -> None:
    compiled, plain = _both_texts(texts)
    assert compiled == plain


def test_every_character() -> None:
    """In two words: lower case, digits and white space are those of Python."""
    signs = [sign for sign in map(chr, range(0x110000)) if sign < "\u3000" or sign.lower() != sign or sign.isspace() or sign.isdecimal()]
    texts = ["".join([f"{sign}Ab{sign} {sign}" for sign in signs[at : at + 8]]) for at in range(0, len(signs), 8)]
    texts = [text for text in texts if text.split()]
    for at in range(0, len(texts), 4096):
        compiled, plain = _both_texts(texts[at : at + 4096])
        assert compiled == plain


@pytest.mark.parametrize("line", [[None], [b"wort"], [7]], ids=str)
def test_what_is_no_word_is_an_error(line: list[Any]) -> None:
    from cleaner.kernel.words import row_sums

    with pytest.raises(TypeError):
        row_sums([line], _FILLED, 8, ".", np.zeros((1, 5), dtype=np.int32))


def test_arrays_that_do_not_fit_are_an_error() -> None:
    from cleaner.kernel.words import row_sums

    with pytest.raises(ValueError, match="do not fit"):
        row_sums([["wort"]], _FILLED, 8, ".", np.zeros((2, 5), dtype=np.int32))
