"""One document to one file, or documents to a stream such as standard output."""

from __future__ import annotations

import os
from typing import IO

from cleaner.errors import OutputError
from cleaner.sinks.atomic import write_file
from cleaner.sinks.counts import Counts
from cleaner.sinks.fence import Fence
from cleaner.sinks.names import Names
from cleaner.sinks.onefile import ledger_beside
from cleaner.sinks.places import Files, Finished, Place


class SingleSink:
    """One document, one file; with a ledger beside it where asked for."""

    earlier = Counts()

    def __init__(self, path: str, fence: Fence, *, replace: bool) -> None:
        fence.check(path)
        self._path = path
        self._replace = replace

    def place(self, id: str, stem: str) -> Place | None:
        """The file."""
        if not self._replace and os.path.lexists(self._path):
            raise OutputError(self._path, "exists already: --force replaces it")
        return Place(os.path.basename(self._path), self._path, self._replace)

    def place_records(self, file: Files) -> Place | None:
        """Records do not go into one document's file."""
        raise OutputError(self._path, "takes one document: name a folder, a .jsonl or a .parquet file for records")

    def schema(self, place: Place, schema: bytes) -> bytes:
        """No records, no schema."""
        return schema

    def accept(self, finished: Finished) -> None:
        """Writes the ledger."""
        if finished.entry is not None:
            write_file(ledger_beside(self._path), finished.entry + b"\n", replace=self._replace)

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None


class StreamSink:
    """Outputs one behind the other.

    Parameters: `lines` says whether records may be written, as JSONL.
    """

    earlier = Counts()

    def __init__(self, stream: IO[bytes], *, lines: bool = True) -> None:
        self._stream = stream
        self._lines = lines
        self._line_ends = stream.isatty()

    def place(self, id: str, stem: str) -> Place | None:
        """The stream."""
        return Place("-")

    def place_records(self, file: Files) -> Place | None:
        """The stream."""
        if not self._lines:
            raise OutputError("standard output", "takes records as JSONL only: leave --format out, or name a folder with -o")
        return Place("-", form="jsonl")

    def schema(self, place: Place, schema: bytes) -> bytes:
        """JSONL has none."""
        return schema

    def accept(self, finished: Finished) -> None:
        """Writes the content as it is; on a terminal the prompt gets a line of its own."""
        content = finished.content
        if not content:
            return
        self._stream.write(content)
        if self._line_ends and not content.endswith(b"\n"):
            self._stream.write(b"\n")
        self._stream.flush()

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None


class NoSink:
    """Writes nothing and only names what would be written, for `--dry-run` without an output."""

    earlier = Counts()

    def __init__(self, suffix: str) -> None:
        self._names = Names(suffix)

    def place(self, id: str, stem: str) -> Place | None:
        """A name."""
        return Place(self._names.give(id, stem))

    def place_records(self, file: Files) -> Place | None:
        """A name."""
        return Place(self._names.give(file.id, file.stem))

    def schema(self, place: Place, schema: bytes) -> bytes:
        """Nothing is written."""
        return schema

    def accept(self, finished: Finished) -> None:
        """Nothing is kept."""

    def finish(self, *, whole: bool) -> str | None:
        """Nothing is left to do."""
        return None
