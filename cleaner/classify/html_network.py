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
from cleaner.classify.html_shapes import check_weights
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
#: rows of a product that are computed at once
_ROWS = 8
#: columns of a table that are added at once, what makes each entry positive, and the most entries whose sum has room beside others
_LANES, _OFFSET, _MOST_PACKED = 4, 128, 256
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
        self._mean = arrays["mean"].astype(np.float64)[:, None]
        # What comes out is a number of steps; the grid is a power of two, so nothing is rounded here.
        self._spread = arrays["spread"].astype(np.float64)[:, None] / GRID
        self._words, self._pairs = (_Table([arrays[name]], [arrays[f"{name}.unit"]]) for name in ("words", "pairs"))
        # One table for the names of all elements around a block: a row of it lies together in memory.
        levels = [f"names{level}" for level in range(LEVELS + 1)]
        self._names = _Table([arrays[name] for name in levels], [arrays[f"{name}.unit"] for name in levels])
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
        hidden = self._first(arrays)
        hidden = _sum(hidden, self._convolved("c1", hidden, REACHES[0]))
        hidden = _sum(hidden, self._with_means(hidden, arrays))
        hidden = _sum(hidden, self._convolved("c2", hidden, REACHES[1]))
        hidden = _sum(hidden, self._convolved("c3", hidden, REACHES[2]))
        hidden = _sum(hidden, self._with_near_means(hidden, arrays))
        weight, bias, unit = self._layers["out"]
        logits = (_product(hidden, weight) + bias) / (unit * GRID)
        place = np.clip(np.rint(logits[:, 0] * LOGIT_GRID), -LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID).astype(np.int64)
        return self._chances[place + LOGIT_MOST * LOGIT_GRID], np.argmax(logits[:, self._residue], axis=1)

    def _first(self, arrays: Arrays) -> Floats:
        """The first layer, part by part of its input: whole numbers are summed in any order."""
        weight = self._layers["l1"][0]
        dense = arrays.dense - self._mean
        dense /= self._spread
        np.clip(dense, -_FARTHEST * GRID, _FARTHEST * GRID, out=dense)
        np.rint(dense, out=dense)
        at = len(dense)
        out = _product(np.ascontiguousarray(dense.T, dtype=np.float32), weight[:at])
        bags = np.concatenate(
            [self._words.means(arrays.words, arrays.word_from), self._pairs.means(arrays.pairs, arrays.pair_from)], axis=1
        )
        out += _product(bags, weight[at : at + bags.shape[1]])
        at += bags.shape[1]
        names = self._names.sums(arrays.names, arrays.name_from)
        by_level = arrays.elements.T * (LEVELS + 1) + np.arange(LEVELS + 1)
        around = names.reshape(len(names) * (LEVELS + 1), -1).take(by_level, axis=0)
        out += _product(around.reshape(len(out), -1), weight[at:])
        return self._settled("l1", out)

    def _settled(self, name: str, out: Floats) -> Floats:
        """A layer's activations from its sums, which are lost."""
        _, bias, unit = self._layers[name]
        out += bias
        out /= unit
        np.rint(out, out=out)
        return np.minimum(np.maximum(out, 0, out=out), MOST, out=out)

    def _convolved(self, name: str, hidden: Floats, reach: int) -> Floats:
        n, size = hidden.shape
        stacked = np.zeros((n, 3 * size), dtype=np.float32)
        stacked[reach:, :size] = hidden[:-reach]
        stacked[:, size : 2 * size] = hidden
        stacked[:-reach, 2 * size :] = hidden[reach:]
        return self._settled(name, _product(stacked, self._layers[name][0]))

    def _with_means(self, hidden: Floats, arrays: Arrays) -> Floats:
        """The layer that sees activations, and their means over the elements around each block, over blocks of its kind, over the page,
        and over its text."""
        weight = self._layers["l2"][0]
        n, size = hidden.shape
        running = _sums(hidden, _exact(n))
        near = np.concatenate([hidden[:, None], _level_means(running, arrays, slice(None)), _kind_means(hidden, arrays)], axis=1)
        np.rint(near, out=near)
        # The page's own means are the same for every block.
        good = np.where(arrays.count >= GOOD_WORDS, arrays.count, 0).astype(np.float64)
        text = np.einsum("i,ij->j", good, hidden.astype(np.float64)) / max(float(good.sum()), 1.0)
        page = np.rint(np.stack([running[-1] / n, text]).astype(np.float32))
        out = _product(near.reshape(n, -1), weight[: near.shape[1] * size])
        out += _product(page.reshape(1, -1), weight[near.shape[1] * size :])
        return self._settled("l2", out)

    def _with_near_means(self, hidden: Floats, arrays: Arrays) -> Floats:
        """The layer that sees activations, and their means over the nearest elements around each block and over blocks of its kind."""
        levels = slice(LAST_LEVELS[0], LAST_LEVELS[-1] + 1)
        running = _sums(hidden, _exact(len(hidden)))
        near = np.concatenate([hidden[:, None], _level_means(running, arrays, levels), _kind_means(hidden, arrays)], axis=1)
        np.rint(near, out=near)
        return self._settled("l3", _product(near.reshape(len(hidden), -1), self._layers["l3"][0]))


class _Table:
    """Embeddings: a table of bytes, summed over bags of its rows.

    Four columns are added at once, as parts of a number of 64 bits that cannot carry into each other: a tenth of the time.
    """

    def __init__(self, parts: list[npt.NDArray[Any]], units: list[npt.NDArray[Any]]) -> None:
        table = np.concatenate(parts, axis=1)
        rows, self._columns = table.shape
        self._steps = np.concatenate([np.full(part.shape[1], GRID / float(unit)) for part, unit in zip(parts, units, strict=True)])
        self._plain = np.ascontiguousarray(table)
        lanes = np.zeros((rows, -(-self._columns // _LANES) * _LANES), dtype=np.uint16)
        lanes[:, : self._columns] = table.astype(np.int16) + _OFFSET
        self._packed = lanes.view(np.uint64)

    def sums(self, rows: Integers, begin: Integers) -> Floats:
        """Activations of bags of rows, shape (bags, columns): bag b holds the rows from begin[b] to begin[b + 1]."""
        return _rounded(self._bag(rows, begin) * self._steps)

    def means(self, rows: Integers, begin: Integers) -> Floats:
        """The same divided by the number of rows."""
        return _rounded(self._bag(rows, begin) * self._steps / np.maximum(np.diff(begin), 1)[:, None])

    def _bag(self, rows: Integers, begin: Integers) -> npt.NDArray[np.int32]:
        sizes = np.diff(begin)
        filled = np.flatnonzero(sizes)
        out = np.zeros((len(sizes), self._columns), dtype=np.int32)
        if not len(filled):
            return out
        if sizes.max() <= _MOST_PACKED:
            sums = np.add.reduceat(self._packed.take(rows, axis=0), begin[filled], axis=0).view(np.uint16)[:, : self._columns]
            out[filled] = sums - (_OFFSET * sizes[filled])[:, None]
        else:
            out[filled] = np.add.reduceat(self._plain.take(rows, axis=0), begin[filled], axis=0, dtype=np.int32)
        return out


@functools.lru_cache(maxsize=8)
def network(path: str | None) -> HtmlNetwork | None:
    """The block model in a file, or the package's for None, made once; None where the file holds none for pages.

    Raises `DataFileError` for a file that is no model.
    """
    weights = html_weights(path)
    try:
        if weights is not None and path is not None:
            check_weights(weights, 2 * LOGIT_MOST * LOGIT_GRID + 1, CHANCE)
        return None if weights is None else HtmlNetwork(weights)
    except (KeyError, ValueError, IndexError) as error:
        reason = f"not a block model of this version ({error}); train it anew with this version of cleaner"
        raise DataFileError(path or PACKAGE_MODEL, reason) from error


def fits(weight: npt.NDArray[Any], bias: npt.NDArray[Any]) -> bool:
    """Whether a layer's sums stay exact: weights (rows, inputs) and biases (rows,) as whole numbers."""
    return bool((np.abs(weight.astype(np.int64)).sum(axis=1) * MOST + np.abs(bias.astype(np.int64)) < _EXACT).all())


def _rounded(values: npt.NDArray[np.float64]) -> Floats:
    """Activations from steps of the grid, which are lost."""
    np.rint(values, out=values)
    out: Floats = np.minimum(np.maximum(values, -MOST, out=values), MOST, out=values).astype(np.float32)
    return out


def _product(values: Floats, weight: Floats) -> Floats:
    """`values @ weight`, a few rows at a time.

    A product of whole pages is so large that OpenBLAS splits it among its threads, and so small that it waits for them longer than it
    computes: on a machine with other work a thousand times longer. It starts none for pieces of this size, and reads them faster.
    """
    n, size = values.shape
    whole = n - n % _ROWS
    out = np.empty((n, weight.shape[1]), dtype=np.float32)
    np.matmul(values[:whole].reshape(-1, _ROWS, size), weight, out=out[:whole].reshape(-1, _ROWS, weight.shape[1]))
    if whole < n:
        np.matmul(values[whole:], weight, out=out[whole:])
    return out


def _exact(n: int) -> Any:
    """What sums over n blocks are exact in. Quotients of whole numbers that float32 holds are the same whether rounded to it once or by
    way of float64."""
    return np.float32 if n * MOST < _EXACT else np.float64


def _level_means(running: Any, arrays: Arrays, levels: slice) -> Floats:
    """Means over some of the elements around each block, shape (n, levels, columns)."""
    first, last = arrays.first[levels], arrays.last[levels]
    inside = running.take(last, axis=0)
    inside -= running.take(first, axis=0)
    inside /= np.maximum(last - first, 1).astype(running.dtype)[:, :, None]
    return np.asarray(inside.swapaxes(0, 1), dtype=np.float32)


def _kind_means(hidden: Floats, arrays: Arrays) -> Floats:
    """Means over the blocks of each block's kind, shape (n, 1, columns)."""
    order = np.argsort(arrays.kind, kind="stable")
    edges = np.searchsorted(arrays.kind[order], np.arange(int(arrays.kind.max()) + 2))
    by_kind = _sums(hidden.take(order, axis=0), _exact(len(hidden)))
    kinds = (by_kind[edges[1:]] - by_kind[edges[:-1]]) / np.maximum(np.diff(edges), 1).astype(by_kind.dtype)[:, None]
    return np.asarray(kinds.take(arrays.kind, axis=0)[:, None], dtype=np.float32)


def _sum(values: Floats, more: Floats) -> Floats:
    """Activations and more of them, which are lost."""
    more += values
    return np.minimum(more, MOST, out=more)


def _sums(values: Any, kind: Any) -> Any:
    """Running sums of rows, with a row of zeros before them."""
    out = np.zeros((len(values) + 1, values.shape[1]), dtype=kind)
    np.cumsum(values, axis=0, dtype=kind, out=out[1:])
    return out
