"""Source and body side by side, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from cleaner.render.folding import Fold
from cleaner.render.inline import colour_of, marked, squeezed, struck
from cleaner.render.lines import Line, note
from cleaner.render.visible import visible, visible_line

#: no column is wider, however wide the terminal
_WIDEST = 88
_SIGNS = {"blank": "│", "kept": "│", "removed": "<", "mixed": "~"}
_ASCII_SIGNS = {**_SIGNS, "blank": "|", "kept": "|"}


def side_lines(console: Console, rows: Iterable[Line | Fold], *, plain: bool) -> Iterator[Text]:
    """The rows in two columns; where a line goes, its label and reason stand in the body's column, behind `#`."""
    width = max(16, min(_WIDEST, (console.width - 3) // 2))
    signs = _ASCII_SIGNS if console.options.ascii_only else _SIGNS
    dim = Style(dim=not plain)
    yield _columns(Text("source", dim), Text("body", dim), width, Text(f" {signs['kept']} ", dim))
    for row in squeezed(rows):
        if isinstance(row, Fold):
            yield Text(f"… {row} …".center(2 * width + 3).rstrip(), Style(dim=not plain, italic=not plain))
            continue
        removals = row.removals
        left = Text(marked_in_part(row)) if plain else struck(row)
        right: list[Text] = [] if row.state == "removed" else list(Text(visible(row.kept.strip())).wrap(console, width, overflow="fold"))
        for span in dict.fromkeys(removals):
            style = Style() if plain else Style(color=colour_of(span.label), dim=True, italic=True)
            right.extend(Text(f"# {visible_line(note(span))}", style).wrap(console, width, overflow="fold"))
        style = Style(color=colour_of(removals[0].label)) if removals and not plain else dim
        sign = Text(f" {signs[row.state]} ", style)
        wrapped = left.wrap(console, width, overflow="fold")
        for number in range(max(len(wrapped), len(right))):
            yield _columns(
                wrapped[number] if number < len(wrapped) else Text(), right[number] if number < len(right) else Text(), width, sign
            )


def marked_in_part(line: Line) -> str:
    """A line without colours: signs around the removals where only a part of it goes."""
    return marked(line, notes=False) if line.state == "mixed" else visible(line.source)


def _columns(left: Text, right: Text, width: int, sign: Text) -> Text:
    row = left.copy()
    row.rstrip()
    row.append(" " * max(0, width - row.cell_len)).append_text(sign)
    row.append_text(right)
    row.rstrip()
    return row
