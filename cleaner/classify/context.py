"""A block's features beside those of its neighbours and of the whole document."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats

#: neighbours that are looked at one by one: so many blocks before or behind
OFFSETS = (-2, -1, 1, 2)
#: means are taken over so many blocks on each side
WINDOWS = (2, 6)
#: what one feature becomes: itself, at each offset, over each window, over the document
COPIES = 1 + len(OFFSETS) + len(WINDOWS) + 1


def with_context(features: Floats) -> npt.NDArray[np.float32]:
    """Blocks × features to blocks × `COPIES` times as many; there is nothing (0) beyond a document's ends."""
    count, width = features.shape
    wide = np.zeros((count, COPIES * width), dtype=np.float32)
    wide[:, :width] = features
    column = width
    for offset in OFFSETS:
        if abs(offset) < count:
            rows, others = (slice(-offset, None), slice(None, offset)) if offset < 0 else (slice(None, -offset), slice(offset, None))
            wide[rows, column : column + width] = features[others]
        column += width
    sums = np.concatenate((np.zeros((1, width)), np.cumsum(features, axis=0)))
    places = np.arange(count)
    for reach in WINDOWS:
        low, high = np.maximum(places - reach, 0), np.minimum(places + reach + 1, count)
        wide[:, column : column + width] = (sums[high] - sums[low]) / (high - low)[:, None]
        column += width
    wide[:, column:] = sums[-1] / count
    return wide
