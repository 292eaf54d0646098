"""Trains the word scores: softmax regression on hashed parts of words, over all lines at once (Adam, Kingma and Ba 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.word_parts import BUCKETS
from cleaner.classify.word_scores import keys_of, rows_of
from cleaner.errors import MissingExtra

Table = npt.NDArray[np.float32]

#: one unit of the stored weights: int8 then reaches from -4 to 4
UNIT = 2.0**-5
_STEPS, _RATE, _DECAY = 60, 0.1, 2e-5
#: parts of words that fewer sites have say more of the site than of the label
_LEAST_SITES = 2


class Words(msgspec.Struct, frozen=True):
    """The hashed parts of many blocks' words, as a sparse matrix (SciPy's): blocks × `BUCKETS`."""

    matrix: Any

    @classmethod
    def of(cls, blocks: Sequence[Sequence[str]]) -> Words:
        """Those of blocks, each a list of its words. Raises `MissingExtra` without SciPy."""
        try:
            from scipy import sparse
        except ImportError as error:
            raise MissingExtra("training", "train") from error
        known: dict[str, tuple[int, ...]] = {}
        columns: list[int] = []
        ends = [0]
        for words in blocks:
            for key in keys_of(words):
                rows = known.get(key)
                if rows is None:
                    rows = known[key] = rows_of(key)
                columns += rows
            ends.append(len(columns))
        return cls(sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(blocks), BUCKETS)))


def train_words(
    words: Words, targets: npt.NDArray[np.int64], sites: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], count: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """The columns and the bias of `WordScores` for labels, in units of `UNIT`.

    Parameters: `targets` are the labels' numbers, one a block; `sites` the numbers of the blocks' sites; `weights` what
    each block counts for; `count` is how many labels there are.
    """
    return _in_units(*_trained(words, targets, sites, weights, count))


def train_content(
    words: Words, is_content: npt.NDArray[np.bool_], sites: npt.NDArray[np.int64], weights: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """The column and the bias of `WordScores` for log odds of content, in units of `UNIT`; parameters as for `train_words`."""
    table, bias = _trained(words, is_content.astype(np.int64), sites, weights, 2)
    return _in_units(table[:, 1:] - table[:, :1], bias[1:] - bias[:1])


def _in_units(table: Table, bias: Table) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    return np.clip(np.rint(table / UNIT), -127, 127).astype(np.int8), np.rint(bias / UNIT).astype(np.int64)


def _trained(
    words: Words, targets: npt.NDArray[np.int64], sites: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], count: int
) -> tuple[Table, Table]:
    """`BUCKETS` × classes and classes: what parts of words, and none at all, add to the classes' log odds."""
    matrix = words.matrix
    used = _parts_of_many_sites(matrix, sites)
    seen = matrix[:, used]
    turned = seen.T.tocsr()
    wanted = np.eye(count, dtype=np.float32)[targets]
    table = np.zeros((len(used) + 1, count), dtype=np.float32)
    first, second = np.zeros_like(table), np.zeros_like(table)
    shares = (weights / weights.sum()).astype(np.float32)[:, None]
    for step in range(1, _STEPS + 1):
        scores = seen @ table[:-1] + table[-1]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        error = (chances - wanted) * shares
        slope = np.concatenate((turned @ error + _DECAY * table[:-1], error.sum(axis=0, keepdims=True)))
        first += 0.1 * (slope - first)
        second += 0.01 * (slope * slope - second)
        rate = _RATE * (1 - (step - 1) / _STEPS)
        table -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    whole = np.zeros((BUCKETS, count), dtype=np.float32)
    whole[used] = table[:-1]
    return whole, table[-1]


def _parts_of_many_sites(matrix: Any, sites: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The columns that blocks of at least `_LEAST_SITES` sites have."""
    entries = matrix.tocoo()
    pairs = np.unique(np.stack((entries.col.astype(np.int64), sites[entries.row])), axis=1)
    counts = np.bincount(pairs[0], minlength=matrix.shape[1])
    counts[0] = 0
    return np.flatnonzero(counts >= _LEAST_SITES)
