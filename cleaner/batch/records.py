"""Records of a chunk: cleaned one after the other, and made into what their output takes."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Literal

import msgspec

from cleaner.batch.told import told
from cleaner.errors import InputError, OutputFull
from cleaner.load.arrow import REPLACED, arrow, from_stream, output_schema, rows_as_values, to_stream, values_of
from cleaner.load.fields import Fields
from cleaner.parse.declared import declared_codec
from cleaner.pipeline import Cleaner
from cleaner.render import record
from cleaner.render.record import Record
from cleaner.sinks.atomic import write_file
from cleaner.sinks.counts import Counts
from cleaner.sinks.places import OutputFormat, Place
from cleaner.sources.files import pack
from cleaner.sources.records import Chunk, Page
from cleaner.values import Result
from cleaner.worker import Mark

_SUFFIXES: dict[str, str] = {"text": ".txt", "markdown": ".md", "json": ".json"}
#: what may stand in the name of a record's file
_UNSAFE = re.compile(r"[^\w.-]+")
_NAME_LENGTH = 80
#: bytes of it: file systems take 255 for a name, of which number, suffix and what a file is called under way need some
_NAME_BYTES = 180


class Row(msgspec.Struct, frozen=True):
    """A record as it came: what is cleaned of it, and what else it says."""

    id: str
    #: whether the record itself has the id
    own_id: bool
    url: str | None
    title: str | None
    kind: Literal["text", "html", "looks"]
    content: str | bytes
    #: the record's fields, where it came as JSON
    columns: Mapping[str, Any] | None = None
    site: str | None = None


class Cleaned(msgspec.Struct):
    """The records of a chunk that could be cleaned."""

    #: their places in the chunk
    places: list[int] = msgspec.field(default_factory=list)
    rows: list[Row] = msgspec.field(default_factory=list)
    results: list[Result] = msgspec.field(default_factory=list)
    counts: Counts = msgspec.field(default_factory=Counts)


def clean_rows(
    cleaner: Cleaner, rows: Sequence[Row | InputError], names: Callable[[int], str], mark: Mark, left_out: Container[int] = ()
) -> Cleaned:
    """Cleans records, but those at the places in `left_out`. One that fails is counted under its id, or its name, and left out."""
    cleaned = Cleaned()
    for place, row in enumerate(rows):
        if place in left_out:
            continue
        mark(place)
        try:
            if isinstance(row, InputError):
                raise row
            result = clean_row(cleaner, row)
        except OutputFull:
            raise
        except Exception as error:  # a fault of the program must not cost the other records
            cleaned.counts.fail(row.id if isinstance(row, Row) else names(place), told(error))
            continue
        cleaned.places.append(place)
        cleaned.rows.append(row)
        cleaned.results.append(result)
        cleaned.counts.take(result)
    return cleaned


def clean_row(cleaner: Cleaner, row: Row) -> Result:
    """Cleans a record as what it is. Raises what `Cleaner.clean` raises."""
    if row.title:
        cleaner = cleaner.titled(row.title)
    if row.kind == "html":
        return cleaner.clean_html(row.content, url=row.url, site=row.site)
    clean = cleaner.clean_text if row.kind == "text" else cleaner.clean
    return clean(row.content, url=row.url, site=row.site)


def rows_of(chunk: Chunk, file: str) -> list[Row | InputError]:
    """The records of a chunk, or why one is none.

    Parameters: `file` is the id of the file, with which ids of records begin that have none.
    """
    if chunk.form == "pages":
        return [_row_of_page(page, name_of(file, chunk.first + place)) for place, page in enumerate(chunk.rows) if isinstance(page, Page)]
    if isinstance(chunk.rows, bytes):
        return rows_of_table(from_stream(chunk.rows), chunk.fields, lambda place: name_of(file, chunk.first + place))
    return [
        _row_of_line(line, chunk.fields, name_of(file, chunk.first + place))
        for place, line in enumerate(chunk.rows)
        if isinstance(line, bytes)
    ]


def name_of(file: str, number: int) -> str:
    """What a record is called that has no id: its file and its number, from 1."""
    return f"{file}#{number + 1}"


def rows_of_table(table: Any, fields: Fields, names: Callable[[int], str]) -> list[Row | InputError]:
    """The rows of a `pyarrow.Table`; only the columns that are read are taken out of it."""
    known = (fields.text, fields.html, fields.looks, fields.id, fields.url, fields.title, fields.site)
    read = [name for name in known if name is not None and name in table.column_names]
    columns = {name: values_of(table.column(name)) for name in dict.fromkeys(read)}
    return [
        _row({name: column[place] for name, column in columns.items()}, fields, names(place), keep=False) for place in range(table.num_rows)
    ]


def _row_of_line(line: bytes, fields: Fields, name: str) -> Row | InputError:
    if not line:
        return InputError("is longer than any text that can be cleaned: split it, or raise the limit with Options(max_chars=…)")
    try:
        columns = record.decode(line.removeprefix(codecs.BOM_UTF8))
    except ValueError as error:
        return InputError(f"is no JSON ({error}): mend the line, or leave it out")
    if not isinstance(columns, dict):
        return InputError('is no JSON object: each line must be one, such as {"text": …}')
    return _row(columns, fields, name, keep=True)


def _row(columns: Mapping[str, Any], fields: Fields, name: str, *, keep: bool) -> Row | InputError:
    kinds: tuple[tuple[str | None, Literal["text", "html", "looks"]], ...] = (
        (fields.html, "html"),
        (fields.text, "text"),
        (fields.looks, "looks"),
    )
    named = [(field, kind) for field, kind in kinds if field is not None]
    there = [(columns[field], kind) for field, kind in named if columns.get(field) is not None]
    if not there:
        return InputError(f"has nothing in {' or '.join(repr(field) for field, _ in named)}: leave it out, or name another field")
    content, kind = next(((content, kind) for content, kind in there if content), there[-1])
    if not isinstance(content, (str, bytes)):
        return InputError(f"has a {type(content).__name__} where a text must be: name another field")
    id = _readable(columns.get(fields.id)) if fields.id is not None else None
    url = columns.get(fields.url) if fields.url is not None else None
    title = columns.get(fields.title) if fields.title is not None else None
    url, title = _readable(url), _readable(title)
    site = _readable(columns.get(fields.site)) if fields.site is not None else None
    return Row(
        id=name if id is None else str(id),
        own_id=id is not None,
        url=url if isinstance(url, str) else None,
        title=title if isinstance(title, str) else None,
        kind=kind,
        content=content,
        columns=columns if keep else None,
        site=site if isinstance(site, str) and site else None,
    )


def _readable(value: Any) -> Any:
    """A value beside the text: strings of a table need not be UTF-8, and come as bytes then."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _row_of_page(page: Page, name: str) -> Row:
    content: str | bytes = page.content
    codec = declared_codec(page.charset) if page.charset is not None and page.kind != "text" else None
    if codec is not None:
        try:
            page.content.decode()
        except UnicodeDecodeError:
            # What the server says goes before what can be guessed, but not before what is plainly UTF-8.
            content = page.content.decode(codec, "replace")
    return Row(name if page.id is None else page.id, page.id is not None, page.url, None, page.kind, content)


def record_of(row: Row, result: Result) -> Record:
    """The record of a result, under the id and address that its row has."""
    return record.record(row.id, result)


def written(chunk: Chunk, cleaned: Cleaned, place: Place, form: OutputFormat) -> bytes:
    """What a sink takes of the records, in the form of their place; or they are written to their folder.

    Raises `OutputError`, and `InputError` where a table does not fit the output's schema.
    """
    if place.folder is not None:
        for at, row, result in zip(cleaned.places, cleaned.rows, cleaned.results, strict=True):
            _write_one(place, form, chunk.first + at, row, result)
        return b""
    if not cleaned.rows:
        return b""
    if form == "parquet":
        assert place.schema is not None
        pa = arrow("writing Parquet files")
        schema = pa.ipc.read_schema(pa.py_buffer(place.schema))
        return to_stream(table_of_chunk(chunk, cleaned, schema), compression="zstd")
    records = [record_of(row, result) for row, result in zip(cleaned.rows, cleaned.results, strict=True)]
    if chunk.form == "pages":
        return pack(b"".join(map(record.line, records)), place.packing)
    if isinstance(chunk.rows, bytes):
        columns: Sequence[Mapping[str, Any]] = rows_as_values(from_stream(chunk.rows).take(cleaned.places))
    else:
        columns = [row.columns or {} for row in cleaned.rows]
    return pack(b"".join(map(record.merged, columns, records)), place.packing)


def table_of_chunk(chunk: Chunk, cleaned: Cleaned, schema: Any) -> Any:
    """A table of the records of a chunk, under the `pyarrow.Schema` of their output.

    Raises `InputError` where they have columns that the schema has no place for.
    """
    from cleaner.render.table import json_columns, table

    records = [record_of(row, result) for row, result in zip(cleaned.rows, cleaned.results, strict=True)]
    if isinstance(chunk.rows, bytes):
        return table_of(from_stream(chunk.rows), cleaned.places, records, schema)
    return table(records, schema, json_columns([row.columns or {} for row in cleaned.rows], schema, record.encode))


def table_of(rows: Any, places: list[int], records: list[Record], schema: Any) -> Any:
    """A table of records with the columns of the rows they were made of.

    Raises `InputError` where the rows have columns that the schema has no place for.
    """
    from cleaner.render.table import table

    pa = arrow("writing Parquet files")
    taken = rows if len(places) == rows.num_rows else rows.take(pa.array(places, pa.int64()))
    columns = {}
    for name in taken.column_names:
        if name in REPLACED:
            continue
        index = schema.get_field_index(name)
        if index < 0:
            raise InputError(f"has a column {name!r} that the first file had not: clean it to a file of its own, or to JSONL")
        column = taken.column(name)
        try:
            columns[name] = column if column.type == schema.field(index).type else column.cast(schema.field(index).type)
        except pa.ArrowException as error:
            raise InputError(
                f"has a column {name!r} of another type than the first file ({error}): clean it to a file of its own"
            ) from error
    return table(records, schema, columns)


def _write_one(place: Place, form: OutputFormat, number: int, row: Row, result: Result) -> None:
    assert place.folder is not None
    name = f"{number + 1:07}"
    if row.own_id:
        safe = _UNSAFE.sub("_", record.well_formed(row.id)).strip("._")[:_NAME_LENGTH].encode()[:_NAME_BYTES].decode("utf-8", "ignore")
        name = f"{name}-{safe}" if safe else name
    if form == "text":
        content = record.utf8(result.text)
    elif form == "markdown":
        content = record.utf8(result.markdown())
    else:
        content = record.json(row.id, result)
    write_file(os.path.join(place.folder, name + _SUFFIXES[form]), content, replace=place.replace)


def schema_of(chunk: Chunk) -> bytes:
    """The Arrow schema that suits the records of a file best, told from its first ones. Raises `MissingExtra`."""
    from cleaner.render.table import inferred_schema

    if chunk.form == "table" and isinstance(chunk.rows, bytes):
        columns = from_stream(chunk.rows).schema
    elif chunk.form == "lines":
        rows = rows_of(chunk, "")
        columns = inferred_schema([row.columns for row in rows if isinstance(row, Row) and row.columns is not None])
    else:
        columns = None
    return bytes(output_schema(columns).serialize())
