"""Spark: a data frame to a data frame of cleaned records, by `mapInArrow`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any

from cleaner.engines.tables import CleanTable
from cleaner.errors import MissingExtra
from cleaner.load.arrow import arrow
from cleaner.values import Options


def clean_dataframe(
    df: Any,
    *,
    options: Options | None = None,
    text_field: str | None = None,
    html_field: str | None = None,
    id_field: str | None = None,
    url_field: str | None = None,
    title_field: str | None = None,
) -> Any:
    """Cleans a data frame lazily, a record a row.

    Parameters: `df` is a `pyspark.sql.DataFrame`; `options` are the `cleaner.Options`; the fields name the columns that are read, None
    has them guessed.
    Returns a data frame with the columns that were there and those of a record (docs/scale.md); `error` says why a row could not be
    cleaned, whose `text` is null then.
    Raises `MissingExtra` without pyspark, `InputError` where no column is known to hold text.
    """
    try:
        types = importlib.import_module("pyspark.sql.pandas.types")
    except ImportError:
        raise MissingExtra("cleaning on Spark", "spark") from None
    pa = arrow("cleaning on Spark")
    clean = CleanTable(
        options, text_field=text_field, html_field=html_field, id_field=id_field, url_field=url_field, title_field=title_field
    )
    # An empty table first: what cannot work is said here, not by a worker an hour later.
    made = clean(types.to_arrow_schema(df.schema).empty_table()).schema
    return df.mapInArrow(_batches(clean, pa), types.from_arrow_schema(made))


def _batches(clean: CleanTable, pa: Any) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from clean(pa.Table.from_batches([batch])).to_batches()

    return run
