"""How far a figure could be off by the choice of documents: the bootstrap (Efron 1979), over documents, by percentiles."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

#: samples drawn, with replacement, of as many documents as there are
ROUNDS = 1000
#: drawn in one go, so that memory stays small
_BLOCK = 50
#: of the samples' figures these percentiles bound the interval
_LOW, _HIGH = 2.5, 97.5


class Figure(msgspec.Struct, frozen=True):
    """A share or a mean, and its 95 % confidence interval."""

    value: float
    low: float
    high: float


def figures(numerators: npt.NDArray[np.float64], denominators: npt.NDArray[np.float64], *, seed: int) -> list[Figure | None]:
    """Sums over sums, each with its interval.

    Parameters: both are documents × figures; a mean's denominators are 1, a document that has no part in a figure has 0 in both.
    `seed` fixes the samples.
    Returns a figure for each column, None where all denominators are 0.
    """
    count, width = numerators.shape
    chance = np.random.default_rng(seed)
    drawn = np.empty((ROUNDS, width))
    for at in range(0, ROUNDS, _BLOCK):
        times = chance.multinomial(count, np.full(count, 1 / count), size=_BLOCK).astype(np.float64)
        below = times @ denominators
        drawn[at : at + _BLOCK] = np.divide(times @ numerators, below, out=np.full_like(below, np.nan), where=below > 0)
    totals = denominators.sum(axis=0)
    return [
        _figure(float(numerators[:, column].sum() / totals[column]), drawn[:, column]) if totals[column] > 0 else None
        for column in range(width)
    ]


def _figure(value: float, drawn: npt.NDArray[np.float64]) -> Figure:
    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, (_LOW, _HIGH)) if len(known) else (value, value)
    return Figure(value, float(low), float(high))
