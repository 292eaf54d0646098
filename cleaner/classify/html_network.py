"""The block model: a small network over a page's blocks, in numpy.

Embeddings of hashed words, pairs of words and names of elements stand beside the features; a layer, a convolution over neighbours,
means over the elements around a block, over blocks of its kind and over the page, and two wider convolutions follow.

Activations are whole numbers of 1/64, weights whole numbers over a power of two for each row, and no sum can reach 2**24
(`sums_are_exact` is the check): all sums are exact in float32 whatever their order. So the result does not depend on the machine, its
linear algebra or the number of its cores.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import GOOD_WORDS, LEVELS, SUMMED, Arrays
from cleaner.classify.html_shapes import check_weights
from cleaner.errors import DataFileError
from cleaner.kernel import COMPILED
from cleaner.load.arrays import EXACT, sums_are_exact
from cleaner.load.html_model import PACKAGE_MODEL, HtmlWeights, html_weights
from cleaner.load.labels import labels

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

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
#: rows of a product that are computed at once
_ROWS = 8
#: columns of a table that are added at once, what makes each entry positive, and the most entries whose sum has room beside others
_LANES, _OFFSET, _MOST_PACKED = 4, 128, 256
#: the kernel's sums have room for so many blocks
_MOST_COMPILED = 4_000_000
LAYERS = ("l1", "c1", "l2", "c2", "c3", "l3", "out")
#: elements around a block, 0 its own, whose blocks are looked at once more at the end
LAST_LEVELS = (1, 2)


class HtmlNetwork:
    """A block model ready for use. Safe to share between threads.

    Raises `ValueError` for weights whose sums would not be exact.
    """

    def __init__(self, weights: HtmlWeights, *, compiled: bool = COMPILED) -> None:
        arrays = weights.arrays
        self._compiled = compiled
        #: labels of residue, one for each row that `judge` may name
        self.labels = tuple(name for name in weights.labels if not labels()[name].content)
        self._residue = [row for row, name in enumerate(weights.labels, start=1) if name in self.labels]
        self._content = [row for row, name in enumerate(weights.labels, start=1) if name not in self.labels]
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
        self._layers = {name: _layer(name, arrays) for name in LAYERS}
        self._parts = self._split()
        #: of features; of words, pairs and names
        self._scales = self._mean.ravel(), self._spread.ravel(), _FARTHEST * GRID
        self._tables = [table.packed() for table in (self._words, self._pairs, self._names)]
        if compiled:
            self._whole = self._in_whole_numbers(arrays)
        self._rows_of_residue, self._rows_of_content = (np.array(rows, dtype=np.int64) for rows in (self._residue, self._content))

    def _split(self) -> dict[str, dict[str, Floats]]:
        """The weights of the layers that see more of a page than a block and its neighbours, by what they see.

        What is the same for blocks under one element is computed once for all of them.
        """
        first, second, third = (self._layers[name][0] for name in ("l1", "l2", "l3"))
        size = second.shape[1]
        plain = len(self._mean) + self._words.columns + self._pairs.columns
        width = self._names.columns // (LEVELS + 1)
        own, inline = plain + width, plain + LEVELS * width
        return {
            "l1": {"own": np.concatenate([first[:own], first[inline:]]), "around": np.ascontiguousarray(first[own:inline])},
            # Of most elements that hold a block it is the only one: its means are the block itself.
            "l2": {"own": second[:size] + second[size : 2 * size], "element": second[size : 2 * size]}
            | dict(zip(("around", "kind", "page"), np.split(second[2 * size :], [(SUMMED - 1) * size, SUMMED * size]), strict=True)),
            "l3": dict(zip(("own", "around", "kind"), np.split(third, [size, (1 + len(LAST_LEVELS)) * size]), strict=True)),
        }

    def judge(self, arrays: Arrays) -> tuple[Integers, Integers, Flags]:
        """What the blocks of a page are.

        Returns the chance that each is content, in ten-thousandths, the row in `labels` of what it is otherwise, and whether a label of
        content is likelier than all others; all of shape (n,). Chances are learned from the bodies of gold pages, labels from lines that
        were read.
        """
        if not len(arrays.count):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
        logits = self._compiled_logits(arrays) if self._compiled and len(arrays.count) < _MOST_COMPILED else self._logits(arrays)
        return self._judged(logits)

    def _judged(self, logits: Floats) -> tuple[Integers, Integers, Flags]:
        """What the answers of the last layer come to, as `judge` returns it."""
        if self._compiled:
            from cleaner.kernel.page_network import judged

            return judged(logits, self._chances, self._rows_of_residue, self._rows_of_content, LOGIT_GRID / GRID, LOGIT_MOST * LOGIT_GRID)
        place = np.rint(logits[:, 0] * np.float32(LOGIT_GRID / GRID)).clip(-LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID)
        residue = logits[:, self._residue]
        read = logits[:, self._content].max(axis=1, initial=-np.inf) > residue.max(axis=1)
        return self._chances[place.astype(np.int64) + LOGIT_MOST * LOGIT_GRID], np.argmax(residue, axis=1), read

    def _logits(self, arrays: Arrays) -> Floats:
        """The answers of the last layer, shape (n, 1 + labels)."""
        weight, bias = self._layers["out"]
        logits = _product(self._last(arrays), weight)
        logits += bias
        return logits

    def _last(self, arrays: Arrays) -> Floats:
        """The activations of the last layer but one."""
        ranges = _Ranges(arrays)
        hidden = self._first(arrays)
        hidden = _sum(hidden, self._convolved("c1", hidden, REACHES[0]))
        hidden = _sum(hidden, self._with_means(hidden, arrays, ranges))
        hidden = _sum(hidden, self._convolved("c2", hidden, REACHES[1]))
        hidden = _sum(hidden, self._convolved("c3", hidden, REACHES[2]))
        return _sum(hidden, self._with_near_means(hidden, arrays, ranges))

    def _compiled_logits(self, arrays: Arrays, bits: int = 1_024) -> Floats:
        """The same as `_logits`; `bits` is how many the processor may look at in one instruction."""
        from cleaner.kernel.page_inputs import first_inputs
        from cleaner.kernel.page_network import answers

        words, pairs, names = self._tables
        seen, near = first_inputs(
            np.ascontiguousarray(arrays.dense), *self._scales, arrays.words, arrays.word_from, *words, arrays.pairs, arrays.pair_from,
            *pairs, arrays.names, arrays.name_from, *names, arrays.elements, arrays.around_block,
        )  # fmt: skip
        return answers(
            seen, near, arrays.first, arrays.last, arrays.around, arrays.around_block, arrays.kind, len(arrays.kind_from), arrays.count,
            GOOD_WORDS, *self._whole, REACHES, bits,
        )  # fmt: skip

    def _in_whole_numbers(self, arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Weights, biases and steps of the layers for the kernel, which adds up whole numbers of 16 bits in 32."""
        from cleaner.kernel.page_network import Layer, padded

        def whole(name: str, weight: Floats, pieces: int = 1) -> list[Layer]:
            steps = arrays[f"{name}.unit"].astype(np.float32)
            return [Layer(np.rint(piece * steps).astype(np.int64)) for piece in np.split(weight, pieces)]

        first, second, third = (self._parts[name] for name in ("l1", "l2", "l3"))
        layers: dict[str, Any] = {name: tuple(whole(name, self._layers[name][0], 3)) for name in ("c1", "c2", "c3")}
        layers["l1"] = (*whole("l1", first["own"]), *whole("l1", first["around"]))
        layers["l2"] = (
            *whole("l2", second["own"]), *whole("l2", second["element"]), whole("l2", second["around"], SUMMED - 1),
            *whole("l2", second["kind"]), *whole("l2", second["page"], 2),
        )  # fmt: skip
        layers["l3"] = (*whole("l3", third["own"]), whole("l3", third["around"], len(LAST_LEVELS)), *whole("l3", third["kind"]))
        (layers["out"],) = whole("out", self._layers["out"][0])
        biases = {name: padded(arrays[f"{name}.bias"].astype(np.int32)) for name in LAYERS}
        steps = {name: padded((1 / arrays[f"{name}.unit"]).astype(np.float32)) for name in LAYERS}
        return layers, biases, steps

    def _first(self, arrays: Arrays) -> Floats:
        """The first layer, part by part of its input: whole numbers are summed in any order."""
        parts = self._parts["l1"]
        n = len(arrays.count)
        dense = arrays.dense - self._mean
        dense /= self._spread
        seen = np.empty((len(parts["own"]), n), dtype=np.float32)
        at = len(dense)
        looks = seen[:at]
        np.rint(dense, out=looks, casting="same_kind")
        np.minimum(np.maximum(looks, -_FARTHEST * GRID, out=looks), _FARTHEST * GRID, out=looks)
        for table, rows, begin in ((self._words, arrays.words, arrays.word_from), (self._pairs, arrays.pairs, arrays.pair_from)):
            seen[at : at + table.columns] = table.means(rows, begin).T
            at += table.columns
        names = self._names.sums(arrays.names, arrays.name_from)
        width = self._names.columns // (LEVELS + 1)
        for level in (0, LEVELS):
            seen[at : at + width] = names[:, level * width : (level + 1) * width].take(arrays.elements[level], axis=0).T
            at += width
        out = _product(seen.T, parts["own"])
        # The elements around a block's own are the same for all blocks under one element.
        around = arrays.elements[1:LEVELS, arrays.around_block].T * (LEVELS + 1) + np.arange(1, LEVELS)
        names = names.reshape(-1, width).take(around, axis=0)
        out += _product(names.reshape(len(around), -1), parts["around"]).take(arrays.around, axis=0)
        return self._settled("l1", out)

    def _settled(self, name: str, out: Floats) -> Floats:
        """A layer's activations from its sums, which are lost."""
        out += self._layers[name][1]
        np.rint(out, out=out)
        return np.minimum(np.maximum(out, 0, out=out), MOST, out=out)

    def _convolved(self, name: str, hidden: Floats, reach: int) -> Floats:
        n, size = hidden.shape
        stacked = np.zeros((n, 3 * size), dtype=np.float32)
        stacked[reach:, :size] = hidden[:-reach]
        stacked[:, size : 2 * size] = hidden
        stacked[:-reach, 2 * size :] = hidden[reach:]
        return self._settled(name, _product(stacked, self._layers[name][0]))

    def _with_means(self, hidden: Floats, arrays: Arrays, ranges: _Ranges) -> Floats:
        """The layer that sees activations, and their means over the elements around each block, over blocks of its kind, over the page,
        and over its text."""
        parts = self._parts["l2"]
        n = len(hidden)
        running = ranges.running(hidden)
        out = _product(hidden, parts["own"])
        several = ranges.several
        if len(several):
            out[several] += _product(ranges.own_means(running) - hidden.take(several, axis=0), parts["element"])
        out += _product(ranges.means(running, SUMMED - 1), parts["around"]).take(arrays.around, axis=0)
        out += _product(_kind_means(hidden, arrays), parts["kind"]).take(arrays.kind, axis=0)
        # The page's own means are the same for every block.
        texts = np.flatnonzero(arrays.count >= GOOD_WORDS)
        good = arrays.count[texts].astype(np.float64)
        text = np.einsum("i,ij->j", good, hidden.take(texts, axis=0).astype(np.float64)) / max(float(good.sum()), 1.0)
        page = np.rint(np.stack([running[-1] / n, text]).astype(np.float32))
        out += _product(page.reshape(1, -1), parts["page"])
        return self._settled("l2", out)

    def _with_near_means(self, hidden: Floats, arrays: Arrays, ranges: _Ranges) -> Floats:
        """The layer that sees activations, and their means over the nearest elements around each block and over blocks of its kind."""
        parts = self._parts["l3"]
        out = _product(hidden, parts["own"])
        near = ranges.means(ranges.running(hidden), len(LAST_LEVELS))
        out += _product(near, parts["around"]).take(arrays.around, axis=0)
        out += _product(_kind_means(hidden, arrays), parts["kind"]).take(arrays.kind, axis=0)
        return self._settled("l3", out)


class _Ranges:
    """The blocks in the elements around each block, ready for means over them."""

    def __init__(self, arrays: Arrays) -> None:
        n = len(arrays.count)
        first, last = arrays.first, arrays.last
        #: blocks that share their own element with others
        self.several = np.flatnonzero(last[0] - first[0] > 1)
        # Means over large pages need more than float32.
        self._kind = _exact(n)
        self._own = first[0, self.several], last[0, self.several]
        self._around = tuple(edges[1:, arrays.around_block].T for edges in (first, last))

    def running(self, hidden: Floats) -> Any:
        """Running sums of activations, with a row of zeros before them."""
        out = np.zeros((len(hidden) + 1, hidden.shape[1]), dtype=self._kind)
        np.cumsum(hidden, axis=0, dtype=self._kind, out=out[1:])
        return out

    def own_means(self, running: Any) -> Floats:
        """Means over the own element of each of `several`, shape (several, columns)."""
        return _means(running, *self._own)

    def means(self, running: Any, levels: int) -> Floats:
        """Means over the nearest elements around each of `Arrays.around`, shape (around, levels * columns)."""
        first, last = (edges[:, :levels] for edges in self._around)
        return _means(running, first, last).reshape(len(first), -1)


class _Table:
    """Embeddings: a table of bytes, summed over bags of its rows.

    Four columns are added at once, as parts of a number of 64 bits that cannot carry into each other: a tenth of the time.
    """

    def __init__(self, parts: list[npt.NDArray[Any]], units: list[npt.NDArray[Any]]) -> None:
        table = np.concatenate(parts, axis=1)
        rows, self.columns = table.shape
        self._steps = np.concatenate([np.full(part.shape[1], GRID / float(unit)) for part, unit in zip(parts, units, strict=True)])
        self._plain = np.ascontiguousarray(table)
        lanes = np.zeros((rows, -(-self.columns // _LANES) * _LANES), dtype=np.uint16)
        lanes[:, : self.columns] = table.astype(np.int16) + _OFFSET
        self._packed = lanes.view(np.uint64)

    def packed(self) -> tuple[npt.NDArray[np.uint64], Doubles]:
        """The table, four columns to a number, and what each column's entries count in steps of the grid."""
        return self._packed, self._steps

    def sums(self, rows: Integers, begin: Integers) -> Floats:
        """Activations of bags of rows, shape (bags, columns): bag b holds the rows from begin[b] to begin[b + 1]."""
        return _rounded(self._bags(rows, begin)[0])

    def means(self, rows: Integers, begin: Integers) -> Floats:
        """The same divided by the number of rows."""
        sums, sizes = self._bags(rows, begin)
        sums /= np.maximum(sizes, 1)[:, None]
        return _rounded(sums)

    def _bags(self, rows: Integers, begin: Integers) -> tuple[Doubles, Integers]:
        """Sums in steps of the grid, and how many rows are in each."""
        sizes = begin[1:] - begin[:-1]
        if len(rows) and sizes.all():
            return self._filled(rows, begin[:-1], sizes), sizes
        out = np.zeros((len(sizes), self.columns))
        filled = np.flatnonzero(sizes)
        if len(filled):
            out[filled] = self._filled(rows, begin[filled], sizes[filled])
        return out, sizes

    def _filled(self, rows: Integers, begin: Integers, sizes: Integers) -> Doubles:
        if sizes.max() <= _MOST_PACKED:
            packed = np.add.reduceat(self._packed.take(rows, axis=0), begin, axis=0)
            out = packed.view(np.uint16)[:, : self.columns].astype(np.float64)
            out -= (_OFFSET * sizes)[:, None]
        else:
            out = np.add.reduceat(self._plain.take(rows, axis=0), begin, axis=0, dtype=np.int32).astype(np.float64)
        out *= self._steps
        return out


def _layer(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[Floats, Floats]:
    """Weights (inputs, outputs) and biases of a layer in its units: these are powers of two, so nothing is rounded.

    Raises `ValueError` where sums would not be exact.
    """
    weight, bias, unit = (arrays[f"{name}.{part}"] for part in ("weight", "bias", "unit"))
    if not sums_are_exact(weight, MOST, bias):
        raise ValueError(f"layer {name}: sums beyond 2**24")
    if (np.frexp(unit)[0] != 0.5).any():
        raise ValueError(f"layer {name}: a unit is no power of two")
    unit = unit.astype(np.float32)
    return np.ascontiguousarray((weight / unit[:, None]).T, dtype=np.float32), (bias / unit).astype(np.float32)


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


def _rounded(values: Doubles) -> Floats:
    """Activations from steps of the grid, which are lost."""
    np.rint(values, out=values)
    return np.minimum(np.maximum(values, -MOST, out=values), MOST, out=values).astype(np.float32)


def _product(values: Floats, weight: Floats) -> Floats:
    """`values @ weight`, a few rows at a time.

    A product of whole pages is so large that OpenBLAS splits it among its threads, and so small that it waits for them longer than it
    computes: on a machine with other work a thousand times longer. It starts none for pieces of this size, and reads them faster.
    """
    n, size = values.shape
    whole = n - n % _ROWS
    out = np.empty((n, weight.shape[1]), dtype=np.float32)
    if whole:
        pieces = values[:whole].reshape(-1, _ROWS, size) if values.flags.c_contiguous else _columns(values[:whole])
        np.matmul(pieces, weight, out=out[:whole].reshape(-1, _ROWS, weight.shape[1]))
    if whole < n:
        np.matmul(values[whole:], weight, out=out[whole:])
    return out


def _columns(values: Floats) -> Floats:
    """The same pieces of what lies column by column in memory, without moving it."""
    return values.T.reshape(values.shape[1], -1, _ROWS).transpose(1, 2, 0)


def _exact(n: int) -> Any:
    """What sums over n blocks are exact in. Quotients of whole numbers that float32 holds are the same whether rounded to it once or by
    way of float64."""
    return np.float32 if n * MOST < EXACT else np.float64


def _means(running: Any, first: Integers, last: Integers) -> Floats:
    """Rounded means over ranges of blocks, of the ranges' shape and a last axis of columns."""
    inside = running.take(last, axis=0)
    inside -= running.take(first, axis=0)
    inside /= np.maximum(last - first, 1).astype(running.dtype)[..., None]
    out: Floats = np.rint(inside.astype(np.float32, copy=False))
    return out


def _kind_means(hidden: Floats, arrays: Arrays) -> Floats:
    """Rounded means over the blocks of each kind, shape (kinds, columns)."""
    kind = _exact(len(hidden))
    sums = np.add.reduceat(hidden.take(arrays.by_kind, axis=0), arrays.kind_from, axis=0, dtype=kind)
    sums /= np.bincount(arrays.kind).astype(kind)[:, None]
    return np.rint(sums.astype(np.float32, copy=False))


def _sum(values: Floats, more: Floats) -> Floats:
    """Activations and more of them, which are lost."""
    more += values
    return np.minimum(more, MOST, out=more)
