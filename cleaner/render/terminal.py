"""Diffs on a terminal: coloured by label where there are colours, marked by signs where there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from cleaner.errors import OptionError
from cleaner.render.folding import folded
from cleaner.render.inline import colour_of, coloured_lines, plain_lines
from cleaner.render.lines import lines_of
from cleaner.render.side import side_lines
from cleaner.render.unified import Row, unified_rows
from cleaner.render.visible import visible_line
from cleaner.values import SPACE, Result, Span

STYLES = ("inline", "side", "unified")


def print_diff(console: Console, name: str, result: Result, style: str, *, whole: bool = False) -> None:
    """Prints what was removed from a document and why.

    Parameters: `style` is `inline`, `side` or `unified`; `whole` also shows long stretches that stay.
    Raises `OptionError` for any other style.
    """
    check_style(style)
    for text in _head(console, name, result):
        _print(console, text)
    for text in diff_lines(console, result, style, whole=whole):
        _print(console, text)


def check_style(style: str) -> None:
    """Raises `OptionError` for a style that does not exist."""
    if style not in STYLES:
        raise OptionError("style", style, f"must be one of {', '.join(STYLES)}")


def diff_lines(console: Console, result: Result, style: str, *, whole: bool) -> Iterator[Text]:
    """The lines of a diff, without its head."""
    lines = lines_of(result)
    plain = not has_colours(console)
    if style == "unified":
        yield from _unified(result, plain=plain, whole=whole)
    elif style == "side":
        yield from side_lines(console, lines if whole else folded(lines), plain=plain)
    elif plain:
        yield from map(Text, plain_lines(lines if whole else folded(lines)))
    else:
        yield from coloured_lines(console, lines if whole else folded(lines), _removals(result))


def has_colours(console: Console) -> bool:
    """Whether removals can be told by colour there."""
    return console.color_system is not None and not console.no_color


def _print(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)


def _removals(result: Result) -> list[Span]:
    return [span for span in result.spans if not span.kept and span.label != SPACE]


def _head(console: Console, name: str, result: Result) -> Iterator[Text]:
    """The document's name, how much of it stays, and what goes, by label."""
    total, kept = len(result.source.split()), len(result.text.split())
    counts = Counter(span.label for span in _removals(result)).most_common()
    summary = f"{kept:,} of {total:,} words kept" if counts else f"nothing removed from {total:,} words"
    warnings = "".join(f", {visible_line(warning)}" for warning in result.warnings)
    if not has_colours(console):
        labels = ", ".join(f"{visible_line(label)} {count}" for label, count in counts)
        yield Text(f"# {visible_line(name)}: {summary}{warnings}{f'; {labels}' if labels else ''}")
        return
    yield Text()
    yield Text(" ").append(visible_line(name), Style(bold=True)).append(f"   {summary}{warnings}", Style(dim=True))
    yield from _legend(console, counts)
    yield Text()


def _legend(console: Console, counts: list[tuple[str, int]]) -> Iterator[Text]:
    """The labels in their colours with how often they were removed, on as many lines as they need."""
    sign = "*" if console.options.ascii_only else "■"
    row = Text()
    for label, count in counts:
        entry = Text(f" {sign} ", Style(color=colour_of(label))).append(f"{visible_line(label)} {count} ", Style(color="default"))
        if row and row.cell_len + entry.cell_len > console.width:
            yield row
            row = Text()
        row.append_text(entry)
    if row:
        yield row


def _unified(result: Result, *, plain: bool, whole: bool) -> Iterator[Text]:
    yield Text("--- source", Style(bold=not plain))
    yield Text("+++ body", Style(bold=not plain))
    context = result.source.count("\n") + result.source.count("\r") + 3 if whole else 3
    for row in unified_rows(lines_of(result), context=context):
        yield Text(str(row)) if plain else _coloured_row(row)


def _coloured_row(row: Row) -> Text:
    if row.sign == "@":
        return Text(row.text, Style(color="cyan"))
    if row.sign == "+":
        return Text(str(row), Style(color="green"))
    if row.sign == "-":
        colour = Style(color=colour_of(row.removals[0].label) if row.removals else "bright_black")
        return Text(f"-{row.text}", colour).append(row.comment, Style(dim=True))
    return Text(str(row))
