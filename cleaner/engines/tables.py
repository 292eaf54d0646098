"""`CleanTable`: a callable from `pyarrow.Table` to `pyarrow.Table`, for whatever hands out tables."""

from __future__ import annotations

from typing import Any

from cleaner.batch.tables import clean_table, table_schema
from cleaner.load.fields import Fields
from cleaner.values import Options


class CleanTable:
    """Cleans tables, a record a row. Picklable: in each process the rules are loaded once, when the first table comes.

    Parameters: `options` are the `cleaner.Options`; the fields name the columns that are read, None has them guessed.

    For Hugging Face datasets: `dataset.with_format("arrow").map(CleanTable(), batched=True)`.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        text_field: str | None = None,
        html_field: str | None = None,
        id_field: str | None = None,
        url_field: str | None = None,
        title_field: str | None = None,
    ) -> None:
        self.options = options or Options()
        self.fields = Fields(text=text_field, html=html_field, id=id_field, url=url_field, title=title_field)

    def __call__(self, table: Any) -> Any:
        """The table of cleaned records: a row for each row, in their order.

        Returns the columns that were there and those of a record (docs/scale.md); `error` says why a row could not be cleaned, whose
        `text` is null then.
        Raises `InputError` where no column is known to hold text, `MissingExtra` without pyarrow.
        """
        return clean_table(table, self.options, self.fields)

    def schema(self, columns: Any) -> Any:
        """The `pyarrow.Schema` of what comes out for tables of the schema `columns`."""
        return table_schema(columns)
