"""Long stretches of what stays, folded: a reader of a diff looks for what goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from cleaner.render.lines import Line
from cleaner.values import Span

#: a stretch of up to this many paragraphs is shown whole
_SHORT = 4


class Fold(msgspec.Struct, frozen=True):
    """Paragraphs that stay and are not shown."""

    paragraphs: int

    def __str__(self) -> str:
        return f"{self.paragraphs} paragraph{'' if self.paragraphs == 1 else 's'} kept"


def folded(lines: Iterable[Line]) -> Iterator[Line | Fold]:
    """The lines, with a fold in place of all but the first and last paragraph of a long stretch that stays.

    At the source's start and end nothing goes on the outer side, so there no paragraph is shown on that side.
    """
    stretch: list[Line] = []
    is_first = True
    for line in lines:
        if line.state in ("kept", "blank"):
            stretch.append(line)
            continue
        yield from _shortened(stretch, is_first=is_first, is_last=False)
        yield line
        stretch, is_first = [], False
    yield from _shortened(stretch, is_first=is_first, is_last=True)


def _shortened(stretch: list[Line], *, is_first: bool, is_last: bool) -> Iterator[Line | Fold]:
    starts = _paragraph_starts(stretch)
    count = len(starts)
    if count <= _SHORT:
        yield from stretch
        return
    head = 0 if is_first else 1
    tail = 0 if is_last else 1
    yield from stretch[: starts[head] if head else 0]
    yield Fold(count - head - tail)
    if tail:
        yield from stretch[starts[-1] :]


def _paragraph_starts(stretch: list[Line]) -> list[int]:
    """Where paragraphs begin; a wrapped one lies over several lines and is one span."""
    starts: list[int] = []
    last: Span | None = None
    for number, line in enumerate(stretch):
        if line.state == "blank":
            continue
        if line.runs[0].span is not last:
            starts.append(number)
        last = line.runs[-1].span
    return starts
