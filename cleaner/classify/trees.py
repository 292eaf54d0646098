"""Oblivious decision trees: every node of a level asks the same question, so a tree's answer is a look-up by its answers' bits.

Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features". Leaves are whole numbers, so that their sum is the same in
any order.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats


class Trees(msgspec.Struct, frozen=True):
    """An ensemble of trees of one depth."""

    #: trees × depth: the column that a level asks about
    columns: npt.NDArray[np.int64]
    #: trees × depth: whether the column is above this is the question
    borders: npt.NDArray[np.float32]
    #: trees × 2**depth × outputs, in units of `unit`
    leaves: npt.NDArray[np.int16]
    unit: float
    #: outputs, in units of `unit`
    bias: npt.NDArray[np.int32]

    def scores(self, rows: npt.NDArray[np.float32]) -> Floats:
        """The ensemble's answers: rows × outputs. `rows` hold the columns that the trees ask about."""
        count, depth = self.columns.shape
        above = rows[:, self.columns.ravel()] > self.borders.ravel()
        places = above.reshape(len(rows), count, depth) @ (1 << np.arange(depth))
        answers = self.leaves[np.arange(count), places]
        return (answers.sum(axis=1, dtype=np.int64) + self.bias) * self.unit
