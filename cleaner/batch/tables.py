"""A table of records to a table of cleaned records: the one function that all engines run."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import msgspec

from cleaner.batch.records import Cleaned, Row, clean_rows, name_of, record_of, rows_of, rows_of_table, table_of, table_of_chunk
from cleaner.errors import InputError
from cleaner.load.arrow import arrow, output_schema
from cleaner.load.fields import Fields, fields_of
from cleaner.pipeline import Cleaner
from cleaner.render import record
from cleaner.sinks.counts import Counts
from cleaner.sources.records import Chunk
from cleaner.values import Options, Result

#: the column that says why a row could not be cleaned; null where it could
ERROR = "error"


@functools.lru_cache(maxsize=4)
def cleaner_for(options: Options) -> Cleaner:
    """One `Cleaner` for each process and options."""
    return Cleaner(options)


def clean_table(rows: Any, options: Options, given: Fields) -> Any:
    """Cleans the rows of a `pyarrow.Table`.

    Parameters: `given` are the fields that the user has named.
    Returns a table with a row for every row: those that could not be cleaned have a null text, and say why in `ERROR`.
    Raises `InputError` where no column is known to hold text.
    """
    pa = arrow("cleaning tables")
    cleaned, records = _cleaned(rows_of_table(rows, fields_of(rows.column_names, given), _name), options)
    done = dict(zip(cleaned.places, records, strict=True))
    reasons = iter(cleaned.counts.failures)
    whole: list[Any] = [done.get(place, _FAILED) for place in range(rows.num_rows)]
    errors = [None if place in done else next(reasons)[1] for place in range(rows.num_rows)]
    made = table_of(rows, list(range(rows.num_rows)), whole, output_schema(rows.schema))
    return made.append_column(pa.field(ERROR, pa.string()), pa.array(errors, pa.string()))


def table_schema(columns: Any) -> Any:
    """The schema of what `clean_table` gives, for an input of the schema `columns`."""
    pa = arrow("cleaning tables")
    return output_schema(columns).append(pa.field(ERROR, pa.string()))


def clean_chunk(chunk: Chunk, file: str, options: Options, schema: Any) -> tuple[Any, Counts]:
    """Cleans some records of a file. Those that could not be cleaned are left out, and counted under the names of a local run.

    Parameters: `file` is the file's id; `schema` is the `pyarrow.Schema` of the output.
    """
    cleaned = clean_rows(cleaner_for(options), rows_of(chunk, file), lambda place: name_of(file, chunk.first + place), lambda _: None)
    cleaned.counts.skipped, cleaned.counts.fields = dict(chunk.skipped), chunk.read
    try:
        return table_of_chunk(chunk, cleaned, schema), cleaned.counts
    except InputError as error:
        counts = Counts(failed=chunk.count, failures=[(f"{name_of(file, chunk.first)}-{chunk.first + chunk.count}", str(error))])
        return schema.empty_table(), counts


def _cleaned(rows: Sequence[Row | InputError], options: Options) -> tuple[Cleaned, list[record.Record]]:
    cleaned = clean_rows(cleaner_for(options), rows, _name, lambda _: None)
    return cleaned, [_record(row, result) for row, result in zip(cleaned.rows, cleaned.results, strict=True)]


def _record(row: Row, result: Result) -> record.Record:
    """Engines cut tables as they like, so that a row's number says nothing: without an id of its own a record has none."""
    made = record_of(row, result)
    return made if row.own_id else msgspec.structs.replace(made, id=None)


def _name(place: int) -> str:
    return f"#{place + 1}"


class _Failed(msgspec.Struct, frozen=True):
    """Stands in for the record of a row that could not be cleaned."""

    id: None = None
    url: None = None
    title: None = None
    authors: None = None
    date: None = None
    language: None = None
    text: None = None
    spans: tuple[()] = ()
    warnings: None = None


_FAILED = _Failed()
