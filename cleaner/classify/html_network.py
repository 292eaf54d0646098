"""The block model: a small network over a page's blocks, in numpy.

Embeddings of hashed words, pairs of words and names of elements stand beside the features; a layer, a convolution over neighbours,
means over the elements around a block, over blocks of its kind and over the page, and two wider convolutions follow.

Activations are whole numbers of 1/64, weights whole numbers over a power of two for each row, and no sum can reach 2**24 (`fits` is the
check): all sums are exact in float32 whatever their order. So the result does not depend on the machine, its linear algebra or the number
of its cores.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import GOOD_WORDS, LEVELS, Arrays
from cleaner.errors import DataFileError
from cleaner.load.html_model import PACKAGE_MODEL, HtmlWeights, html_weights
from cleaner.load.labels import labels

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

#: activations are whole numbers of its inverse, and at most so many of these
GRID, MOST = 64, 511
#: farthest a feature may lie from its mean, in standard deviations
_FARTHEST = 4.0
#: logits are rounded to multiples of its inverse, and cut at so many
LOGIT_GRID, LOGIT_MOST = 32, 12
#: chances are whole numbers of this
CHANCE = 10_000
#: blocks before and behind that each convolution looks at
REACHES = (1, 2, 5)
#: whole numbers below are exact in float32
_EXACT = 2**24
LAYERS = ("l1", "c1", "l2", "c2", "c3", "l3", "out")
#: elements around a block, 0 its own, whose blocks are looked at once more at the end
LAST_LEVELS = (1, 2)
TABLES = ("words", "pairs", *(f"names{level}" for level in range(LEVELS + 1)))


class HtmlNetwork:
    """A block model ready for use. Safe to share between threads.

    Raises `ValueError` for weights whose sums would not be exact.
    """

    def __init__(self, weights: HtmlWeights) -> None:
        arrays = weights.arrays
        #: labels of residue, one for each row that `judge` may name
        self.labels = tuple(name for name in weights.labels if not labels()[name].content)
        self._residue = [row for row, name in enumerate(weights.labels, start=1) if name in self.labels]
        #: classes of characters (`html_text.character_classes`)
        self.table = arrays["characters"]
        self._chances = arrays["chances"].astype(np.int64)
        self._mean = arrays["mean"].astype(np.float64)
        self._spread = arrays["spread"].astype(np.float64)
        self._tables = {name: (arrays[name], float(GRID / arrays[f"{name}.unit"])) for name in ("words", "pairs")}
        # One table for the names of all elements around a block: a row of it lies together in memory.
        levels = [f"names{level}" for level in range(LEVELS + 1)]
        self._names = np.ascontiguousarray(np.concatenate([arrays[name] for name in levels], axis=1))
        self._name_steps = np.concatenate([np.full(arrays[name].shape[1], GRID / float(arrays[f"{name}.unit"])) for name in levels])
        self._name_columns = np.cumsum([0, *(arrays[name].shape[1] for name in levels)]).tolist()
        self._layers: dict[str, tuple[Floats, Floats, Floats]] = {}
        for name in LAYERS:
            weight, bias, unit = (arrays[f"{name}.{part}"] for part in ("weight", "bias", "unit"))
            if not fits(weight, bias):
                raise ValueError(f"layer {name}: sums beyond 2**24")
            self._layers[name] = (np.ascontiguousarray(weight.T, dtype=np.float32), bias.astype(np.float32), unit.astype(np.float32))

    def judge(self, arrays: Arrays) -> tuple[Integers, Integers]:
        """What the blocks of a page are.

        Returns the chance that each is content, in ten-thousandths, and the row in `labels` of what it is otherwise; both of
        shape (n,).
        """
        if not len(arrays.count):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        hidden = self._layer("l1", self._input(arrays))
        hidden = np.minimum(hidden + self._convolved("c1", hidden, REACHES[0]), MOST)
        hidden = np.minimum(self._layer("l2", _with_means(hidden, arrays)) + hidden, MOST)
        hidden = np.minimum(hidden + self._convolved("c2", hidden, REACHES[1]), MOST)
        hidden = np.minimum(hidden + self._convolved("c3", hidden, REACHES[2]), MOST)
        hidden = np.minimum(self._layer("l3", _with_near_means(hidden, arrays)) + hidden, MOST)
        weight, bias, unit = self._layers["out"]
        logits = (hidden @ weight + bias) / (unit * GRID)
        place = np.clip(np.rint(logits[:, 0] * LOGIT_GRID), -LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID).astype(np.int64)
        return self._chances[place + LOGIT_MOST * LOGIT_GRID], np.argmax(logits[:, self._residue], axis=1)

    def _input(self, arrays: Arrays) -> Floats:
        features, n = arrays.dense.shape
        columns = self._name_columns
        out = np.empty((n, self._layers["l1"][0].shape[0]))
        dense = out[:, :features]
        np.subtract(arrays.dense.T, self._mean, out=dense)
        dense /= self._spread
        np.clip(dense, -_FARTHEST, _FARTHEST, out=dense)
        dense *= GRID
        at = features
        for name, rows, begin in (("words", arrays.words, arrays.word_from), ("pairs", arrays.pairs, arrays.pair_from)):
            table, step = self._tables[name]
            out[:, at : at + table.shape[1]] = _bag(table, rows, begin) * step / np.maximum(np.diff(begin), 1)[:, None]
            at += table.shape[1]
        names = _bag(self._names, arrays.names, arrays.name_from) * self._name_steps
        for level in range(LEVELS + 1):
            low, high = columns[level], columns[level + 1]
            out[:, at + low : at + high] = names[arrays.elements[level], low:high]
        np.rint(out, out=out)
        return np.clip(out, -MOST, MOST).astype(np.float32)

    def _layer(self, name: str, values: Floats) -> Floats:
        weight, bias, unit = self._layers[name]
        out: Floats = values @ weight
        out += bias
        out /= unit
        np.rint(out, out=out)
        return np.clip(out, 0, MOST, out=out)

    def _convolved(self, name: str, hidden: Floats, reach: int) -> Floats:
        n, size = hidden.shape
        stacked = np.zeros((n, 3 * size), dtype=np.float32)
        stacked[reach:, :size] = hidden[:-reach]
        stacked[:, size : 2 * size] = hidden
        stacked[:-reach, 2 * size :] = hidden[reach:]
        return self._layer(name, stacked)


@functools.lru_cache(maxsize=8)
def network(path: str | None) -> HtmlNetwork | None:
    """The block model in a file, or the package's for None, made once; None where the file holds none for pages.

    Raises `DataFileError` for a file that is no model.
    """
    weights = html_weights(path)
    try:
        return None if weights is None else HtmlNetwork(weights)
    except (KeyError, ValueError, IndexError) as error:
        reason = f"not a block model of this version ({error}); train it anew with this version of cleaner"
        raise DataFileError(path or PACKAGE_MODEL, reason) from error


def fits(weight: npt.NDArray[Any], bias: npt.NDArray[Any]) -> bool:
    """Whether a layer's sums stay exact: weights (rows, inputs) and biases (rows,) as whole numbers."""
    return bool((np.abs(weight.astype(np.int64)).sum(axis=1) * MOST + np.abs(bias.astype(np.int64)) < _EXACT).all())


def _sums(values: Any, kind: Any) -> Any:
    """Running sums of rows, with a row of zeros before them."""
    out = np.zeros((len(values) + 1, values.shape[1]), dtype=kind)
    np.cumsum(values, axis=0, dtype=kind, out=out[1:])
    return out


def _bag(table: npt.NDArray[Any], rows: Integers, begin: Integers) -> npt.NDArray[np.int32]:
    """Sums of a table's rows, shape (bags, columns): bag b holds the rows from begin[b] to begin[b + 1]."""
    running: npt.NDArray[np.int32] = _sums(table[rows], np.int32)
    return running[begin[1:]] - running[begin[:-1]]


def _with_means(hidden: Floats, arrays: Arrays) -> Floats:
    """Activations, and their means over the elements around each block, over blocks of its kind, over the page, and over its text."""
    n, size = hidden.shape
    levels = len(arrays.first)
    out = np.empty((n, size * (levels + 4)), dtype=np.float32)
    out[:, :size] = hidden
    running = _sums(hidden, np.float64)
    for level in range(levels):
        out[:, (level + 1) * size : (level + 2) * size] = _level_mean(running, arrays, level)
    out[:, (levels + 1) * size : (levels + 2) * size] = _kind_mean(hidden, arrays)
    out[:, (levels + 2) * size : (levels + 3) * size] = running[-1] / n
    good = np.where(arrays.count >= GOOD_WORDS, arrays.count, 0).astype(np.float64)
    out[:, (levels + 3) * size :] = (good @ hidden.astype(np.float64)) / max(float(good.sum()), 1.0)
    return np.rint(out, out=out)


def _with_near_means(hidden: Floats, arrays: Arrays) -> Floats:
    """Activations, and their means over the nearest elements around each block and over blocks of its kind."""
    running = _sums(hidden, np.float64)
    parts = [hidden, *(_level_mean(running, arrays, level) for level in LAST_LEVELS), _kind_mean(hidden, arrays)]
    out: Floats = np.concatenate(parts, axis=1, dtype=np.float32)
    return np.rint(out, out=out)


def _level_mean(running: Any, arrays: Arrays, level: int) -> Any:
    first, last = arrays.first[level], arrays.last[level]
    inside = running[last] - running[first]
    inside /= np.maximum(last - first, 1)[:, None]
    return inside


def _kind_mean(hidden: Floats, arrays: Arrays) -> Any:
    order = np.argsort(arrays.kind, kind="stable")
    edges = np.searchsorted(arrays.kind[order], np.arange(int(arrays.kind.max()) + 2))
    by_kind = _sums(hidden[order], np.float64)
    kinds = (by_kind[edges[1:]] - by_kind[edges[:-1]]) / np.maximum(np.diff(edges), 1)[:, None]
    return kinds[arrays.kind]
