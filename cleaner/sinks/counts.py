"""What documents came to, in numbers that add up: over chunks, and over the halves of a resumed run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from cleaner.load.fields import Fields
from cleaner.values import SPACE, Result


class Counts(msgspec.Struct, omit_defaults=True):
    """Numbers of a document, or of several."""

    #: documents cleaned
    documents: int = 0
    failed: int = 0
    #: words of the inputs' texts, and of the outputs'
    words: int = 0
    kept: int = 0
    #: label -> removed spans
    removed: dict[str, int] = msgspec.field(default_factory=dict)
    #: reason -> removed spans
    reasons: dict[str, int] = msgspec.field(default_factory=dict)
    #: warning -> documents
    warnings: dict[str, int] = msgspec.field(default_factory=dict)
    #: kind of what was passed over in a file of records -> how often
    skipped: dict[str, int] = msgspec.field(default_factory=dict)
    #: kind of files of records -> what was read of them
    fields: dict[str, Fields] = msgspec.field(default_factory=dict)
    #: (document, why it failed), for the documents of a file of records
    failures: list[tuple[str, str]] = msgspec.field(default_factory=list)

    def take(self, result: Result) -> None:
        """Counts a result."""
        source = result.source
        gone = [span for span in result.spans if not span.kept and span.label != SPACE]
        _add(self.removed, Counter([span.label for span in gone]))
        _add(self.reasons, Counter([span.reason for span in gone]))
        kept = len(result.text.split())
        self.documents += 1
        self.kept += kept
        # Splitting what went is cheaper than splitting the whole source.
        self.words += kept + (len(" ".join([source[span.start : span.end] for span in gone]).split()) if gone else 0)
        _add(self.warnings, dict.fromkeys(result.warnings, 1))

    def fail(self, id: str, reason: str) -> None:
        """Counts a document that failed."""
        self.failed += 1
        self.failures.append((id, reason))

    def add(self, other: Counts) -> None:
        """Adds another's numbers."""
        self.documents += other.documents
        self.failed += other.failed
        self.words += other.words
        self.kept += other.kept
        self.failures.extend(other.failures)
        self.fields.update(other.fields)
        for name in ("removed", "reasons", "warnings", "skipped"):
            _add(getattr(self, name), getattr(other, name))


def total(parts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    whole = Counts()
    for part in parts:
        whole.add(part)
    return whole


def _add(numbers: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        numbers[name] = numbers.get(name, 0) + number
