"""A file that grows by whole lines and survives being cut off: ledgers, journals, JSONL under way."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from cleaner.errors import OutputError
from cleaner.sinks.atomic import output_error

#: a file under way is never somebody's link to another file, and opening a pipe does not wait for its reader
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class GrowingFile:
    """Appends to a file; what could not be written whole is taken back.

    Parameters: with `keep` an existing file's content stays, without it the file starts empty.
    Raises `OutputError` (also from `append`).
    """

    def __init__(self, path: str, *, keep: bool) -> None:
        self.path = path
        self._descriptor = -1
        try:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
            if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
                raise OSError(None, "it is no file")
            self._length = self._sound_length(self._descriptor) if keep else 0
            os.ftruncate(self._descriptor, self._length)
        except OSError as error:
            self.close()
            if os.path.islink(path):
                raise OutputError(path, "is a link, and is not written through: remove it, or choose another output") from error
            raise output_error(path, error) from error

    def _sound_length(self, descriptor: int) -> int:
        return os.fstat(descriptor).st_size

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return self._length == 0

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return self._length

    def append(self, data: bytes) -> None:
        """Adds some bytes."""
        try:
            done = 0
            while done < len(data):
                done += os.pwrite(self._descriptor, data[done:], self._length + done)
        except OSError as error:
            os.ftruncate(self._descriptor, self._length)
            raise output_error(self.path, error) from error
        self._length += len(data)

    def truncate(self, size: int) -> None:
        """Keeps the first `size` bytes."""
        self._length = size
        os.ftruncate(self._descriptor, size)

    def close(self) -> None:
        """Closes the file. More than once is allowed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class GrowingLines(GrowingFile):
    """Appends lines to a file; with `keep` a torn last one is cut off."""

    def _sound_length(self, descriptor: int) -> int:
        return _whole_length(descriptor)

    def append(self, data: bytes) -> None:
        """Adds a line, given without its line break."""
        super().append(data + b"\n")

    def cut(self, count: int) -> None:
        """Keeps the first `count` lines."""
        self.truncate(sum(len(line) for _, line in zip(range(count), whole_lines(self.path), strict=False)))


def whole_lines(path: str) -> Iterator[bytes]:
    """The lines of a file with their line breaks, without a torn last one."""
    with open(path, "rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line


def _whole_length(descriptor: int) -> int:
    """Where the last whole line ends."""
    end = os.fstat(descriptor).st_size
    while end > 0:
        start = max(0, end - 65_536)
        found = os.pread(descriptor, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
