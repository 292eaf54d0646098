"""The small network beside the trees: whole numbers, so that an answer is the same in any company."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.dense import Dense
from cleaner.load.model import DENSE_HIGHEST, DENSE_MOST, DenseArrays

_FEATURES, _HIDDEN, _OUTPUTS = 700, 20, 3
_CHANCE = np.random.default_rng(7)
_COLUMNS = np.arange(0, 2 * _FEATURES, 2)
_ARRAYS = DenseArrays(
    columns=_COLUMNS,
    middle=_CHANCE.normal(size=_FEATURES).astype(np.float32),
    steps=_CHANCE.uniform(4, 300, size=_FEATURES).astype(np.float32),
    first=_CHANCE.integers(-127, 128, (_FEATURES, _HIDDEN)).astype(np.int8),
    hidden_bias=_CHANCE.integers(-50_000, 50_000, _HIDDEN),
    hidden_unit=2.0**-7,
    second=_CHANCE.integers(-127, 128, (_HIDDEN, _OUTPUTS)).astype(np.int8),
    bias=_CHANCE.integers(-9_000, 9_000, _OUTPUTS),
    unit=2.0**-9,
)
_DENSE = Dense(_ARRAYS, _COLUMNS)


def _rows(seed: int, count: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(_FEATURES, count)).astype(np.float32)


def _plainly(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """The same in whole numbers of 64 bits."""
    steps = np.clip(np.rint((features - _ARRAYS.middle[:, None]) * _ARRAYS.steps[:, None]), -DENSE_MOST, DENSE_MOST).astype(np.int64)
    sums = steps.T @ _ARRAYS.first.astype(np.int64) + _ARRAYS.hidden_bias
    hidden = np.clip(np.rint(sums * _ARRAYS.hidden_unit), 0, DENSE_HIGHEST).astype(np.int64)
    return np.asarray((hidden @ _ARRAYS.second.astype(np.int64) + _ARRAYS.bias) * _ARRAYS.unit)


@given(st.integers(0, 1 << 32), st.integers(1, 40))
def test_sums_are_exact(seed: int, count: int) -> None:
    features = _rows(seed, count)
    assert _DENSE.scores(features).tolist() == _plainly(features).tolist()


@given(st.integers(0, 1 << 32), st.integers(2, 20))
def test_rows_do_not_know_of_each_other(seed: int, count: int) -> None:
    features = _rows(seed, count)
    alone = [_DENSE.scores(features[:, row : row + 1])[0].tolist() for row in range(count)]
    assert _DENSE.scores(features).tolist() == alone


def test_of_more_features_it_takes_its_own() -> None:
    features = _rows(3, 5)
    more = np.full((2 * _FEATURES, 5), 1e9, dtype=np.float32)
    more[_COLUMNS] = features
    assert Dense(_ARRAYS, np.arange(2 * _FEATURES)).scores(more).tolist() == _DENSE.scores(features).tolist()


@pytest.mark.parametrize("extreme", [1e30, -1e30])
def test_what_is_far_out_counts_no_more_than_the_farthest(extreme: float) -> None:
    features = _rows(4, 2)
    features[5] = extreme
    nearer = features.copy()
    nearer[5] = _ARRAYS.middle[5] + np.sign(extreme) * DENSE_MOST / _ARRAYS.steps[5] * 2
    assert _DENSE.scores(features).tolist() == _DENSE.scores(nearer).tolist()
