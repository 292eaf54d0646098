"""Model files: named arrays, and nothing else, in one `.npz`. docs/model.md lists them."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.errors import DataFileError
from cleaner.load.arrays import EXACT, Array, read_arrays, real, sums_are_exact, whole
from cleaner.load.files import DATA
from cleaner.load.labels import labels
from cleaner.values import BIASES

DEFAULT_MODEL = DATA / "models" / "default.npz"
#: which arrays a file holds and what they mean; another number, another meaning
FORMAT = 3
#: what the names of the text part's arrays begin with
PREFIX = "text."
#: whole numbers beyond the tables are no greater, features no farther from 0, units no smaller: sums and odds stay numbers
_MOST, _FARTHEST, _LEAST_UNIT = (1 << 31) - 1, 1e30, 2.0**-40
#: answers to a tree's questions are counted in eight bits
_DEEPEST = 8
#: steps from a feature's middle, and steps of an activation, that the dense network looks at
DENSE_MOST, DENSE_HIGHEST = 64, 1_000

#: of what labels say of the next line's
FOLLOWS_UNIT = 2.0**-4


class TreeArrays(msgspec.Struct, frozen=True):
    """An ensemble of oblivious trees of one depth."""

    #: trees × depth: the feature that a level asks about
    columns: npt.NDArray[np.int64]
    #: trees × depth: the question is whether the feature is above this
    borders: npt.NDArray[np.float32]
    #: trees × 2**depth × outputs, in units of `unit`
    leaves: npt.NDArray[np.int16]
    #: outputs, in units of `unit`
    bias: npt.NDArray[np.int64]
    unit: float


class DenseArrays(msgspec.Struct, frozen=True):
    """A network of two layers."""

    #: the features that it looks at, ascending
    columns: npt.NDArray[np.int64]
    #: features: where each has its middle, and how many steps it takes for one
    middle: npt.NDArray[np.float32]
    steps: npt.NDArray[np.float32]
    #: features × activations, activations; an activation is their sum in steps of `hidden_unit`
    first: npt.NDArray[np.int8]
    hidden_bias: npt.NDArray[np.int64]
    hidden_unit: float
    #: activations × outputs, outputs, in units of `unit`
    second: npt.NDArray[np.int8]
    bias: npt.NDArray[np.int64]
    unit: float


class TextModel(msgspec.Struct, frozen=True):
    """What was learned of texts."""

    #: rows of hashed parts of words × (labels, content), in units of `word_unit`
    words: npt.NDArray[np.int8]
    #: labels, content, in units of `word_unit`
    word_bias: npt.NDArray[np.int64]
    word_unit: float
    #: one output: log odds of content
    keep: TreeArrays
    #: one output for each label of residue
    label: TreeArrays
    #: log odds of content, then one output for each label of residue
    dense: DenseArrays
    #: (labels of residue, content) × the same, in units of `FOLLOWS_UNIT`: how much likelier, in logarithms, the second is right behind the
    #: first than anywhere
    follows: npt.NDArray[np.int8]
    #: one output: log odds of residue, for a piece at a line's start or end
    edge: TreeArrays
    #: `bias` of the options -> a block is content if its probability is at least this
    thresholds: dict[str, float]
    #: `bias` -> a piece is residue if its probability is at least this
    edge_thresholds: dict[str, float]
    #: features that a block had in training
    width: int
    #: features that a piece at a line's edge had
    edge_width: int


@functools.lru_cache(maxsize=8)
def load_text_model(path: Path) -> TextModel:
    """The text part of a model file, loaded once in a process.

    Raises `DataFileError` for a file that cannot be read, is no model, or was trained for other labels or another version.
    """
    arrays = read_arrays(path, lambda name: name == "format" or name.startswith(PREFIX))
    try:
        return _checked(arrays, path)
    except KeyError as error:
        raise DataFileError(path, f"has no array {error.args[0]!r}: train it again with this version") from error
    except ValueError as error:
        raise DataFileError(path, f"is no model of this version ({error}): train it again") from error


@functools.lru_cache(maxsize=8)
def holds_text(path: Path) -> bool:
    """Whether a model file has anything of texts. Raises `DataFileError` for a file that cannot be read, or is no model."""
    return bool(read_arrays(path, lambda name: name == f"{PREFIX}labels"))


def _checked(arrays: dict[str, Array], path: Path) -> TextModel:
    version = int(whole(arrays, "format", (), 0, _MOST))
    if version != FORMAT:
        raise DataFileError(path, f"has format {version}, this version reads {FORMAT}: train it again")
    trained, known = tuple(map(str, arrays[f"{PREFIX}labels"].ravel())), tuple(labels())
    if trained != known:
        raise DataFileError(path, f"was trained for other labels ({', '.join(trained[: len(known)])}): train it again")
    residue = sum(not label.content for label in labels().values())
    width = int(whole(arrays, f"{PREFIX}width", (), 1, _MOST))
    edge_width = int(whole(arrays, f"{PREFIX}edge_width", (), 1, _MOST))
    return TextModel(
        words=whole(arrays, f"{PREFIX}words.table", (None, len(known) + 1), -128, 127).astype(np.int8),
        word_bias=whole(arrays, f"{PREFIX}words.bias", (len(known) + 1,), -_MOST, _MOST).astype(np.int64),
        word_unit=_unit(arrays, f"{PREFIX}words.unit"),
        keep=_trees(arrays, f"{PREFIX}keep", width, 1),
        label=_trees(arrays, f"{PREFIX}label", width, residue),
        dense=_dense(arrays, f"{PREFIX}dense", width, 1 + residue),
        follows=_follows(arrays, f"{PREFIX}follows", residue + 1),
        edge=_trees(arrays, f"{PREFIX}edge", edge_width, 1),
        thresholds=_by_bias(arrays, "thresholds"),
        edge_thresholds=_by_bias(arrays, "edge_thresholds"),
        width=width,
        edge_width=edge_width,
    )


def _follows(arrays: dict[str, Array], name: str, count: int) -> npt.NDArray[np.int8]:
    """What labels say of the next line's: nothing in a file from before they were counted."""
    found = whole(arrays, name, (count, count), -128, 127) if name in arrays else np.zeros((count, count))
    return found.astype(np.int8)


def _by_bias(arrays: dict[str, Array], name: str) -> dict[str, float]:
    names = arrays[f"{PREFIX}{name}.name"]
    values = real(arrays, f"{PREFIX}{name}.value", (names.size,), 0, 1)
    found = {str(bias): float(value) for bias, value in zip(names.ravel(), values, strict=True)}
    if not found.keys() >= set(BIASES) or not all(0 < value < 1 for value in found.values()):
        raise ValueError(f"array {PREFIX + name!r} has not a chance between 0 and 1 for each of {', '.join(BIASES)}")
    return found


def _trees(arrays: dict[str, Array], name: str, width: int, outputs: int) -> TreeArrays:
    count, depth = whole(arrays, f"{name}.columns", (None, None), 0, width - 1).shape
    if not count or not 1 <= depth <= _DEEPEST:
        raise ValueError(f"array {name + '.columns'!r} has {count} trees of {depth} levels")
    return TreeArrays(
        columns=arrays[f"{name}.columns"].astype(np.int64),
        borders=real(arrays, f"{name}.borders", (count, depth), -_FARTHEST, _FARTHEST).astype(np.float32),
        leaves=whole(arrays, f"{name}.leaves", (count, 1 << depth, outputs), -(1 << 15), (1 << 15) - 1).astype(np.int16),
        bias=whole(arrays, f"{name}.bias", (outputs,), -_MOST, _MOST).astype(np.int64),
        unit=_unit(arrays, f"{name}.unit"),
    )


def _dense(arrays: dict[str, Array], name: str, width: int, outputs: int) -> DenseArrays:
    columns = whole(arrays, f"{name}.columns", (None,), 0, width - 1).astype(np.int64)
    if (np.diff(columns) < 1).any():
        raise ValueError(f"array {name + '.columns'!r} does not ascend")
    first = whole(arrays, f"{name}.first", (len(columns), None), -128, 127)
    hidden = first.shape[1]
    second = whole(arrays, f"{name}.second", (hidden, outputs), -128, 127)
    hidden_bias = whole(arrays, f"{name}.hidden_bias", (hidden,), -_MOST, _MOST).astype(np.int64)
    bias = whole(arrays, f"{name}.bias", (outputs,), -_MOST, _MOST).astype(np.int64)
    for weights, most, offset in ((first, DENSE_MOST, hidden_bias), (second, DENSE_HIGHEST, bias)):
        if not sums_are_exact(weights.T, most, offset):
            raise ValueError(f"array {name!r} has sums beyond {EXACT:,}")
    return DenseArrays(
        columns=columns,
        middle=real(arrays, f"{name}.middle", columns.shape, -_FARTHEST, _FARTHEST).astype(np.float32),
        steps=real(arrays, f"{name}.steps", columns.shape, 0, _MOST).astype(np.float32),
        first=first.astype(np.int8),
        hidden_bias=hidden_bias,
        hidden_unit=_unit(arrays, f"{name}.hidden_unit"),
        second=second.astype(np.int8),
        bias=bias,
        unit=_unit(arrays, f"{name}.unit"),
    )


def _unit(arrays: dict[str, Array], name: str) -> float:
    return float(real(arrays, name, (), _LEAST_UNIT, 1))
