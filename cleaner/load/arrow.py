"""pyarrow, where it is installed: the schema of records, and tables as bytes."""

from __future__ import annotations

import functools
import importlib
from typing import Any

from cleaner.errors import MissingExtra

#: columns of an input that cleaning replaces; all others stay
REPLACED = frozenset({"text", "spans", "warnings"})
_WRITING = "writing Parquet files"


def arrow(feature: str) -> Any:
    """The module `pyarrow`. Raises `MissingExtra`, which names the feature, where it is not installed."""
    try:
        return importlib.import_module("pyarrow")
    except ImportError:
        raise MissingExtra(feature, "parquet") from None


def parquet(feature: str) -> Any:
    """The module `pyarrow.parquet`. Raises `MissingExtra`."""
    arrow(feature)
    return importlib.import_module("pyarrow.parquet")


def to_stream(table: Any, *, compression: str | None = None) -> bytes:
    """A table, or record batch, as an Arrow stream."""
    pa = arrow("Parquet")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write(table)
    return bytes(sink.getvalue())


def from_stream(stream: bytes) -> Any:
    """The table of an Arrow stream."""
    with arrow("Parquet").ipc.open_stream(stream) as reader:
        return reader.read_all()


def values_of(column: Any) -> list[Any]:
    """A column's values. Strings that are no UTF-8, which Parquet does not keep anybody from writing, come as bytes."""
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return [_sound(value) for value in column.cast(_in_bytes(column.type)).to_pylist()]


def rows_as_values(table: Any) -> list[dict[str, Any]]:
    """The rows of a table as plain values that JSON can hold: where a string is no UTF-8, U+FFFD stands for what cannot be read."""
    try:
        return table.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        columns = {name: map(_replaced, values_of(table.column(name))) for name in table.column_names}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _in_bytes(kind: Any) -> Any:
    """The type with bytes in the place of strings, as deep as lists and structs go."""
    pa = arrow("Parquet")
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pa.large_binary()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.large_list(_in_bytes(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _in_bytes(field.type)) for field in kind])
    return kind


def _sound(value: Any) -> Any:
    """Strings again, where they are some."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    if isinstance(value, list):
        return [_sound(one) for one in value]
    return {name: _sound(one) for name, one in value.items()} if isinstance(value, dict) else value


def _replaced(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return [_replaced(one) for one in value]
    return {name: _replaced(one) for name, one in value.items()} if isinstance(value, dict) else value


@functools.cache
def record_schema() -> Any:
    """The columns of a record, as a `pyarrow.Schema`."""
    pa = arrow(_WRITING)
    names = pa.list_(pa.string())
    span = pa.struct(
        [
            pa.field("start", pa.int64()),
            pa.field("end", pa.int64()),
            pa.field("label", pa.string()),
            pa.field("kept", pa.bool_()),
            pa.field("reason", pa.string()),
            pa.field("score", pa.float64()),
            pa.field("role", pa.string()),
        ]
    )
    return pa.schema(
        [
            ("id", pa.string()),
            ("url", pa.string()),
            ("title", pa.string()),
            ("authors", names),
            ("date", pa.string()),
            ("language", pa.string()),
            ("text", pa.string()),
            ("spans", pa.list_(span)),
            ("warnings", names),
        ]
    )


def output_schema(columns: Any | None) -> Any:
    """The schema of an output.

    Parameters: `columns` is the input's `pyarrow.Schema`, None where it has none.
    Returns the input's columns in their order, `text`, `spans` and `warnings` with a record's types, then what a record has besides.
    """
    pa = arrow(_WRITING)
    ours = record_schema()
    if columns is None:
        return ours
    kept = [ours.field(field.name) if field.name in REPLACED else field for field in columns]
    names = {field.name for field in kept}
    return pa.schema([*kept, *(field for field in ours if field.name not in names)])
