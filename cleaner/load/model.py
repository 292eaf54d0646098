"""Model files: named arrays, and nothing else, in one `.npz`. docs/model.md lists them."""

from __future__ import annotations

import functools
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.errors import DataFileError
from cleaner.load.files import DATA
from cleaner.load.labels import labels

DEFAULT_MODEL = DATA / "models" / "default.npz"
#: which arrays a file holds and what they mean; another number, another meaning
FORMAT = 2
#: what the names of the text part's arrays begin with
PREFIX = "text."


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
    #: one output: log odds of residue, for a piece at a line's start or end
    edge: TreeArrays
    #: `bias` of the options -> a block is content if its probability is at least this
    thresholds: dict[str, float]
    #: `bias` -> a piece is residue if its probability is at least this
    edge_thresholds: dict[str, float]
    #: features that a block had in training
    width: int


@functools.lru_cache(maxsize=8)
def load_text_model(path: Path) -> TextModel:
    """The text part of a model file, loaded once in a process.

    Raises `DataFileError` for a file that cannot be read, is no model, or was trained for other labels or another version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files if name == "format" or name.startswith(PREFIX)}
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, zipfile.BadZipFile, EOFError, TypeError) as error:
        raise DataFileError(path, "is no model file: `cleaner train` makes one (arrays in an .npz)") from error
    try:
        return _checked(arrays, path)
    except KeyError as error:
        raise DataFileError(path, f"has no array {error.args[0]!r}: train it again with this version") from error


def _checked(arrays: dict[str, npt.NDArray[Any]], path: Path) -> TextModel:
    if int(arrays["format"]) != FORMAT:
        raise DataFileError(path, f"has format {arrays['format']}, this version reads {FORMAT}: train it again")
    trained, known = tuple(map(str, arrays[f"{PREFIX}labels"])), tuple(labels())
    if trained != known:
        raise DataFileError(path, f"was trained for other labels ({', '.join(trained)}): train it again")
    return TextModel(
        words=arrays[f"{PREFIX}words.table"].astype(np.int8),
        word_bias=arrays[f"{PREFIX}words.bias"].astype(np.int64),
        word_unit=float(arrays[f"{PREFIX}words.unit"]),
        keep=_trees(arrays, f"{PREFIX}keep"),
        label=_trees(arrays, f"{PREFIX}label"),
        edge=_trees(arrays, f"{PREFIX}edge"),
        thresholds=_by_bias(arrays, "thresholds"),
        edge_thresholds=_by_bias(arrays, "edge_thresholds"),
        width=int(arrays[f"{PREFIX}width"]),
    )


def _by_bias(arrays: dict[str, npt.NDArray[Any]], name: str) -> dict[str, float]:
    names, values = arrays[f"{PREFIX}{name}.name"], arrays[f"{PREFIX}{name}.value"]
    return {str(bias): float(value) for bias, value in zip(names, values, strict=True)}


def _trees(arrays: dict[str, npt.NDArray[Any]], name: str) -> TreeArrays:
    return TreeArrays(
        columns=arrays[f"{name}.columns"].astype(np.int64),
        borders=arrays[f"{name}.borders"].astype(np.float32),
        leaves=arrays[f"{name}.leaves"].astype(np.int16),
        bias=arrays[f"{name}.bias"].astype(np.int64),
        unit=float(arrays[f"{name}.unit"]),
    )
