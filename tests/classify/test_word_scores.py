"""Word scores: what is remembered changes nothing, in any order and from many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import word_scores
from cleaner.classify.word_parts import BUCKETS, word_parts
from cleaner.classify.word_scores import WordScores, keys_of

_TABLE = np.random.default_rng(5).integers(-127, 128, (BUCKETS, 5)).astype(np.int8)
_TABLE[0] = 0
_LINES = st.lists(st.lists(st.text("abcäß019.:", min_size=1, max_size=6), min_size=1, max_size=12), min_size=1, max_size=12)


def _fresh() -> WordScores:
    return WordScores(_TABLE, np.arange(5), 2.0**-5, compiled=False)


@given(_LINES, _LINES)
def test_what_came_before_changes_nothing(lines: list[list[str]], others: list[list[str]]) -> None:
    used = _fresh()
    used.chances(others)
    assert used.chances(lines).tolist() == _fresh().chances(lines).tolist()


@given(_LINES)
def test_blocks_do_not_know_of_each_other(lines: list[list[str]]) -> None:
    scores = _fresh()
    assert scores.chances(lines).tolist() == [scores.chances([line])[0].tolist() for line in lines]


def test_more_words_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [[f"{first}{second}"] for first in "abcdefgh" for second in "abcdefgh"]
    expected = _fresh().chances(lines).tolist()
    monkeypatch.setattr(word_scores, "_CAPACITY", 16)
    small = _fresh()
    assert [small.chances([line])[0].tolist() for line in lines] == expected
    assert small.chances(lines).tolist() == expected


def test_threads() -> None:
    documents = [[[f"{letter}{number}", "und", "der"] for number in range(300)] for letter in "abcdefgh"]
    expected = [_fresh().chances(document).tolist() for document in documents]
    shared = _fresh()
    with ThreadPoolExecutor(8) as pool:
        assert [found.tolist() for found in pool.map(shared.chances, documents * 4)] == expected * 4


def test_words_are_alike_whatever_their_case_and_digits() -> None:
    assert word_parts("Stand:") == word_parts("STAND:")
    assert word_parts("13.05") == word_parts("27.11")
    assert word_parts("Foto:")[1:] == word_parts("»Foto«")[1:]
    assert word_parts("Foto:")[0] != word_parts("Foto")[0]


def test_pairs_are_looked_up_in_short_blocks_only() -> None:
    assert keys_of(["Mehr", "zum", "Thema"]) == ["Mehr", "zum", "Thema", "Mehr zum", "zum Thema"]
    assert keys_of(["Teilen"]) == ["Teilen"]
    assert keys_of(list("abcdefghi")) == list("abcdefghi")
