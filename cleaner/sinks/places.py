"""What batch asks of a sink."""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

import msgspec

from cleaner.sinks.counts import Counts

OutputFormat: TypeAlias = Literal["text", "markdown", "json", "jsonl", "parquet"]
Packing: TypeAlias = Literal["gzip", "zstd"]


class Place(msgspec.Struct, frozen=True):
    """Where a document's output belongs, or those of a file of records."""

    #: as records and ledgers call it
    output: str
    #: the file that the worker writes; None where the sink takes the content itself
    path: str | None = None
    #: whether an existing file may be replaced
    replace: bool = False
    #: of a file of records: the folder in which the worker writes a file for each
    folder: str | None = None
    #: what is made of it; None leaves it to the run
    form: OutputFormat | None = None
    packing: Packing | None = None
    #: records that an earlier run has finished
    done: int = 0
    #: of Parquet: the Arrow schema's bytes
    schema: bytes | None = None


class Files(msgspec.Struct, frozen=True):
    """A file of records, as sinks see it."""

    id: str
    #: the last part of the id without the format's suffixes
    stem: str
    kind: Literal["jsonl", "parquet", "warc"]
    packing: Packing | None


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose output is made, or some records of a file, one after the other."""

    id: str
    place: Place
    #: the output, where the worker has not written it
    content: bytes | None = None
    #: the ledger line
    entry: bytes | None = None
    counts: Counts = msgspec.field(default_factory=Counts)
    #: of records: how many of the file lie before them, and how many they are
    first: int | None = None
    count: int = 0
    #: nothing of the file is left
    last: bool = True

    @property
    def records(self) -> int | None:
        """The file's records that are finished with these; None for a document."""
        return None if self.first is None else self.first + self.count


class Sink(Protocol):
    """Takes outputs in the documents' order."""

    #: what an earlier run, which this one goes on with, came to
    earlier: Counts

    def place(self, id: str, stem: str) -> Place | None:
        """Where a document's output belongs, or None where an earlier run has finished it.

        Parameters: `stem` is the last part of the id without the format's suffixes.
        Raises `OutputError`.
        """

    def place_records(self, file: Files) -> Place | None:
        """The same for a file of records."""

    def schema(self, place: Place, schema: bytes) -> bytes:
        """The Arrow schema under which records of a file are written, in place of the one that would suit them best."""

    def accept(self, finished: Finished) -> None:
        """Takes, or notes, what is finished."""

    def finish(self, *, whole: bool) -> str | None:
        """Ends the run; `whole` where no document is missing. Returns what to tell the user about what stays, if anything."""
