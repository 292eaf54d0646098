"""The arrays of a block model, read from a file and checked."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import msgspec
import numpy.typing as npt

from cleaner.errors import DataFileError
from cleaner.load.arrays import read_arrays
from cleaner.load.labels import labels

#: the model that comes with the package
PACKAGE_MODEL = Path(__file__).resolve().parent.parent / "data/models/html.npz"
#: names of a model file's arrays that belong to pages begin so
PREFIX = "html."
#: layout of the arrays; a file of another layout is refused
VERSION = 2


class HtmlWeights(msgspec.Struct, frozen=True):
    """A block model: whole numbers, and the power of two that each array of them is to be divided by."""

    #: name -> array of whole numbers
    arrays: dict[str, npt.NDArray[Any]]
    #: label of each row of the label layer
    labels: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def html_weights(path: str | None = None) -> HtmlWeights | None:
    """The block model in a file, or the package's; None where the file holds none for pages.

    Parameters: `path` is an .npz file; arrays whose names begin with `html.` are read, the others passed over.
    Raises `DataFileError` for a file that cannot be read or whose arrays are not a block model.
    """
    where = Path(path) if path is not None else PACKAGE_MODEL
    if path is None and not where.exists():
        return None
    arrays = {name.removeprefix(PREFIX): array for name, array in read_arrays(where, lambda name: name.startswith(PREFIX)).items()}
    if not arrays:
        return None
    try:
        version, names = arrays.pop("version").tolist(), tuple(arrays.pop("labels").tobytes().decode().split())
    except (KeyError, ValueError) as error:
        raise DataFileError(where, f"it does not say what it is ({error}); train the model anew with this version of cleaner") from error
    if version != [VERSION]:
        raise DataFileError(where, f"its layout is not version {VERSION}; train the model anew with this version of cleaner")
    unknown = [name for name in names if name not in labels()]
    if unknown:
        raise DataFileError(where, f"labels {', '.join(unknown)} are not known; train the model anew with this version's labels")
    return HtmlWeights(arrays, names)
