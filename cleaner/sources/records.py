"""Files of many documents: read in chunks that go to a worker whole, so that memory does not grow with the file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from cleaner.errors import InputError, InputTooLarge
from cleaner.load.fields import Fields
from cleaner.sources.files import byte_limit, read
from cleaner.sources.folders import Input

#: records of a chunk at most
MOST_RECORDS = 64
#: bytes of a chunk, but for a single record that is longer
MOST_BYTES = 1 << 20

#: `lines`: JSON objects; `table`: an Arrow stream; `pages`: `Page`s
Form: TypeAlias = Literal["lines", "table", "pages"]


class Page(msgspec.Struct, frozen=True):
    """A document of an archive."""

    #: None where the archive gives none
    id: str | None
    url: str | None
    kind: Literal["text", "html", "looks"]
    content: bytes
    #: what the server said
    charset: str | None = None


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Some records of a file, one after the other, as they lie there."""

    form: Form
    #: the lines or pages; of a table the stream's bytes
    rows: tuple[bytes, ...] | tuple[Page, ...] | bytes
    #: the first one's number in the file, from 0
    first: int
    #: how many they are
    count: int
    fields: Fields = Fields()
    #: nothing comes after them
    last: bool = False
    #: bytes of the file that lie before their end, roughly
    position: int = 0
    #: kind of what was passed over -> how often
    skipped: dict[str, int] = {}
    #: why nothing comes after them though the file goes on
    error: str | None = None
    #: numbers, in the file, of those that are not to be cleaned
    left_out: tuple[int, ...] = ()

    @property
    def read(self) -> dict[str, Fields]:
        """What is read of records, by the kind of their file."""
        kind = {"lines": "jsonl", "table": "parquet", "pages": "warc"}[self.form]
        return {kind: self.fields} if self.fields != Fields() else {}

    def part(self, start: int, stop: int) -> Chunk:
        """The records from `start` up to `stop`."""
        last = stop == self.count
        rows = _table_part(self.rows, start, stop) if isinstance(self.rows, bytes) else self.rows[start:stop]
        return msgspec.structs.replace(
            self,
            rows=rows,
            first=self.first + start,
            count=stop - start,
            last=self.last and last,
            skipped=self.skipped if last else {},
            error=self.error if last else None,
        )


def _table_part(stream: bytes, start: int, stop: int) -> bytes:
    from cleaner.load.arrow import from_stream, to_stream

    return to_stream(from_stream(stream).slice(start, stop - start))


def standard_input(document: Input, given: Fields, *, max_chars: int) -> Input:
    """Standard input as what its first line looks like, or the named fields say: records, or one document, which is read.

    Raises `InputTooLarge`.
    """
    from cleaner.sources.jsonl import begins_like_records

    limit = byte_limit(max_chars)
    line = sys.stdin.buffer.readline(limit + 1)
    if given != Fields() or begins_like_records(line):
        return msgspec.structs.replace(document, kind="jsonl", content=line)
    if len(line) > limit:
        raise InputTooLarge(limit, max_chars)
    return msgspec.structs.replace(document, content=line + read(None, None, max_chars))


def chunks(document: Input, given: Fields, *, skip: int, max_chars: int) -> Iterator[Chunk]:
    """The records of a file.

    Parameters: `given` are the fields that the user has named; `skip` is the number of records to pass over, a chunk's end in an
    earlier run; `max_chars` limits a record.
    Yields chunks, the last of which says so; what breaks the file off stands in its `error`.
    Raises `InputError` where nothing can be read, `MissingExtra` where a package is missing, and `OSError`.
    """
    if document.kind == "jsonl":
        from cleaner.sources.jsonl import read_lines

        return _marked(read_lines(document, given, max_chars=max_chars), skip)
    if document.kind == "parquet":
        from cleaner.sources.parquet import read_parquet

        return _marked(read_parquet(document, given), skip)
    if document.kind == "warc":
        from cleaner.sources.warc import read_warc

        return _marked(read_warc(document, max_chars=max_chars), skip)
    raise ValueError(f"{document.kind} files hold one document")


def _marked(found: Iterator[Chunk], skip: int) -> Iterator[Chunk]:
    """The chunks behind `skip` records, the last one marked; an error after the first chunk is said there."""
    held: Chunk | None = None
    fields, seen, form = Fields(), 0, "lines"
    while True:
        error = None
        try:
            chunk = next(found, None)
        except (InputError, OSError) as reason:
            if seen == 0:
                raise
            chunk, error = None, f"cannot be read behind record {seen:,}: {reason}"
        if chunk is None:
            break
        fields, form, seen = chunk.fields, chunk.form, chunk.first + chunk.count
        if chunk.count and seen <= skip:
            continue
        if held is not None:
            yield held
        held = chunk.part(skip - chunk.first, chunk.count) if chunk.first < skip and chunk.count else chunk
    if held is None:
        held = Chunk(form=form, rows=(), first=max(seen, skip), count=0, fields=fields)  # type: ignore[arg-type]
    yield msgspec.structs.replace(held, last=True, error=error)
