"""A unified diff from source to body, as patch tools and reviewers know it, with the reason behind each removed line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from cleaner.render.lines import Line, note
from cleaner.render.visible import visible, visible_line
from cleaner.values import Span

Sign = Literal[" ", "-", "+", "@"]

#: lines that stay, shown around each change
_CONTEXT = 3


class Row(msgspec.Struct, frozen=True):
    """A line of a unified diff."""

    sign: Sign
    text: str
    #: what takes words out of a line with the sign `-`
    removals: tuple[Span, ...] = ()

    @property
    def comment(self) -> str:
        """Labels, reasons and scores behind the line, or an empty string."""
        return f"  # {'; '.join(visible_line(note(span)) for span in self.removals)}" if self.removals else ""

    def __str__(self) -> str:
        return f"{'' if self.sign == '@' else self.sign}{self.text}{self.comment}"


def unified_rows(lines: Iterable[Line], *, context: int = _CONTEXT) -> Iterator[Row]:
    """The hunks of the diff, each after a row with the sign `@`; nothing where nothing changed."""
    pending: list[Row] = []
    hunk: list[Row] = []
    before = after = 1
    for row in _rows(lines):
        if row.sign == " ":
            pending.append(row)
            if hunk and len(pending) > 2 * context:
                hunk += pending[:context]
                yield from _hunk(hunk, before, after)
                before, after = _advanced(hunk, before, after)
                hunk, pending = [], pending[context:]
        else:
            if not hunk and len(pending) > context:
                before, after = _advanced(pending[: len(pending) - context], before, after)
                pending = pending[len(pending) - context :]
            hunk += [*pending, row]
            pending = []
    if hunk:
        yield from _hunk(hunk + pending[:context], before, after)


def _advanced(rows: list[Row], before: int, after: int) -> tuple[int, int]:
    """The line numbers in source and body behind these rows."""
    return before + sum(row.sign != "+" for row in rows), after + sum(row.sign != "-" for row in rows)


def _hunk(rows: list[Row], before: int, after: int) -> Iterator[Row]:
    following = _advanced(rows, before, after)
    old, new = following[0] - before, following[1] - after
    yield Row("@", f"@@ -{before - (old == 0)},{old} +{after - (new == 0)},{new} @@")
    yield from rows


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    """All lines of source and body. The lines with ` ` and `-` are the source, those with ` ` and `+` are the body."""
    group: list[Line] = []
    kept: list[str] = []
    for line in lines:
        group.append(line)
        if line.kept:
            kept.append(line.kept)
        if line.break_kept or not kept:
            yield from _settled(group, "".join(kept) if line.break_kept else None)
            group, kept = [], []
    if group:
        yield from _settled(group, "".join(kept) or None)


def _settled(group: list[Line], body: str | None) -> Iterator[Row]:
    """Source lines that come to one line of the body, or to none."""
    same = next((number for number, line in enumerate(group) if line.source == body), None)
    for number, line in enumerate(group):
        if number == same:
            yield Row(" ", visible(line.source))
        else:
            yield Row("-", visible(line.source), line.removals)
    if same is None and body is not None:
        yield Row("+", visible(body))
