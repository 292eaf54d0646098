"""A block's features beside those of its neighbours and of the whole document."""

from __future__ import annotations

from collections.abc import Iterator

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
    """Blocks × features to `COPIES` times as many × blocks; there is nothing (0) beyond a document's ends."""
    count, width = features.shape
    reach = max(WINDOWS)
    # A row's blocks begin here: neighbours that do not exist are 0, and so is the sum before the first.
    first = reach + 1
    padded = np.zeros((width, first + count + reach))
    padded[:, first : first + count] = features.T
    wide = np.zeros((COPIES, width, count), dtype=np.float32)
    for copy, offset in enumerate((0, *OFFSETS)):
        wide[copy] = padded[:, first + offset : first + offset + count]
    sums = np.cumsum(padded, axis=1)
    places = np.arange(count)
    for copy, reach in enumerate(WINDOWS, 1 + len(OFFSETS)):
        blocks = np.minimum(places + reach + 1, count) - np.maximum(places - reach, 0)
        low, high = first - 1 - reach, first + reach
        wide[copy] = (sums[:, high : high + count] - sums[:, low : low + count]) / blocks
    wide[-1] = sums[:, -1:] / count
    return wide.reshape(COPIES * width, count)


def in_parts(features: Floats, most: int) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """`with_context` for `most` blocks after the other, each part with its first block's number: all at once take 7 kB a block.

    A part is made with the neighbours on its sides. Features lie on a grid (`fixed_point`), so sums are exact wherever they begin, and
    the parts hold what the whole would.
    """
    count, width = features.shape
    if count <= most:
        yield 0, with_context(features)
        return
    reach = max(*WINDOWS, *OFFSETS)
    means = (features.sum(axis=0, dtype=np.float64) / count)[:, None]
    for start in range(0, count, most):
        low, end = max(0, start - reach), min(count, start + most)
        wide = with_context(features[low : end + reach])[:, start - low : end - low]
        wide[-width:] = means
        yield start, wide
