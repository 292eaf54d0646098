"""What a report holds: documents, their runs and marks, labels, totals."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cleaner.values import SPACE, Result

#: what a run of a document is on the page
REMOVED, KEPT, GONE_BEFORE, KEPT_MARK, RELABELLED, GONE_SPACE = range(6)
#: kinds that can be stepped to, filtered and counted
MARKS = frozenset({REMOVED, KEPT_MARK, RELABELLED})


class Run(msgspec.Struct, frozen=True, array_like=True):
    """A run of a document's source; a sheet's runs tile it. An array in the page's data."""

    #: one past the last character, in code points
    end: int
    #: place in the report's labels, kinds above, place in its reasons
    label: int
    kind: int
    reason: int
    #: how sure, in ten-thousandths
    score: int
    role: int


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A run that can be stepped to."""

    start: int
    end: int
    label: int
    kind: int
    reason: int
    score: int
    words: int
    #: place in the report's groups
    group: int
    #: how much it should be looked at, in thousandths
    risk: int


class Row(msgspec.Struct, frozen=True):
    """A document in the report's index."""

    id: str
    title: str | None
    #: place in the report's sites
    site: int
    words: int
    kept: int
    warnings: tuple[str, ...]
    language: str | None
    url: str | None
    authors: tuple[str, ...]
    date: str | None
    marks: tuple[Mark, ...]


class Text(msgspec.Struct, frozen=True):
    """A document's text in the report."""

    source: str
    runs: tuple[Run, ...]


class Label(msgspec.Struct, frozen=True):
    """A label as the report shows it."""

    name: str
    description: str
    #: one of the terminal's sixteen
    colour: str
    is_content: bool = False


class Piece(msgspec.Struct, frozen=True):
    """A run of a document on its way into a report."""

    start: int
    end: int
    label: str
    kind: int
    reason: str
    score: float
    role: str


class Totals(msgspec.Struct):
    """What all documents come to, those that are not shown included."""

    documents: int = 0
    words: int = 0
    kept: int = 0
    #: removals
    marks: int = 0
    #: documents that are counted and not shown
    left_out: int = 0
    #: place of a label -> removals and their words
    by_label: dict[int, tuple[int, int]] = {}
    #: warning -> documents
    warnings: dict[str, int] = {}


def pieces_of(result: Result) -> Iterable[Piece]:
    """The runs of a result: removals, what a reviewer kept, and the rest."""
    for span in result.spans:
        if span.label == SPACE or result.source[span.start : span.end].isspace():
            kind = KEPT if span.kept else GONE_SPACE  # struck out it would be a mark on nothing
        elif span.kept:
            kind = KEPT_MARK if span.reason == "reviewed" else KEPT
        else:
            kind = REMOVED
        yield Piece(span.start, span.end, span.label, kind, span.reason, span.score, span.role)
