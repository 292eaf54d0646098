"""What batch asks of a sink."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Place(msgspec.Struct, frozen=True):
    """Where a document's output belongs."""

    #: as records and ledgers call it
    output: str
    #: the file that the worker writes; None where the sink takes the content itself
    path: str | None = None
    #: whether an existing file may be replaced
    replace: bool = False


class Sink(Protocol):
    """Takes outputs in the documents' order."""

    def place(self, id: str, stem: str) -> Place | None:
        """Where a document's output belongs, or None where an earlier run has finished it.

        Parameters: `stem` is the last part of the id without the format's suffixes.
        Raises `OutputError`.
        """

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Notes a finished document. `content` is its output where the worker has not written it, `entry` its ledger line."""

    def finish(self, *, whole: bool) -> str | None:
        """Ends the run; `whole` where no document is missing. Returns what to tell the user about what stays, if anything."""
