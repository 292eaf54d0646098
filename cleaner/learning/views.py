"""What the cleaner makes of a document while it knows nothing of its site: which blocks it keeps, and what it calls each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from cleaner.load.labels import labels
from cleaner.values import SPACE, Document, Result

#: the bit that says that a block stays, in the byte that holds its label's number
_KEPT = 128


class View(msgspec.Struct, frozen=True, gc=False):
    """What was made of a block."""

    kept: bool
    label: str


def view_of(document: Document, result: Result) -> list[View]:
    """The view of each block of a document, from the result of cleaning it. A block is what its first characters are."""
    views: list[View] = []
    spans = [span for span in result.spans if span.label != SPACE]
    at = 0
    for block in document.blocks:
        while at + 1 < len(spans) and spans[at].end <= block.start:
            at += 1
        views.append(View(spans[at].kept, spans[at].label))
    return views


def packed(views: Sequence[View]) -> bytes:
    """Views in a byte each."""
    numbers = {name: number for number, name in enumerate(labels())}
    return bytes(numbers[view.label] | (_KEPT if view.kept else 0) for view in views)


def unpacked(content: bytes) -> list[View]:
    """The inverse of `packed`."""
    names = tuple(labels())
    return [View(byte >= _KEPT, names[byte % _KEPT]) for byte in content]


def usual_label(views: Iterable[View]) -> str | None:
    """What is removed among these is called most often; None where nothing is."""
    count = Counter(view.label for view in views if not view.kept and not labels()[view.label].content)
    return min(count, key=lambda label: (-count[label], label), default=None)
