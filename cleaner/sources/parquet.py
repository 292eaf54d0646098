"""Parquet: a row a document."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from typing import IO, Any, cast

from cleaner.errors import InputError
from cleaner.load.arrow import arrow, parquet, to_stream
from cleaner.load.fields import Fields, fields_of
from cleaner.sources.files import unpacked
from cleaner.sources.folders import Input
from cleaner.sources.records import MOST_BYTES, MOST_RECORDS, Chunk

_READ = 1 << 20
#: a packed file has at most so many times its size: Parquet packs its columns itself, and what is packed twice shrinks no more
_MOST_TIMES = 200


def read_parquet(document: Input, given: Fields) -> Iterator[Chunk]:
    """The rows of a Parquet file. See `records.chunks`."""
    with opened(document) as file:
        fields = fields_of(file.schema_arrow.names, given)
        rows, first = max(file.metadata.num_rows, 1), 0
        for batch in _batches(file):
            for part in _cut(batch):
                position = int(document.size * (first + part.num_rows) / rows)
                yield Chunk(form="table", rows=to_stream(part), first=first, count=part.num_rows, fields=fields, position=position)
                first += part.num_rows


@contextlib.contextmanager
def opened(document: Input) -> Iterator[Any]:
    """The file as a `pyarrow.parquet.ParquetFile`. Raises `InputError` where it is none."""
    assert document.path is not None
    pq = parquet("reading Parquet files")
    with contextlib.ExitStack() as stack:
        source: IO[bytes] = stack.enter_context(open(document.path, "rb"))
        if document.compression is not None:
            # Parquet is read from its end, so a packed file must lie somewhere unpacked.
            whole = stack.enter_context(tempfile.TemporaryFile())
            with unpacked(source, document.compression) as content:
                _copy(content, whole, _MOST_TIMES * document.size + _READ)
            whole.seek(0)
            source = cast(IO[bytes], whole)
        try:
            file = pq.ParquetFile(source, pre_buffer=False, buffer_size=_READ)
            names = file.schema_arrow.names
        except (arrow("Parquet").ArrowException, UnicodeDecodeError) as error:
            raise InputError(f"is no Parquet file that can be read ({error}): fetch it anew") from error
        with file:
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise InputError(f"has two columns {twice!r}, so that nobody can tell which is meant: rename one")
            yield file


def _copy(content: IO[bytes], whole: IO[bytes], limit: int) -> None:
    while piece := content.read(_READ):
        limit -= len(piece)
        if limit < 0:
            raise InputError(f"unpacks to more than {_MOST_TIMES} times its size, as no Parquet file does: unpack it first if it is one")
        whole.write(piece)


def _batches(file: Any) -> Iterator[Any]:
    batches = file.iter_batches(batch_size=MOST_RECORDS)
    while True:
        try:
            batch = next(batches, None)
        except (arrow("Parquet").ArrowException, UnicodeDecodeError) as error:
            raise InputError(f"the Parquet file is broken ({error}): fetch it anew") from error
        if batch is None:
            return
        yield batch


def _cut(batch: Any) -> Iterator[Any]:
    """Parts of a batch that are not much larger than a chunk may be."""
    rows = max(1, int(batch.num_rows * MOST_BYTES * 4 / max(batch.nbytes, 1)))
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)
