"""Oblivious decision trees: every node of a level asks the same question, so the answers' bits are the leaf's place.

Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features". Leaves are whole numbers: their sum is the same
in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.kernel import COMPILED
from cleaner.load.model import TreeArrays

if TYPE_CHECKING:
    from cleaner.kernel.trees import Forest

#: rows that are looked at in one go, so that memory stays small
_ROWS = 512
#: the kernel adds up so many outputs at once, knows no more than so many, and adds up leaves to no more than this
_LANES, _MOST_OUTPUTS, _MOST = 8, 128, (1 << 15) - 1


class Trees:
    """An ensemble, made ready. Safe to share between threads.

    Parameters: `columns` are the numbers of the features it will be given (ascending), where these are not all; `compiled` says whether
    the kernel is asked.
    """

    def __init__(self, arrays: TreeArrays, columns: npt.NDArray[np.int64] | None = None, *, compiled: bool = COMPILED) -> None:
        self._bias = arrays.bias
        self._unit = arrays.unit
        self._outputs = arrays.leaves.shape[2]
        self._compiled = compiled and self._outputs <= _MOST_OUTPUTS
        count, depth = arrays.columns.shape
        leaves = arrays.leaves.reshape(count << depth, -1)
        #: the ensemble as the kernel knows it, where it is asked
        self.forest = self._made_ready(arrays, columns) if self._compiled else None
        if self._compiled:
            return
        asked = list(zip(arrays.columns.T.ravel().tolist(), arrays.borders.T.ravel().tolist(), strict=True))
        # Many trees ask the same: each question is answered once.
        numbers: dict[tuple[int, float], int] = {}
        #: depth × trees: the number of the question that each level asks
        self._questions = np.array([numbers.setdefault(question, len(numbers)) for question in asked]).reshape(depth, count)
        asks = np.array([column for column, _ in numbers])
        self._columns = asks if columns is None else np.searchsorted(columns, asks)
        self._borders = np.array([border for _, border in numbers], dtype=np.float32)[:, None]
        self._starts = (np.arange(count, dtype=np.int32) << depth)[:, None]
        self._leaves = leaves

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
        scores = np.empty((features.shape[1] if rows is None else len(rows), self._outputs))
        assert self.forest is not None
        self.forest.scores(np.ascontiguousarray(features), rows, scores)
        return scores

    def _made_ready(self, arrays: TreeArrays, columns: npt.NDArray[np.int64] | None) -> Forest:
        """The trees as the kernel wants them: question by question, so that a feature that is nothing is not asked about."""
        from cleaner.kernel.trees import Forest

        count, depth = arrays.columns.shape
        asked = arrays.columns.ravel()
        questions = np.argsort(asked, kind="stable")
        rows, starts = np.unique(asked[questions], return_index=True)
        yes = (arrays.borders < 0).astype(np.int64) << np.arange(depth)
        filled = -self._outputs % _LANES if self._outputs > 1 else 0
        return Forest(
            count,
            depth,
            (rows if columns is None else np.searchsorted(columns, rows)).astype(np.int64),
            np.append(starts, len(questions)).astype(np.int64),
            arrays.borders.ravel()[questions].astype(np.float32),
            (questions // depth).astype(np.int32),
            (1 << questions % depth).astype(np.uint8),
            yes.sum(axis=1).astype(np.uint8),
            np.ascontiguousarray(np.pad(arrays.leaves.reshape(count << depth, -1), ((0, 0), (0, filled)))),
            _ends(np.abs(arrays.leaves.astype(np.int64)).max(axis=(1, 2)).tolist()),
            arrays.bias,
            self._unit,
        )

    def _scores(self, features: npt.NDArray[np.float32]) -> Floats:
        bits = (features.take(self._columns, axis=0) > self._borders).view(np.uint8)
        answers = bits.take(self._questions[-1], axis=0)
        for level in range(len(self._questions) - 2, -1, -1):
            answers += answers
            answers += bits.take(self._questions[level], axis=0)
        sums = self._leaves.take(self._starts + answers, axis=0).sum(axis=0, dtype=np.int32)
        return np.asarray((sums + self._bias) * self._unit, dtype=np.float64)


def _ends(most: list[int]) -> npt.NDArray[np.int64]:
    """Where runs of trees end whose leaves add up to no more than 16 bits hold; `most` is each tree's greatest leaf."""
    found: list[int] = []
    total = 0
    for tree, greatest in enumerate(most):
        if tree and total + greatest > _MOST:
            found.append(tree)
            total = 0
        total += greatest
    return np.array([*found, len(most)], dtype=np.int64)
