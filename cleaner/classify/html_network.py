"""The block model: a small network over a page's blocks, in numpy.

Embeddings of hashed words, pairs of words and names of elements stand beside the features; a layer, a convolution over neighbours,
means over the elements around a block, over blocks of its kind and over the page, and two wider convolutions follow.

Weights are whole numbers over a power of two, and every activation is rounded to such a grid. So all sums are exact in float64, whatever
their order: the result does not depend on the machine, its linear algebra or the number of its cores.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import GOOD_WORDS, LEVELS, Arrays
from cleaner.load.html_model import HtmlWeights, html_weights

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

#: activations are multiples of its inverse
_GRID = 256.0
#: the greatest activation; keeps the sums far below 2**53 of the grid
_MOST = 4_096.0
#: farthest a feature may lie from its mean, in standard deviations
_FARTHEST = 4.0
#: logits are rounded to multiples of its inverse, and cut at so many
LOGIT_GRID, LOGIT_MOST = 32, 12
#: chances are whole numbers of this
CHANCE = 10_000
#: blocks before and behind that each convolution looks at
REACHES = (1, 2, 5)


class HtmlNetwork:
    """A block model ready for use. Safe to share between threads."""

    def __init__(self, weights: HtmlWeights) -> None:
        self.labels = weights.labels
        #: classes of characters (`html_text.character_classes`)
        self.table = weights.arrays["characters"]
        self._chances = weights.arrays["chances"].astype(np.int64)
        self._mean, self._spread = weights.real("mean")[:, None], weights.real("spread")[:, None]
        self._words, self._pairs = weights.arrays["words"], weights.arrays["pairs"]
        self._names = [weights.arrays[f"names{level}"] for level in range(LEVELS + 1)]
        self._units = {name: float(weights.arrays[f"{name}.unit"]) for name in ("words", "pairs", *(f"names{n}" for n in range(LEVELS + 1)))}
        self._layers = {
            name: (weights.real(f"{name}.weight"), weights.real(f"{name}.bias")[:, None]) for name in ("l1", "c1", "l2", "c2", "c3", "out")
        }

    def judge(self, arrays: Arrays) -> tuple[Integers, Integers]:
        """What the blocks of a page are.

        Returns the chance that each is content, in ten-thousandths, and the row in `labels` of what it is otherwise; both of
        shape (n,).
        """
        if not len(arrays.count):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        hidden = _relu(self._apply("l1", self._input(arrays)))
        hidden = hidden + self._convolved("c1", hidden, REACHES[0])
        context = np.concatenate([hidden, *_means(hidden, arrays)])
        hidden = _relu(self._apply("l2", context)) + hidden
        hidden = hidden + self._convolved("c2", hidden, REACHES[1])
        hidden = hidden + self._convolved("c3", hidden, REACHES[2])
        logits = self._apply("out", hidden)
        place = np.clip(np.rint(logits[0] * LOGIT_GRID), -LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID).astype(np.int64)
        return self._chances[place + LOGIT_MOST * LOGIT_GRID], np.argmax(logits[1:], axis=0)

    def _input(self, arrays: Arrays) -> Floats:
        dense = np.clip((arrays.dense - self._mean) / self._spread, -_FARTHEST, _FARTHEST)
        words = _bag(self._words, arrays.words, arrays.word_from) / (self._units["words"] * np.maximum(np.diff(arrays.word_from), 1))
        pairs = _bag(self._pairs, arrays.pairs, arrays.pair_from) / (self._units["pairs"] * np.maximum(np.diff(arrays.pair_from), 1))
        names = []
        for level, table in enumerate(self._names):
            names.append(_bag(table, arrays.names, arrays.name_from)[:, arrays.elements[level]] / self._units[f"names{level}"])
        return _rounded(np.concatenate([dense, words, pairs, *names]))

    def _apply(self, name: str, values: Floats) -> Floats:
        weight, bias = self._layers[name]
        return weight @ values + bias

    def _convolved(self, name: str, hidden: Floats, reach: int) -> Floats:
        before, after = np.zeros_like(hidden), np.zeros_like(hidden)
        before[:, reach:] = hidden[:, :-reach]
        after[:, :-reach] = hidden[:, reach:]
        return _relu(self._apply(name, np.concatenate([before, hidden, after])))


@functools.lru_cache(maxsize=8)
def network(path: str | None) -> HtmlNetwork | None:
    """The block model in a file, or the package's for None, made once; None where the file holds none for pages.

    Raises `DataFileError` like `html_weights`.
    """
    weights = html_weights(path)
    return None if weights is None else HtmlNetwork(weights)


def _rounded(values: Floats) -> Floats:
    return np.rint(values * _GRID) / _GRID


def _relu(values: Floats) -> Floats:
    return _rounded(np.clip(values, 0.0, _MOST))


def _sums(values: Any) -> Any:
    out = np.zeros((values.shape[0], values.shape[1] + 1), dtype=values.dtype)
    np.cumsum(values, axis=1, out=out[:, 1:])
    return out


def _bag(table: npt.NDArray[Any], rows: Integers, begin: Integers) -> npt.NDArray[np.int64]:
    """Sums of a table's rows, shape (columns, bags): bag b holds the rows from begin[b] to begin[b + 1]."""
    running = np.zeros((len(rows) + 1, table.shape[1]), dtype=np.int32)
    np.cumsum(table[rows], axis=0, dtype=np.int32, out=running[1:])
    return (running[begin[1:]] - running[begin[:-1]]).T.astype(np.int64)


def _means(hidden: Floats, arrays: Arrays) -> list[Floats]:
    """Means of activations over the elements around each block, over blocks of its kind, over the page, and over the page's text."""
    n = hidden.shape[1]
    running = _sums(hidden)
    means = [
        (running[:, last] - running[:, first]) / np.maximum(last - first, 1) for first, last in zip(arrays.first, arrays.last, strict=True)
    ]
    order = np.argsort(arrays.kind, kind="stable")
    edges = np.searchsorted(arrays.kind[order], np.arange(int(arrays.kind.max()) + 2))
    by_kind = _sums(hidden[:, order])
    means.append(((by_kind[:, edges[1:]] - by_kind[:, edges[:-1]]) / np.maximum(np.diff(edges), 1))[:, arrays.kind])
    means.append(np.broadcast_to(running[:, -1:] / n, hidden.shape))
    good = np.where(arrays.count >= GOOD_WORDS, arrays.count, 0)
    means.append(np.broadcast_to((hidden @ good)[:, None] / max(int(good.sum()), 1), hidden.shape))
    return [_rounded(mean) for mean in means]
