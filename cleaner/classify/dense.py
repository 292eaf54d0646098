"""A small network beside the trees: it adds up what many features say a little of, where trees ask a few of them a question.

Two layers of whole numbers: features are rounded to steps of their own spread, weights to eight bits. Sums stay below what float32 holds
exactly, so they are the same in any order, batch and machine.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.load.model import DENSE_HIGHEST, DENSE_MOST, DenseArrays

#: blocks and features that are multiplied in one go: OpenBLAS starts threads for larger pieces, and waits for them longer than it computes
_ROWS, _COLUMNS = 8, 256


class Dense:
    """The network, made ready. Safe to share between threads.

    Parameters: `columns` are the numbers of the features it will be given (ascending).
    """

    def __init__(self, arrays: DenseArrays, columns: npt.NDArray[np.int64]) -> None:
        #: where the features that it looks at are among those given; None where these are the same
        self._columns = None if np.array_equal(arrays.columns, columns) else np.searchsorted(columns, arrays.columns)
        features, hidden = arrays.first.shape
        pieces = -(-features // _COLUMNS)
        first = np.zeros((pieces * _COLUMNS, hidden), dtype=np.float32)
        first[:features] = arrays.first
        self._first = first.reshape(pieces, _COLUMNS, hidden)
        self._middle = arrays.middle[:, None]
        self._steps = arrays.steps[:, None]
        self._hidden_bias = arrays.hidden_bias.astype(np.float32)
        self._hidden_unit = np.float32(arrays.hidden_unit)
        self._second = arrays.second.astype(np.float32)
        self._bias = arrays.bias
        self._unit = arrays.unit

    def scores(self, features: npt.NDArray[np.float32]) -> Floats:
        """The answers: rows × outputs. `features` are features × rows."""
        if self._columns is not None:
            features = features.take(self._columns, axis=0)
        width, count = features.shape
        values = np.zeros((-(-count // _ROWS) * _ROWS, self._first.shape[0] * _COLUMNS), dtype=np.float32)
        steps = np.rint((features - self._middle) * self._steps)
        values[:count, :width] = np.clip(steps, -DENSE_MOST, DENSE_MOST, out=steps).T
        tiles = values.reshape(-1, _ROWS, len(self._first), _COLUMNS).swapaxes(1, 2)
        sums = np.matmul(tiles, self._first).sum(axis=1).reshape(len(values), -1)
        hidden = np.clip(np.rint((sums + self._hidden_bias) * self._hidden_unit), 0, DENSE_HIGHEST)
        answers = np.matmul(hidden.reshape(-1, _ROWS, hidden.shape[1]), self._second).reshape(len(values), -1)
        return np.asarray((answers[:count].astype(np.float64) + self._bias) * self._unit)
