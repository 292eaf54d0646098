"""Oblivious decision trees: every node of a level asks the same question, so the answers' bits are the leaf's place.

Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features". Leaves are whole numbers: their sum is the same
in any order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.load.model import TreeArrays

#: rows that are looked at in one go, so that memory stays small
_ROWS = 512


class Trees:
    """An ensemble, made ready. Safe to share between threads.

    Parameters: `columns` are the numbers of the features it will be given (ascending), where these are not all.
    """

    def __init__(self, arrays: TreeArrays, columns: npt.NDArray[np.int64] | None = None) -> None:
        count, depth = arrays.columns.shape
        # Many trees ask the same: each question is answered once.
        numbers: dict[tuple[int, float], int] = {}
        asked = zip(arrays.columns.T.ravel().tolist(), arrays.borders.T.ravel().tolist(), strict=True)
        #: depth × trees: the number of the question that each level asks
        self._questions = np.array([numbers.setdefault(question, len(numbers)) for question in asked]).reshape(depth, count)
        asks = np.array([column for column, _ in numbers])
        self._columns = asks if columns is None else np.searchsorted(columns, asks)
        self._borders = np.array([border for _, border in numbers], dtype=np.float32)[:, None]
        self._starts = (np.arange(count, dtype=np.int32) << depth)[:, None]
        self._leaves = arrays.leaves.reshape(count << depth, -1)
        self._bias = arrays.bias
        self._unit = arrays.unit

    def scores(self, features: npt.NDArray[np.float32]) -> Floats:
        """The ensemble's answers: rows × outputs. `features` are features × rows."""
        count = features.shape[1]
        parts = [self._scores(features[:, at : at + _ROWS]) for at in range(0, count, _ROWS)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _scores(self, features: npt.NDArray[np.float32]) -> Floats:
        bits = (features.take(self._columns, axis=0) > self._borders).view(np.uint8)
        answers = bits.take(self._questions[-1], axis=0)
        for level in range(len(self._questions) - 2, -1, -1):
            answers += answers
            answers += bits.take(self._questions[level], axis=0)
        sums = self._leaves.take(self._starts + answers, axis=0).sum(axis=0, dtype=np.int32)
        return np.asarray((sums + self._bias) * self._unit, dtype=np.float64)
