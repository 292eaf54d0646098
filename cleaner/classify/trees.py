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
    """An ensemble, made ready. Safe to share between threads."""

    def __init__(self, arrays: TreeArrays) -> None:
        count, depth = arrays.columns.shape
        #: the features that are asked about, ascending
        self.asked, places = np.unique(arrays.columns, return_inverse=True)
        self._places = places.reshape(-1)
        self._borders = arrays.borders.reshape(-1)
        self._shape = (count, depth)
        self._powers = (1 << np.arange(depth)).astype(np.int32)
        self._starts = np.arange(count, dtype=np.int32) << depth
        self._leaves = arrays.leaves.reshape(count << depth, -1).astype(np.int32)
        self._bias = arrays.bias
        self._unit = arrays.unit

    def scores(self, features: npt.NDArray[np.float32]) -> Floats:
        """The ensemble's answers: rows × outputs. `features` are rows × all features."""
        parts = [self._scores(features[at : at + _ROWS]) for at in range(0, len(features), _ROWS)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _scores(self, features: npt.NDArray[np.float32]) -> Floats:
        above = features[:, self.asked][:, self._places] > self._borders
        places = above.reshape(-1, *self._shape).astype(np.int32) @ self._powers + self._starts
        sums = self._leaves[places].sum(axis=1, dtype=np.int64)
        return (sums + self._bias) * self._unit
