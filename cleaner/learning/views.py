"""What the cleaner makes of a document while it knows nothing of its site: how sure it is of each block, and what it calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from cleaner.load.labels import labels
from cleaner.values import SPACE, Document, Result

#: chances are kept in one byte
_STEPS = 255


class View(msgspec.Struct, frozen=True, gc=False):
    """What was thought of a block."""

    #: that it is content, 0 to 1
    chance: float
    #: what it was called; empty where it was called nothing that can be kept
    label: str


def view_of(document: Document, result: Result) -> list[View]:
    """The view of each block of a document, from the result of cleaning it. A block is what its first characters are."""
    views: list[View] = []
    spans = [span for span in result.spans if span.label != SPACE]
    at = 0
    for block in document.blocks:
        while at + 1 < len(spans) and spans[at].end <= block.start:
            at += 1
        span = spans[at]
        views.append(View(span.score if span.kept else 1 - span.score, span.label))
    return views


def packed(views: Sequence[View]) -> bytes:
    """Views in two bytes each; chances are rounded to 1/255."""
    numbers = {name: number for number, name in enumerate(labels())}
    return bytes(byte for view in views for byte in (round(view.chance * _STEPS), numbers.get(view.label, _STEPS)))


def unpacked(content: bytes) -> list[View]:
    """The inverse of `packed`."""
    names = dict(enumerate(labels()))
    return [View(content[at] / _STEPS, names.get(content[at + 1], "")) for at in range(0, len(content), 2)]


def usual_label(views: Iterable[View]) -> str | None:
    """What residue among these is called most often; None where there is none."""
    count = Counter(view.label for view in views if view.label and not labels()[view.label].content)
    return min(count, key=lambda label: (-count[label], label), default=None)
