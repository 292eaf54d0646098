"""A file's bytes, unpacked."""

from __future__ import annotations

import contextlib
import gzip
import importlib
import sys
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

from cleaner.errors import InputError, InputTooLarge, MissingExtra
from cleaner.sources.formats import Compression

_CHUNK = 1 << 20
#: no encoding spends more bytes on a character
_BYTES_PER_CHARACTER = 4
#: and this much more for byte-order marks
_SLACK = 16


def read(path: str | None, compression: Compression | None, max_chars: int) -> bytes:
    """The content of a file, or of standard input where `path` is None.

    Stops reading where no text of `max_chars` characters could be so long: packed files can hold a thousand times their size.
    Raises `InputTooLarge`, `InputError` for a broken archive, `MissingExtra` for `.zst` without its extra, and `OSError`.
    """
    limit = byte_limit(max_chars)
    if path is None:
        return _limited(sys.stdin.buffer, limit, max_chars)
    with open(path, "rb") as file, unpacked(file, compression) as content:
        return _limited(content, limit, max_chars)


def byte_limit(max_chars: int) -> int:
    """The bytes that a text of so many characters can have at most."""
    return max_chars * _BYTES_PER_CHARACTER + _SLACK


@contextlib.contextmanager
def unpacked(file: IO[bytes], compression: Compression | None) -> Iterator[IO[bytes]]:
    """What a file holds. Raises `InputError` for a broken archive, also while it is read; `MissingExtra` for `.zst` without its extra."""
    if compression is None:
        yield file
        return
    try:
        with _unpacked(file, compression) as content:
            yield content
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"the {compression} file is broken ({error}): fetch it anew") from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise InputError(f"the {compression} file is broken ({error}): fetch it anew") from error


def pack(content: bytes, compression: Compression | None) -> bytes:
    """The content as it would lie in such a file."""
    if compression == "gzip":
        return gzip.compress(content, mtime=0)
    if compression == "zstd":
        return cast(bytes, _zstd().compress(content))
    return content


def _unpacked(file: IO[bytes], compression: Compression) -> IO[bytes]:
    if compression == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    return cast(IO[bytes], _zstd().ZstdFile(file))


def _zstd() -> Any:
    try:
        return importlib.import_module("backports.zstd")
    except ImportError:
        raise MissingExtra("reading .zst files", "zstd") from None


def _limited(file: IO[bytes], limit: int, max_chars: int) -> bytes:
    pieces: list[bytes] = []
    left = limit + 1
    while left > 0:
        piece = file.read(min(_CHUNK, left))
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        left -= len(piece)
    raise InputTooLarge(limit, max_chars)
