"""One document to one file, or documents to a stream such as standard output."""

from __future__ import annotations

import os
from typing import IO

from cleaner.errors import OutputError
from cleaner.sinks.atomic import write_file
from cleaner.sinks.fence import Fence
from cleaner.sinks.names import Names
from cleaner.sinks.onefile import ledger_beside
from cleaner.sinks.places import Place


class SingleSink:
    """One document, one file; with a ledger beside it where asked for."""

    def __init__(self, path: str, fence: Fence, *, replace: bool) -> None:
        fence.check(path)
        self._path = path
        self._replace = replace

    def place(self, id: str, stem: str) -> Place | None:
        """The file."""
        if not self._replace and os.path.lexists(self._path):
            raise OutputError(self._path, "exists already: --force replaces it")
        return Place(os.path.basename(self._path), self._path, self._replace)

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Writes the ledger."""
        if entry is not None:
            write_file(ledger_beside(self._path), entry + b"\n", replace=self._replace)

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None


class StreamSink:
    """Outputs one behind the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._line_ends = stream.isatty()

    def place(self, id: str, stem: str) -> Place | None:
        """The stream."""
        return Place("-")

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Writes the content as it is; on a terminal the prompt gets a line of its own."""
        assert content is not None
        self._stream.write(content)
        if self._line_ends and not content.endswith(b"\n"):
            self._stream.write(b"\n")
        self._stream.flush()

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None


class NoSink:
    """Writes nothing and only names what would be written, for `--dry-run` without an output."""

    def __init__(self, suffix: str) -> None:
        self._names = Names(suffix)

    def place(self, id: str, stem: str) -> Place | None:
        """A name."""
        return Place(self._names.give(id, stem))

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Nothing is kept."""

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None
