"""Model files: named arrays, and nothing else, in one `.npz`. docs/model.md lists them."""

from __future__ import annotations

import functools
import zipfile
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.errors import DataFileError
from cleaner.load.files import DATA
from cleaner.load.labels import labels

Floats = npt.NDArray[np.float64]

DEFAULT_MODEL = DATA / "models" / "default.npz"
#: which arrays a file holds and what they mean; another number, another meaning
FORMAT = 1
#: what goes from layer to layer is a multiple of `GRID`, weights are of `WEIGHT_GRID`: float64 then adds their products without rounding
GRID, WEIGHT_GRID = 2.0**-8, 2.0**-12
_TEXT = "text."
_LAYERS = ("input", "context1", "context2", "context3", "hidden", "output", "direct")


class TextModel(msgspec.Struct, frozen=True):
    """What was learned of texts: arrays, ready for use."""

    #: `BUCKETS` × embedding: a row for each hashed part of a word
    parts: npt.NDArray[np.int8]
    #: one unit of `parts`
    unit: float
    #: layer -> inputs × outputs
    weights: dict[str, Floats]
    #: layer -> outputs
    biases: dict[str, Floats]
    #: bias option -> a block is content if its probability is at least this
    thresholds: dict[str, float]
    #: what log odds of content are multiplied with to be probabilities
    sharpness: float
    path: str


@functools.lru_cache(maxsize=8)
def load_text_model(path: Path) -> TextModel:
    """The text part of a model file, loaded once in a process.

    Raises `DataFileError` for a file that cannot be read, is no model, or was trained for other labels or another version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files if name == "format" or name.startswith(_TEXT)}
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, zipfile.BadZipFile, EOFError) as error:
        raise DataFileError(path, "is no model file: `cleaner train` makes one (arrays in an .npz)") from error
    try:
        return _checked(arrays, path)
    except KeyError as error:
        raise DataFileError(path, f"has no array {error.args[0]!r}: train it again with this version") from error


def _checked(arrays: dict[str, npt.NDArray[np.generic]], path: Path) -> TextModel:
    if int(np.asarray(arrays["format"])) != FORMAT:
        raise DataFileError(path, f"has format {arrays['format']}, this version reads {FORMAT}: train it again")
    known = tuple(labels())
    trained = tuple(map(str, arrays[f"{_TEXT}labels"]))
    if trained != known:
        raise DataFileError(path, f"was trained for other labels ({', '.join(trained)}): train it again")
    weights = {layer: np.asarray(arrays[f"{_TEXT}{layer}.weight"], dtype=np.float64) * WEIGHT_GRID for layer in _LAYERS}
    biases = {layer: np.asarray(arrays[f"{_TEXT}{layer}.bias"], dtype=np.float64) * WEIGHT_GRID for layer in _LAYERS if layer != "direct"}
    names, cuts = arrays[f"{_TEXT}threshold.bias"], np.asarray(arrays[f"{_TEXT}threshold.value"], dtype=np.float64)
    return TextModel(
        parts=np.asarray(arrays[f"{_TEXT}parts"], dtype=np.int8),
        unit=float(np.asarray(arrays[f"{_TEXT}unit"], dtype=np.float64)),
        weights=weights,
        biases=biases,
        thresholds={str(name): float(cut) for name, cut in zip(names, cuts, strict=True)},
        sharpness=float(np.asarray(arrays[f"{_TEXT}sharpness"], dtype=np.float64)),
        path=str(path),
    )
