"""Parquet files from Arrow streams one behind the other, which is what lies in a part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from cleaner.load.arrow import arrow, parquet, record_schema, to_stream
from cleaner.sinks.atomic import whole_file

#: a row group ends with the stream that reaches one of these: rows, and bytes in memory
_ROWS = 16_384
_BYTES = 64 << 20
_FEATURE = "writing Parquet files"


def write_parquet(part: str, path: str, schema: bytes | None) -> None:
    """Writes the tables of a part as one file, which appears when it is whole.

    Parameters: `schema` is the Arrow schema where the part has no table.
    Row groups depend on the tables alone, so that the same records give the same bytes.
    """
    pq = parquet(_FEATURE)
    pa = arrow(_FEATURE)
    with open(part, "rb") as file:
        groups = _groups(file)
        first = next(groups, None)
        agreed = pa.ipc.read_schema(pa.py_buffer(schema)) if schema is not None else record_schema()
        columns = first.schema if first is not None else agreed
        with whole_file(path) as whole, pq.ParquetWriter(whole, columns, compression="zstd") as writer:
            while first is not None:
                writer.write_table(first, row_group_size=max(first.num_rows, 1))
                first = next(groups, None)


def streams(file: Any) -> Iterator[Any]:
    """The tables of a part."""
    pa = arrow(_FEATURE)
    size = os.fstat(file.fileno()).st_size
    while file.tell() < size:
        with pa.ipc.open_stream(file) as reader:
            yield reader.read_all()


def first_schema(part: str) -> bytes | None:
    """The schema of the tables in a part; None where it has none."""
    pa = arrow(_FEATURE)
    if not os.path.getsize(part):
        return None
    with open(part, "rb") as file, pa.ipc.open_stream(file) as reader:
        return bytes(reader.schema.serialize())


def _groups(file: Any) -> Iterator[Any]:
    pa = arrow(_FEATURE)
    held: list[Any] = []
    rows = size = 0
    for table in streams(file):
        held.append(table)
        rows += table.num_rows
        size += table.nbytes
        if rows >= _ROWS or size >= _BYTES:
            yield pa.concat_tables(held)
            held, rows, size = [], 0, 0
    if held:
        yield pa.concat_tables(held)


def part_from(path: str, part: str, note: Callable[[int], None]) -> None:
    """A part with the rows of a finished file, to go on with; `note` is told its length before it gets its name."""
    pq = parquet(_FEATURE)
    with pq.ParquetFile(path) as file, whole_file(part) as out:
        for group in range(file.num_row_groups):
            out.write(to_stream(file.read_row_group(group), compression="zstd"))
        out.flush()
        note(out.tell())
