"""Intervals hold their figure, and say nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.learning.intervals import Figure, figures


def _one(numerators: list[float], denominators: list[float], seed: int = 1) -> Figure | None:
    return figures(np.array([numerators]).T, np.array([denominators]).T, seed=seed)[0]


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_mean_is_the_mean_and_lies_in_reach_of_its_values(values: list[float]) -> None:
    figure = _one(values, [1.0] * len(values))
    assert figure is not None
    assert figure.value == pytest.approx(sum(values) / len(values))
    assert min(values) - 1e-9 <= figure.low <= figure.high <= max(values) + 1e-9


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    figure = _one([1, 90], [10, 90])
    assert figure is not None
    assert figure.value == pytest.approx(0.91)


def test_equal_documents_leave_no_doubt_and_different_ones_do() -> None:
    assert _one([0.5] * 20, [1.0] * 20) == Figure(0.5, 0.5, 0.5)
    few, many = _one([0, 1] * 5, [1] * 10), _one([0, 1] * 200, [1] * 400)
    assert few is not None
    assert many is not None
    assert few.low < 0.3 < 0.7 < few.high
    # For shares near one half of n documents the interval is about 2 / sqrt(n) wide.
    assert many.high - many.low == pytest.approx(2 * 0.98 / np.sqrt(400), rel=0.15)


def test_documents_without_a_part_in_a_figure_count_for_nothing() -> None:
    with_others = _one([3, 0, 0], [4, 0, 0])
    assert with_others == Figure(0.75, 0.75, 0.75)
    assert _one([0, 0], [0, 0]) is None


def test_the_seed_fixes_the_samples() -> None:
    values = [number / 17 for number in range(17)]
    assert _one(values, [1.0] * 17, seed=3) == _one(values, [1.0] * 17, seed=3)
    assert _one(values, [1.0] * 17, seed=3) != _one(values, [1.0] * 17, seed=4)
