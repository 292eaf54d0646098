"""Lists on standard output: aligned on a terminal, parted by tabs for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence


def show(columns: Sequence[str], rows: Iterable[Sequence[str]], colours: Sequence[str] | None = None) -> None:
    """Prints a table. Parameters: `colours` has one of `rich` for each row."""
    listed = list(rows)
    if not sys.stdout.isatty():
        for row in listed:
            print("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD)
    for number, row in enumerate(listed):
        first = Text(row[0], style=colours[number] if colours else "")
        table.add_row(first, *map(Text, row[1:]))
    Console().print(table)
