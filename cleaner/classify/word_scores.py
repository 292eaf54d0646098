"""What a block's words say of it: sums of learned weights, one row for each hashed part of a word (softmax and logistic regression)."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.classify.block_features import HEAD_WORDS, TAIL_WORDS, words_read
from cleaner.classify.fixed_point import GRID, POWERS, Floats, sigmoid, softmax
from cleaner.classify.word_parts import pair_parts, word_parts
from cleaner.kernel import COMPILED
from cleaner.load.rules import EDGES

#: pairs of words are read in blocks of at most so many words
PAIR_WORDS = 8
#: a word has so many rows, a pair fewer; row 0 adds nothing
_MOST_ROWS = 4
#: the kernel adds up so many columns at once
_COLUMNS = 16
#: bytes that a processor takes from memory at once
_CACHE_LINE = 64
#: words and pairs that are remembered; when more come, all are forgotten
_CAPACITY = 1 << 15


def keys_of(words: Sequence[str]) -> list[str]:
    """What is looked up for a block: its words and, in a short one, its pairs of words, which a space parts."""
    if 1 < len(words) <= PAIR_WORDS:
        return [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]
    return list(words)


def rows_of(key: str) -> tuple[int, ...]:
    """The rows of the learned table that belong to a word or a pair."""
    first, _, second = key.partition(" ")
    return pair_parts(first, second) if second else word_parts(first)


def _aligned(table: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """The same table where a line of the processor's cache begins: a row then is in as few of them as it can be."""
    room = np.empty(table.size + _CACHE_LINE, dtype=np.int8)
    start = -room.ctypes.data % _CACHE_LINE
    found = room[start : start + table.size].reshape(table.shape)
    found[:] = table
    return found


class _Page:
    """Sums of rows, and where each key's is. A sum is written once, before its key is entered."""

    def __init__(self, capacity: int, columns: int) -> None:
        self.places: dict[str, int] = {}
        self.sums = np.zeros((capacity, columns), dtype=np.int16)


class WordScores:
    """Scores words. What it remembers changes nothing but the time it takes; safe to share between threads.

    Parameters: `table` is `BUCKETS` × (labels + 1), its last column log odds of content; `bias` one number a column; both in units of
    `unit`; `compiled` says whether the kernel adds up, which needs to remember nothing.
    """

    def __init__(self, table: npt.NDArray[np.int8], bias: npt.NDArray[np.int64], unit: float, *, compiled: bool = COMPILED) -> None:
        #: numbers of a block: labels and content
        self.width = table.shape[1]
        self._table = _aligned(np.pad(table, ((0, 0), (0, -self.width % _COLUMNS)))) if compiled else table
        self._bias = bias
        self._unit = unit
        self._compiled = compiled
        self._page = _Page(0 if compiled else _CAPACITY, table.shape[1])
        self._lock = threading.Lock()

    def chances(self, words: Sequence[Sequence[str]]) -> Floats:
        """The probability of each label, and last of content, for each block, by its words alone: blocks × (labels + 1).

        The labels' were learned from lines with a label, the last one from all lines, so one does not follow from the others.
        """
        if not self._compiled:
            return self._chances(self._sums(words))
        from cleaner.kernel.words import row_sums

        sums = np.zeros((len(words), self.width), dtype=np.int32)
        row_sums(words, self._table, PAIR_WORDS, EDGES, sums)
        return self._compiled_chances(sums)

    def chances_of_texts(self, texts: Sequence[str]) -> Floats:
        """The same for texts, by the words at their start and end that are read."""
        return self.chances_of_parts(texts, None) if self._compiled else self.chances([words_read(text) for text in texts])

    def chances_of_parts(self, texts: Sequence[str], parts: npt.NDArray[np.int64] | None) -> Floats:
        """The same by the kernel, which must be asked for, for parts of texts (None: for all of each).

        Parameters: `parts` has for each the number of its text, its start and end there, and how many words are read at its head and tail.
        """
        from cleaner.kernel.words import part_sums

        sums = np.zeros((len(texts) if parts is None else len(parts), self.width), dtype=np.int32)
        part_sums(texts, parts, HEAD_WORDS, TAIL_WORDS, self._table, PAIR_WORDS, EDGES, sums)
        return self._compiled_chances(sums)

    def _compiled_chances(self, sums: npt.NDArray[np.int32]) -> Floats:
        from cleaner.kernel.chances import chances

        found = np.empty(sums.shape)
        chances(sums, self._bias, self._unit, POWERS, GRID, found)
        return found

    def _chances(self, sums: npt.NDArray[np.int32]) -> Floats:
        scores = np.asarray((sums + self._bias) * self._unit, dtype=np.float64)
        chances = np.concatenate((softmax(scores[:, :-1]), sigmoid(scores[:, -1:])), axis=1)
        return np.rint(chances / GRID) * GRID

    def _sums(self, words: Sequence[Sequence[str]]) -> npt.NDArray[np.int32]:
        """The sums of the rows of each line's words and pairs: lines × columns."""
        lines = [keys_of(line) for line in words]
        keys = list(itertools.chain.from_iterable(lines))
        page = self._page
        try:
            places = list(map(page.places.__getitem__, keys))
        except KeyError:
            page = self._entered(keys)
            places = [page.places[key] for key in keys]
        sizes = np.array([len(line) for line in lines])
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        sums: npt.NDArray[np.int32] = np.add.reduceat(page.sums.take(places, axis=0), starts, axis=0, dtype=np.int32)
        return sums

    def _entered(self, keys: list[str]) -> _Page:
        """The page with all keys in it, or a new one if they do not fit."""
        with self._lock:
            page = self._page
            missing = {key: None for key in keys if key not in page.places}
            if len(page.places) + len(missing) > len(page.sums):
                missing = dict.fromkeys(keys)
                page = self._page = _Page(max(_CAPACITY, len(missing)), self._table.shape[1])
            rows = np.array([(*found, 0, 0, 0)[:_MOST_ROWS] for found in map(rows_of, missing)], dtype=np.int64).reshape(-1, _MOST_ROWS)
            place = len(page.places)
            page.sums[place : place + len(rows)] = self._table[rows].sum(axis=1, dtype=np.int16)
            page.places.update(zip(missing, itertools.count(place)))
        return page
