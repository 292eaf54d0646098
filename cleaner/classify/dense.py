"""A small network beside the trees: it adds up what many features say a little of, where trees ask a few of them a question.

Two layers of whole numbers: features are rounded to steps of their own spread, weights to eight bits. Sums stay below what float32 holds
exactly, so they are the same in any order, batch and machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.kernel import COMPILED
from cleaner.load.model import DENSE_HIGHEST, DENSE_MOST, DenseArrays

if TYPE_CHECKING:
    from cleaner.kernel.dense import Network

#: blocks and features that are multiplied in one go: OpenBLAS starts threads for larger pieces, and waits for them longer than it computes
_ROWS, _COLUMNS = 8, 256
#: the kernel adds up so many at once
_LANES = 8


class Dense:
    """The network, made ready. Safe to share between threads.

    Parameters: `columns` are the numbers of the features it will be given (ascending); `compiled` says whether the kernel is asked.
    """

    def __init__(self, arrays: DenseArrays, columns: npt.NDArray[np.int64], *, compiled: bool = COMPILED) -> None:
        #: where the features that it looks at are among those given
        self._columns = np.searchsorted(columns, arrays.columns).astype(np.int64)
        self._takes_all = np.array_equal(arrays.columns, columns)
        features, hidden = arrays.first.shape
        self._outputs = arrays.second.shape[1]
        self._compiled = compiled
        self._middle = arrays.middle
        self._steps = arrays.steps
        self._hidden_unit = np.float32(arrays.hidden_unit)
        self._bias = arrays.bias
        self._unit = arrays.unit
        #: the network as the kernel knows it, where it is asked
        self.network: Network | None = None
        if compiled:
            more = -hidden % _LANES
            from cleaner.kernel.dense import Network

            self.network = Network(
                self._columns, self._middle, self._steps, DENSE_MOST,
                _filled(arrays.first, 0, more), np.pad(arrays.hidden_bias.astype(np.float32), (0, more)), float(self._hidden_unit),
                DENSE_HIGHEST, _filled(arrays.second, more, -self._outputs % _LANES), self._bias, self._unit,
            )  # fmt: skip
        else:
            pieces = -(-features // _COLUMNS)
            self._first = _filled(arrays.first, pieces * _COLUMNS - features, 0).astype(np.float32).reshape(pieces, _COLUMNS, hidden)
            self._hidden_bias = arrays.hidden_bias.astype(np.float32)
            self._second = arrays.second.astype(np.float32)

    def scores(self, features: npt.NDArray[np.float32], rows: npt.NDArray[np.int64] | None = None) -> Floats:
        """The answers: rows × outputs.

        Parameters: `features` are features × rows; `rows` are the numbers of those that are asked for, where these are not all.
        """
        if self._compiled:
            return self._compiled_scores(features, rows)
        if rows is not None:
            features = features.take(rows, axis=1)
        if not self._takes_all:
            features = features.take(self._columns, axis=0)
        width, count = features.shape
        values = np.zeros((-(-count // _ROWS) * _ROWS, self._first.shape[0] * _COLUMNS), dtype=np.float32)
        steps = np.rint((features - self._middle[:, None]) * self._steps[:, None])
        values[:count, :width] = np.clip(steps, -DENSE_MOST, DENSE_MOST, out=steps).T
        tiles = values.reshape(-1, _ROWS, len(self._first), _COLUMNS).swapaxes(1, 2)
        sums = np.matmul(tiles, self._first).sum(axis=1).reshape(len(values), -1)
        hidden = np.clip(np.rint((sums + self._hidden_bias) * self._hidden_unit), 0, DENSE_HIGHEST)
        answers = np.matmul(hidden.reshape(-1, _ROWS, hidden.shape[1]), self._second).reshape(len(values), -1)
        return np.asarray((answers[:count].astype(np.float64) + self._bias) * self._unit)

    def _compiled_scores(self, features: npt.NDArray[np.float32], rows: npt.NDArray[np.int64] | None) -> Floats:
        scores = np.empty((features.shape[1] if rows is None else len(rows), self._outputs))
        assert self.network is not None
        self.network.scores(np.ascontiguousarray(features), rows, scores)
        return scores


def _filled(weights: npt.NDArray[np.int8], rows: int, columns: int) -> npt.NDArray[np.int8]:
    """Weights with so many more rows and columns, which add nothing."""
    return np.ascontiguousarray(np.pad(weights, ((0, rows), (0, columns))))
