"""The block model's arithmetic: compiled trees, network and neighbours give the numbers of numpy, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.context import COPIES, Asked, in_parts, with_context
from cleaner.classify.dense import Dense
from cleaner.classify.trees import Trees
from cleaner.load.model import DEFAULT_MODEL, DenseArrays, TreeArrays, load_text_model
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_SEEDS = st.integers(0, 1 << 32)
_COUNTS = st.one_of(st.integers(1, 20), st.sampled_from([15, 16, 17, 63, 64, 65, 128, 200]))


def _features(seed: int, width: int, count: int) -> npt.NDArray[np.float64]:
    """Like those of blocks: on a grid, most of them 0 or 1, some always 0."""
    chance = np.random.default_rng(seed)
    features = np.rint(chance.normal(size=(count, width)) * 4096) / 4096
    rare = chance.uniform(size=width) < 0.6
    features[:, rare] = chance.uniform(size=(count, int(rare.sum()))) < 0.1
    return features


@given(_SEEDS, _COUNTS, st.integers(1, 12))
def test_neighbours(seed: int, count: int, width: int) -> None:
    features = _features(seed, width, count)
    chance = np.random.default_rng(seed)
    asked = Asked(np.flatnonzero(chance.uniform(size=COPIES * width) < 0.5), width)
    for some in (asked, None):
        given_: Any
        for given_ in (features, features.astype(np.float32)):
            assert np.array_equal(with_context(given_, some, compiled=True), with_context(given_, some, compiled=False))


@given(_SEEDS, st.integers(1, 60), st.integers(1, 20))
def test_neighbours_in_parts(seed: int, count: int, most: int) -> None:
    features = _features(seed, 5, count)
    both = [list(in_parts(features, most, compiled=compiled)) for compiled in (True, False)]
    for (start, mine), (at, plain) in zip(*both, strict=True):
        assert start == at
        assert np.array_equal(mine, plain)


def _trees(seed: int, outputs: int, depth: int, width: int) -> TreeArrays:
    chance = np.random.default_rng(seed)
    count = int(chance.integers(1, 40))
    return TreeArrays(
        columns=chance.integers(0, width, (count, depth)),
        borders=(np.rint(chance.normal(size=(count, depth)) * 4) / 4).astype(np.float32),
        leaves=chance.integers(-(1 << 15), 1 << 15, (count, 1 << depth, outputs)).astype(np.int16),
        bias=chance.integers(-(1 << 31), 1 << 31, outputs),
        unit=2.0**-12,
    )


@given(_SEEDS, _COUNTS, st.sampled_from([1, 2, 7, 8, 23]), st.integers(1, 8))
def test_trees(seed: int, count: int, outputs: int, depth: int) -> None:
    arrays = _trees(seed, outputs, depth, 9)
    features = (np.rint(_features(seed, 9, count) * 4) / 4).T.astype(np.float32)
    some = np.flatnonzero(np.random.default_rng(seed).uniform(size=count) < 0.5)
    mine, plain = (Trees(arrays, compiled=compiled) for compiled in (True, False))
    assert mine.scores(features).tolist() == plain.scores(features).tolist()
    if len(some):
        assert mine.scores(features, some).tolist() == plain.scores(features, some).tolist()


def _dense(seed: int, width: int) -> DenseArrays:
    chance = np.random.default_rng(seed)
    columns = np.flatnonzero(chance.uniform(size=width) < 0.7)
    hidden, outputs = int(chance.integers(1, 40)), int(chance.integers(1, 25))
    return DenseArrays(
        columns=columns,
        middle=chance.normal(size=len(columns)).astype(np.float32),
        steps=chance.uniform(0, 300, size=len(columns)).astype(np.float32),
        first=chance.integers(-128, 128, (len(columns), hidden)).astype(np.int8),
        hidden_bias=chance.integers(-50_000, 50_000, hidden),
        hidden_unit=float(chance.choice([2.0**-7, 0.013, 1.0])),
        second=chance.integers(-128, 128, (hidden, outputs)).astype(np.int8),
        bias=chance.integers(-9_000, 9_000, outputs),
        unit=2.0**-9,
    )


@given(_SEEDS, _COUNTS)
def test_the_dense_network(seed: int, count: int) -> None:
    arrays = _dense(seed, 90)
    features = _features(seed, 90, count).T.astype(np.float32)
    features[0, 0], features[-1, -1] = 1e30, -1e30
    some = np.flatnonzero(np.random.default_rng(seed).uniform(size=count) < 0.5)
    mine, plain = (Dense(arrays, np.arange(90), compiled=compiled) for compiled in (True, False))
    assert mine.scores(features).tolist() == plain.scores(features).tolist()
    if len(some):
        assert mine.scores(features, some).tolist() == plain.scores(features, some).tolist()


@given(_SEEDS, _COUNTS)
def test_the_shipped_model(seed: int, count: int) -> None:
    model = load_text_model(DEFAULT_MODEL)
    features = with_context(_features(seed, model.width // COPIES, count))
    for arrays in (model.keep, model.label):
        assert Trees(arrays, compiled=True).scores(features).tolist() == Trees(arrays, compiled=False).scores(features).tolist()
    mine, plain = (Dense(model.dense, np.arange(model.width), compiled=compiled) for compiled in (True, False))
    assert mine.scores(features).tolist() == plain.scores(features).tolist()


def test_what_does_not_fit_is_an_error() -> None:
    arrays = _trees(3, 2, 4, 9)
    features = np.zeros((9, 5), dtype=np.float32)
    for few, rows in ((features[:3], None), (features, np.array([5])), (features, np.array([-1]))):
        with pytest.raises(ValueError, match=r"fit|no such"):
            Trees(arrays, compiled=True).scores(few, rows)
    dense = Dense(_dense(3, 90), np.arange(90), compiled=True)
    with pytest.raises(ValueError, match="fit"):
        dense.scores(features)
    with pytest.raises(ValueError, match=r"exist|fit"):
        with_context(np.zeros((4, 3)), Asked(np.arange(COPIES * 9), 9), compiled=True)
