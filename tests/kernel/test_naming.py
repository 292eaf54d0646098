"""Names for removed lines: the compiled choice is that of numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.naming import likeliest
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


@given(st.integers(0, 1 << 32), st.integers(1, 40), st.sampled_from([1, 2, 23]), st.sampled_from([0.0, 0.3, 1.0]))
def test_any_scores(seed: int, count: int, labels: int, stay: float) -> None:
    chance = np.random.default_rng(seed)
    # Many ties, many that are nearly sure, some that are impossible.
    scores = np.rint(chance.normal(size=(count, labels)) * 8) * chance.choice([2.0**-12, 2.0**-3, 1.0, 1000.0])
    goes = chance.uniform(size=count) >= stay
    said = {int(block): int(chance.integers(labels)) for block in np.flatnonzero(goes) if chance.uniform() < 0.4}
    stands = {block for block in said if chance.uniform() < 0.3}
    follows = chance.integers(-128, 128, (labels + 1, labels + 1)) / 16.0
    mine, plain = (likeliest(scores, goes, said, stands, follows, compiled=compiled).tolist() for compiled in (True, False))
    assert mine == plain


def test_what_does_not_fit_is_an_error() -> None:
    scores, follows = np.zeros((2, 3)), np.zeros((4, 4))
    with pytest.raises(ValueError, match="fit"):
        likeliest(scores, np.array([True]), {}, set(), follows, compiled=True)
    with pytest.raises(ValueError, match="no such label"):
        likeliest(scores, np.array([True, False]), {0: 3}, set(), follows, compiled=True)
