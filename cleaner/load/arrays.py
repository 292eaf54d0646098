"""Arrays out of an `.npz` file of unknown origin: nothing is run, nothing is unpacked that is larger than it may be."""

from __future__ import annotations

import io
import math
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.errors import DataFileError

Array: TypeAlias = npt.NDArray[Any]

#: bytes that the arrays of a file may have, unpacked (the shipped models have 7 million); packed zeros would fill any memory
MOST_BYTES = 1 << 28
#: float32 holds whole numbers exactly up to here
EXACT = 1 << 24
_SUFFIX = ".npy"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    ValueError,
    zipfile.BadZipFile,
    EOFError,
    TypeError,
    KeyError,
    struct.error,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
)


def read_arrays(path: Path, wanted: Callable[[str], bool]) -> dict[str, Array]:
    """The arrays of a file by their names.

    Parameters: `wanted` says of a name whether it is read.
    Raises `DataFileError` for a file that cannot be read, is no `.npz`, holds anything but plain arrays, or more than `MOST_BYTES`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if wanted(member.filename.removesuffix(_SUFFIX))]
            size = sum(member.file_size for member in members)
            if size > MOST_BYTES:
                raise DataFileError(
                    path, f"unpacks to {size:,} bytes, more than the {MOST_BYTES:,} that a model may have: train a smaller one"
                )
            return {member.filename.removesuffix(_SUFFIX): _array(archive, member) for member in members}
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
    except DataFileError:
        raise
    except _BROKEN as error:
        raise DataFileError(path, f"is no model file ({error}): `cleaner train` makes one (arrays in an .npz)") from error


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Array:
    if member.compress_type not in _PACKINGS:
        raise ValueError(f"{member.filename} is packed in a way that is not read")
    # What a member says of its size is all that is unpacked of it.
    content = io.BytesIO(archive.read(member))
    version = np.lib.format.read_magic(content)
    if version not in ((1, 0), (2, 0)):
        raise ValueError(f"{member.filename} is an array of an unknown version")
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, kind = read(content)
    if kind.hasobject:
        raise ValueError(f"{member.filename} holds objects, not numbers")
    # Room is made for what the header promises, so that is compared with what is there.
    if min(shape, default=0) < 0 or math.prod(shape) * kind.itemsize != len(content.getbuffer()) - content.tell():
        raise ValueError(f"{member.filename} has not the shape that it says")
    content.seek(0)
    array: Array = np.lib.format.read_array(content, allow_pickle=False)
    return array


def whole(arrays: Mapping[str, Array], name: str, shape: tuple[int | None, ...], low: int, high: int) -> Array:
    """An array of whole numbers.

    Parameters: `shape` has None where any length is right; `low` and `high` are the least and the greatest number that it may hold.
    Raises `ValueError` for another array, `KeyError` where there is none.
    """
    return _within(arrays[name], name, shape, "iu", low, high)


def real(arrays: Mapping[str, Array], name: str, shape: tuple[int | None, ...], low: float, high: float) -> Array:
    """An array of numbers, none of them endless or missing. See `whole`."""
    return _within(arrays[name], name, shape, "iuf", low, high)


def sums_are_exact(weights: Array, most: int, bias: Array) -> bool:
    """Whether a layer's sums are whole numbers that float32 holds exactly, in any order.

    Parameters: `weights` are outputs × inputs, `bias` outputs, both whole numbers; no input is beyond `most`.
    """
    return bool((np.abs(weights.astype(np.int64)).sum(axis=1) * most + np.abs(bias.astype(np.int64)) < EXACT).all())


def _within(array: Array, name: str, shape: tuple[int | None, ...], kinds: str, low: float, high: float) -> Array:
    if array.dtype.kind not in kinds:
        raise ValueError(f"array {name!r} has numbers of the kind {array.dtype}")
    if len(array.shape) != len(shape) or any(length not in (None, is_) for is_, length in zip(array.shape, shape, strict=True)):
        raise ValueError(f"array {name!r} has the shape {array.shape}, not {shape}")
    # Written so that NaN, which is neither below nor above anything, does not pass.
    if array.size and not (array.min() >= low and array.max() <= high):
        raise ValueError(f"array {name!r} has numbers beyond {low:g} to {high:g}")
    return array
