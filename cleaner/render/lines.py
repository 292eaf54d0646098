"""A result as the lines of its source: what every diff and the page are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from cleaner.values import SPACE, Result, Span

State = Literal["blank", "kept", "removed", "mixed"]

_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


class Run(msgspec.Struct, frozen=True, gc=False):
    """The part of a span that lies in one line, without the line's end."""

    text: str
    span: Span

    @property
    def is_removal(self) -> bool:
        """Whether words go here, not white space alone."""
        return self.has_words and not self.span.kept and self.span.label != SPACE

    @property
    def has_words(self) -> bool:
        """Whether there is more than white space."""
        return bool(self.text) and not self.text.isspace()


class Line(msgspec.Struct, frozen=True):
    """A line of the source."""

    runs: tuple[Run, ...]
    #: whether the line break behind it is part of the body; False where the source ends without one
    break_kept: bool

    @property
    def source(self) -> str:
        """The line as it stands in the source."""
        return "".join([run.text for run in self.runs])

    @property
    def kept(self) -> str:
        """What the body has of it."""
        return "".join([run.text for run in self.runs if run.span.kept])

    @property
    def removals(self) -> tuple[Span, ...]:
        """The spans that take words out of it."""
        return tuple(run.span for run in self.runs if run.is_removal)

    @property
    def state(self) -> State:
        """What becomes of the line."""
        words = [run for run in self.runs if run.has_words]
        if not words:
            return "blank"
        if not any(run.is_removal for run in words):
            return "kept"
        return "mixed" if any(run.span.kept for run in words) else "removed"


def lines_of(result: Result) -> Iterator[Line]:
    """The lines of a result's source, in order. A last line without a line break counts, an empty one does not."""
    source, spans = result.source, result.spans
    at = number = 0
    while at < len(source):
        found = _END.search(source, at)
        end, following = found.span() if found else (len(source), len(source))
        runs: list[Run] = []
        while number < len(spans) and spans[number].start < end:
            span = spans[number]
            runs.append(Run(source[max(at, span.start) : min(end, span.end)], span))
            if span.end > end:
                break
            number += 1
        break_kept = False
        while number < len(spans) and spans[number].start < following:
            break_kept = break_kept or (spans[number].kept and spans[number].end > end)
            if spans[number].end > following:
                break
            number += 1
        yield Line(tuple(runs), break_kept)
        at = following


def note(span: Span) -> str:
    """Label, reason and score of a removal, as every view words them."""
    return f"{span.label} {span.reason} {span.score:g}"
