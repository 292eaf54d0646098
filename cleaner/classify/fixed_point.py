"""Numbers that come out the same whatever the batch, the thread and the machine.

Values on a grid of powers of two are added without rounding, in any order; `exp`, whose last bits differ between machines, is read
off a table whose entries are rounded further than those bits reach.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: log odds are multiples of this
GRID = 2.0**-8
#: log odds beyond this are as good as certain
_MOST = 16
_FINE = 2.0**40
#: e to the power of 0, and of each multiple of `-GRID`
POWERS = np.array([round(math.exp(-step * GRID) * _FINE) / _FINE for step in range(int(_MOST / GRID) + 1)])


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row's entries from their logarithms up to a constant: rows × columns, each row adding up to 1."""
    powers = _power(scores - scores.max(axis=1, keepdims=True))
    # Exact in any order: all are multiples of 1 / _FINE, and few.
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def sigmoid(odds: Floats) -> Floats:
    """Probabilities from log odds."""
    power = _power(-np.abs(odds))
    return np.where(odds >= 0, 1.0, power) / (1.0 + power)


def _power(values: Floats) -> Floats:
    """e to the power of values, none above 0."""
    steps = np.minimum(np.rint(-values / GRID), len(POWERS) - 1)
    return POWERS[steps.astype(np.int64)]
