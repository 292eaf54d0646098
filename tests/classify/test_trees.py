"""Oblivious trees: a leaf is found by the answers' bits, and sums are whole numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.trees import Trees
from cleaner.load.model import TreeArrays

#: two trees over three features: the first asks 0 > 1.5 and 2 > 0, the second 1 > -1 and 1 > 1
_TREES = Trees(
    TreeArrays(
        columns=np.array([[0, 2], [1, 1]]),
        borders=np.array([[1.5, 0.0], [-1.0, 1.0]], dtype=np.float32),
        leaves=np.array([[[1], [2], [4], [8]], [[10], [20], [40], [80]]], dtype=np.int16),
        bias=np.array([100]),
        unit=0.5,
    )
)


def _scores(*rows: tuple[float, float, float]) -> list[float]:
    features: npt.NDArray[np.float32] = np.array(rows, dtype=np.float32).T
    return [float(score) for score in _TREES.scores(features)[:, 0]]


def test_each_leaf() -> None:
    assert _scores((0, -2, -1)) == [(100 + 1 + 10) / 2]
    assert _scores((2, 0, -1)) == [(100 + 2 + 20) / 2]
    assert _scores((0, 0, 1)) == [(100 + 4 + 20) / 2]
    assert _scores((2, 2, 1)) == [(100 + 8 + 80) / 2]


def test_on_the_border_is_not_above_it() -> None:
    assert _scores((1.5, -1, 0)) == [(100 + 1 + 10) / 2]


@given(st.lists(st.tuples(*[st.floats(-4, 4, width=32)] * 3), min_size=1, max_size=1_100))
def test_rows_do_not_know_of_each_other(rows: list[tuple[float, float, float]]) -> None:
    assert _scores(*rows) == [score for row in rows for score in _scores(row)]


def test_trees_that_ask_the_same_are_answered_alike() -> None:
    twice = Trees(
        TreeArrays(
            columns=np.array([[0, 1], [1, 0]]),
            borders=np.array([[0.5, 0.5], [0.5, 0.5]], dtype=np.float32),
            leaves=np.array([[[0], [1], [2], [3]], [[0], [10], [20], [30]]], dtype=np.int16),
            bias=np.array([0]),
            unit=1.0,
        )
    )
    features = np.array([[1, 0], [0, 1], [1, 1], [0, 0]], dtype=np.float32).T
    assert twice.scores(features)[:, 0].tolist() == [1 + 20, 2 + 10, 3 + 30, 0]
