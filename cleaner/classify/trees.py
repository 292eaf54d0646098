"""Oblivious decision trees: every node of a level asks the same question, so the answers' bits are the leaf's place.

Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features". Leaves are whole numbers: their sum is the same
in any order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.kernel import COMPILED
from cleaner.load.model import TreeArrays

#: rows that are looked at in one go, so that memory stays small
_ROWS = 512
#: the kernel adds up so many outputs at once
_LANES = 8


class Trees:
    """An ensemble, made ready. Safe to share between threads.

    Parameters: `columns` are the numbers of the features it will be given (ascending), where these are not all; `compiled` says whether
    the kernel is asked.
    """

    def __init__(self, arrays: TreeArrays, columns: npt.NDArray[np.int64] | None = None, *, compiled: bool = COMPILED) -> None:
        count, depth = arrays.columns.shape
        asked = list(zip(arrays.columns.T.ravel().tolist(), arrays.borders.T.ravel().tolist(), strict=True))
        # Many trees ask the same: each question is answered once, and all about a feature together.
        numbers = {question: number for number, question in enumerate(sorted(set(asked)))}
        #: depth × trees: the number of the question that each level asks
        self._questions = np.array([numbers[question] for question in asked], dtype=np.int64).reshape(depth, count)
        #: the same, trees × depth
        self._by_tree = np.ascontiguousarray(self._questions.T)
        asks = np.array([column for column, _ in numbers], dtype=np.int64)
        self._columns = asks if columns is None else np.searchsorted(columns, asks).astype(np.int64)
        self._borders = np.array([border for _, border in numbers], dtype=np.float32)
        self._starts = (np.arange(count, dtype=np.int32) << depth)[:, None]
        leaves = arrays.leaves.reshape(count << depth, -1)
        self._outputs = leaves.shape[1]
        filled = -self._outputs % _LANES if compiled and self._outputs > 1 else 0
        self._leaves = np.ascontiguousarray(np.pad(leaves, ((0, 0), (0, filled))))
        self._bias = arrays.bias
        self._unit = arrays.unit
        self._compiled = compiled

    def scores(self, features: npt.NDArray[np.float32], rows: npt.NDArray[np.int64] | None = None) -> Floats:
        """The ensemble's answers: rows × outputs.

        Parameters: `features` are features × rows; `rows` are the numbers of those that are asked for, where these are not all.
        """
        if self._compiled:
            return self._compiled_scores(features, rows)
        if rows is not None:
            features = features.take(rows, axis=1)
        count = features.shape[1]
        parts = [self._scores(features[:, at : at + _ROWS]) for at in range(0, count, _ROWS)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _compiled_scores(self, features: npt.NDArray[np.float32], rows: npt.NDArray[np.int64] | None) -> Floats:
        from cleaner.kernel.network import tree_scores

        scores = np.empty((features.shape[1] if rows is None else len(rows), self._outputs))
        features = np.ascontiguousarray(features)
        tree_scores(features, rows, self._columns, self._borders, self._by_tree, self._leaves, self._bias, self._unit, scores)
        return scores

    def _scores(self, features: npt.NDArray[np.float32]) -> Floats:
        bits = (features.take(self._columns, axis=0) > self._borders[:, None]).view(np.uint8)
        answers = bits.take(self._questions[-1], axis=0)
        for level in range(len(self._questions) - 2, -1, -1):
            answers += answers
            answers += bits.take(self._questions[level], axis=0)
        sums = self._leaves.take(self._starts + answers, axis=0).sum(axis=0, dtype=np.int32)
        return np.asarray((sums + self._bias) * self._unit, dtype=np.float64)
