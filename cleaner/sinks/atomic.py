"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from typing import IO

from cleaner.errors import OutputError, OutputFull

#: errors after which no other document can be written either
_NOTHING_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: ends the names of files under way
TEMPORARY = ".cleaner-tmp"


def temporary_name(path: str, process: int) -> str:
    """Where a process writes a file before it gets its name: in the same folder, so that renaming is one step."""
    folder, name = os.path.split(path)
    # Names are limited to 255 bytes, and the addition must not push a long one over the limit.
    return os.path.join(folder, f".{os.fsencode(name)[:200].decode('utf-8', 'ignore')}.{process}{TEMPORARY}")


def write_file(path: str, content: bytes, *, replace: bool) -> None:
    """Writes a file, and the folders above it where they are missing.

    Parameters: `replace` allows an existing file to be replaced.
    Raises `OutputError` where the file exists and may not be replaced, or cannot be written; `OutputFull` where nothing can.
    """
    if not replace and os.path.lexists(path):
        raise OutputError(path, "exists already: --force replaces it")
    if os.path.isdir(path):
        raise OutputError(path, "is a folder: move it away, or choose another output")
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise output_error(path, error) from error


@contextlib.contextmanager
def whole_file(path: str) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is written to the end; where that fails, or is interrupted, what was there stays.

    Raises `OSError`, for which `output_error` has the words.
    """
    temporary = temporary_name(path, os.getpid())
    try:
        with new_file(temporary) as file:
            yield file
        os.replace(temporary, path)
    except BaseException:  # an interrupt too: nothing half-written may stay
        remove_quietly(temporary)
        raise


def new_file(path: str) -> IO[bytes]:
    """A file under a name that nothing has: what was there, such as a link that somebody has laid out, is not written through."""
    remove_quietly(path)
    return open(path, "xb")


def output_error(path: str, error: OSError) -> OutputError:
    """What to tell a user about a failed write."""
    reason = error.strerror or str(error)
    if error.errno in _NOTHING_MORE:
        return OutputFull(path, f"cannot be written ({reason}): make room, then go on with --resume")
    return OutputError(path, f"cannot be written ({reason})")


def remove_quietly(path: str) -> None:
    """Removes a file if it is there."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def remove_temporaries(folder: str, end: str = TEMPORARY) -> None:
    """Removes the files of a folder whose names end so: what processes that were killed have left half written."""
    try:
        with os.scandir(folder) as entries:
            left = [entry.path for entry in entries if entry.name.endswith(end)]
    except OSError:
        return  # no such folder yet, or one that will be complained about when it is written to
    for path in left:
        remove_quietly(path)
