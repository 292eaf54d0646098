"""The decisions file while it is written: whole lines, on disk before anything else happens, by one server at a time."""

from __future__ import annotations

import contextlib
import os

from cleaner.errors import OutputError
from cleaner.load.decisions import Line, encode_line, read_lines

try:
    import fcntl
except ImportError:  # Windows has no such locks; there two servers on one file are not noticed
    fcntl = None  # type: ignore[assignment]


class DecisionLog:
    """A decisions file, open for appending.

    Raises `OutputError` where it cannot be written or another server writes it, `DataFileError` where it is no decisions file.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        #: what the file holds, in its order
        self.lines: list[Line] = read_lines(path) if os.path.lexists(path) else []
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError as error:
            raise OutputError(path, f"cannot be written ({error.strerror or error})") from error
        try:
            self._lock()
            self._cut_torn_line()
            _sync_folder(os.path.dirname(path) or ".")
        except OSError as error:
            self.close()
            raise (
                error if isinstance(error, OutputError) else OutputError(path, f"cannot be written ({error.strerror or error})")
            ) from error

    def append(self, line: Line) -> None:
        """Adds a line; when this returns, it is on disk. A line that could not be written whole is taken back.

        Raises `OutputError`.
        """
        data = encode_line(line) + b"\n"
        length = os.fstat(self._descriptor).st_size
        try:
            done = 0
            while done < len(data):
                done += os.write(self._descriptor, data[done:])
            os.fsync(self._descriptor)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, length)
            raise OutputError(self.path, f"cannot be written ({error.strerror or error}): make room, then decide again") from error
        self.lines.append(line)

    def close(self) -> None:
        """Closes the file, and lets others write it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = "another `cleaner review` writes it: end that one, or name another file with --decisions"
            raise OutputError(self.path, reason) from None

    def _cut_torn_line(self) -> None:
        """A crash may leave half a line, which nobody was told is saved."""
        size = os.fstat(self._descriptor).st_size
        with open(self.path, "rb") as file:
            content = file.read(size)
        whole = content.rfind(b"\n") + 1
        if whole < size:
            os.ftruncate(self._descriptor, whole)


def _sync_folder(path: str) -> None:
    """A new file's name is on disk only when its folder is."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
