"""Records as Arrow tables: the columns that were there, and those of a record. The schema is in docs/scale.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from cleaner.errors import InputError
from cleaner.load.arrow import REPLACED, arrow, record_schema
from cleaner.render.record import Record

_FEATURE = "writing Parquet files"
#: JSON values that fit into no column of a table, as JSON
OTHER = "other"


def table(records: Sequence[Record], schema: Any, columns: Mapping[str, Any]) -> Any:
    """A table of records.

    Parameters: `schema` is an `output_schema`; `columns` are the input's columns by name, a row for each record: arrays of the
    schema's types.
    Where an input's column has the name of a record's, its values stay and only nulls are filled.
    """
    pa = arrow(_FEATURE)
    return pa.Table.from_arrays([_column(field, records, columns) for field in schema], schema=schema)


def _column(field: Any, records: Sequence[Record], columns: Mapping[str, Any]) -> Any:
    pa = arrow(_FEATURE)
    ours = record_schema()
    index = ours.get_field_index(field.name)
    if field.name in columns and field.name not in REPLACED:
        there = columns[field.name]
        if index < 0 or not there.null_count or not _same(field.type, ours.field(index).type):
            return there
        made = _made(field.name, records).cast(field.type)
        import pyarrow.compute as pc

        return pc.coalesce(there, made)
    if index < 0:
        return pa.nulls(len(records), field.type)
    kind = ours.field(index).type
    if field.type != kind and not _same(field.type, kind):
        return pa.nulls(len(records), field.type)
    made = _made(field.name, records)
    return made if made.type == field.type else made.cast(field.type)


def _same(one: Any, other: Any) -> bool:
    types = arrow(_FEATURE).types
    if types.is_list(other):
        return bool(one == other)
    return bool(types.is_string(one) or types.is_large_string(one))


def _made(name: str, records: Sequence[Record]) -> Any:
    pa = arrow(_FEATURE)
    kind = record_schema().field(name).type
    if name != "spans":
        return pa.array([getattr(record, name) for record in records], kind)
    spans = list(chain.from_iterable(record.spans for record in records))
    offsets = pa.array(accumulate((len(record.spans) for record in records), initial=0), pa.int32())
    fields = list(kind.value_type)
    arrays = [pa.array([getattr(span, field.name) for span in spans], field.type) for field in fields]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=fields))


def inferred_schema(rows: Iterable[Mapping[str, Any]]) -> Any:
    """The columns of JSON objects, for `output_schema`: those in which all objects have values of one type.

    Returns a `pyarrow.Schema`; what fits into none of its columns goes into `OTHER`.
    """
    pa = arrow(_FEATURE)
    values: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, []).append(value)
    fields = []
    for name, column in values.items():
        try:
            kind = pa.array(column).type
        except (pa.ArrowException, OverflowError, UnicodeError):
            continue
        if name != OTHER and name not in REPLACED and _plain(kind):
            fields.append(pa.field(name, kind))
        elif name in REPLACED:
            fields.append(record_schema().field(name))
    return pa.schema([*fields, pa.field(OTHER, pa.string())])


def _plain(kind: Any) -> bool:
    """Whether values of a type can be told to fit from themselves: numbers, strings, lists of them."""
    types = arrow(_FEATURE).types
    if types.is_list(kind):
        return _plain(kind.value_type)
    return bool(types.is_string(kind) or types.is_boolean(kind) or types.is_int64(kind) or types.is_float64(kind))


def json_columns(rows: Sequence[Mapping[str, Any]], schema: Any, encode: Any) -> dict[str, Any]:
    """The columns of JSON objects under an inferred schema.

    Parameters: `encode` makes JSON of what has no place in a column.
    Raises `InputError` where there is such and the schema has no column for it.
    """
    pa = arrow(_FEATURE)
    left: list[dict[str, Any]] = [
        {name: value for name, value in row.items() if name not in REPLACED and (name == OTHER or schema.get_field_index(name) < 0)}
        for row in rows
    ]
    made: dict[str, Any] = {}
    for field in schema:
        if field.name in REPLACED or field.name == OTHER or not any(field.name in row for row in rows):
            continue
        column = [row.get(field.name) for row in rows]
        try:
            made[field.name] = pa.array(column, field.type)
        except (pa.ArrowException, OverflowError, UnicodeError, TypeError):
            made[field.name] = pa.array([_fitting(value, field, more) for value, more in zip(column, left, strict=True)], field.type)
    if schema.get_field_index(OTHER) < 0 and any(left):
        named = next(iter(next(filter(None, left))))
        raise InputError(f"has a field {named!r} that the output has no column for: name the file of records first, or a file of its own")
    if schema.get_field_index(OTHER) >= 0:
        made[OTHER] = pa.array([encode(more).decode() if more else None for more in left], pa.string())
    return made


def _fitting(value: Any, field: Any, more: dict[str, Any]) -> Any:
    """The value where it fits, else None, and the value goes to `more`."""
    pa = arrow(_FEATURE)
    try:
        pa.array([value], field.type)
    except (pa.ArrowException, OverflowError, UnicodeError, TypeError):
        more[field.name] = value
        return None
    return value
