"""A block's features beside those around it, compared with the plain way of finding them."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.classify.context import COPIES, OFFSETS, WINDOWS, with_context


@pytest.mark.parametrize("count", [1, 2, 3, 13, 14, 40])
def test_each_copy_is_what_its_name_says(count: int) -> None:
    features = (np.arange(count * 3, dtype=np.float64).reshape(count, 3) ** 2 % 64) / 64
    found = with_context(features).reshape(COPIES, 3, count)
    for block in range(count):
        around = [features[block + offset] if 0 <= block + offset < count else np.zeros(3) for offset in (0, *OFFSETS)]
        means = [features[max(0, block - reach) : block + reach + 1].mean(axis=0) for reach in WINDOWS]
        expected = np.array([*around, *means, features.mean(axis=0)], dtype=np.float32)
        assert np.allclose(found[:, :, block], expected, rtol=0, atol=1e-6)
