"""A block's features beside those of its neighbours and of the whole document."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaner.classify.fixed_point import Floats
from cleaner.kernel import COMPILED

#: neighbours that are looked at one by one: so many blocks before or behind
OFFSETS = (-2, -1, 1, 2)
#: means are taken over so many blocks on each side
WINDOWS = (2, 6)
#: what one feature becomes: itself, at each offset, over each window, over the document
COPIES = 1 + len(OFFSETS) + len(WINDOWS) + 1
#: the same for the kernel
SINGLE, WINDOW_REACHES = np.array((0, *OFFSETS), dtype=np.int64), np.array(WINDOWS, dtype=np.int64)


class Asked:
    """Some of the columns that `with_context` makes, ascending: those that somebody asks for.

    Parameters: `columns` are their numbers, `width` is the number of features.
    """

    def __init__(self, columns: npt.NDArray[np.int64], width: int) -> None:
        self.count = len(columns)
        bounds = np.searchsorted(columns, np.arange(COPIES + 1) * width)
        #: the features that columns hold, and where each copy begins and the last one ends
        self.bounds = bounds.astype(np.int64)
        self.rows = (columns - np.repeat(np.arange(COPIES) * width, np.diff(bounds))).astype(np.int64)
        #: for each copy where its columns begin and end, and the features they hold
        self.copies = [(low, high, columns[low:high] - copy * width) for copy, (low, high) in enumerate(pairwise(bounds.tolist()))]


def with_context(features: Floats, asked: Asked | None = None, *, compiled: bool = COMPILED) -> npt.NDArray[np.float32]:
    """Blocks × features to the columns asked for (all: `COPIES` times as many) × blocks; there is nothing (0) beyond a document's ends."""
    return _with_context(features, features.sum(axis=0) / len(features), asked or _all(features.shape[1]), compiled)


def _with_context(features: Floats, means: Floats, asked: Asked, compiled: bool) -> npt.NDArray[np.float32]:
    return _compiled_context(features, means, asked) if compiled else _plain_context(features, means, asked)


def _compiled_context(features: Floats, means: Floats, asked: Asked) -> npt.NDArray[np.float32]:
    from cleaner.kernel.context import with_context as compiled_context

    wide = np.empty((asked.count, len(features)), dtype=np.float32)
    # Training's features have 32 bits.
    features, means = np.ascontiguousarray(features.T, dtype=np.float64), means.astype(np.float64)
    compiled_context(features, means, asked.rows, asked.bounds, SINGLE, WINDOW_REACHES, wide)
    return wide


def _plain_context(features: Floats, means: Floats, asked: Asked) -> npt.NDArray[np.float32]:
    count, width = features.shape
    reach = max(WINDOWS)
    # A row's blocks begin here: neighbours that do not exist are 0, and so is the sum before the first.
    first = reach + 1
    padded = np.zeros((width, first + count + reach))
    padded[:, first : first + count] = features.T
    wide = np.empty((asked.count, count), dtype=np.float32)
    *single, (low, high, rows) = asked.copies
    wide[low:high] = means[rows, None]
    for offset, (low, high, rows) in zip((0, *OFFSETS), single, strict=False):
        wide[low:high] = padded[rows, first + offset : first + offset + count]
    sums = np.cumsum(padded, axis=1)
    places = np.arange(count)
    for reach, (low, high, rows) in zip(WINDOWS, single[1 + len(OFFSETS) :], strict=True):
        blocks = np.minimum(places + reach + 1, count) - np.maximum(places - reach, 0)
        before, behind = first - 1 - reach, first + reach
        wide[low:high] = (sums[rows, behind : behind + count] - sums[rows, before : before + count]) / blocks
    return wide


@functools.lru_cache(maxsize=4)
def _all(width: int) -> Asked:
    return Asked(np.arange(COPIES * width), width)


def in_parts(
    features: Floats, most: int, asked: Asked | None = None, *, compiled: bool = COMPILED
) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """`with_context` for `most` blocks after the other, each part with its first block's number: all at once take 7 kB a block.

    A part is made with the neighbours on its sides. Features lie on a grid (`fixed_point`), so sums are exact wherever they begin, and
    the parts hold what the whole would.
    """
    count, width = features.shape
    if count <= most:
        yield 0, with_context(features, asked, compiled=compiled)
        return
    reach = max(*WINDOWS, *OFFSETS)
    means = features.sum(axis=0, dtype=np.float64) / count
    for start in range(0, count, most):
        low, end = max(0, start - reach), min(count, start + most)
        yield start, _with_context(features[low : end + reach], means, asked or _all(width), compiled)[:, start - low : end - low]
