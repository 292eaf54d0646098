"""What changed between two results of one document: what goes now, what stays now, what is called otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from cleaner.load.labels import labels
from cleaner.render.report import Report
from cleaner.render.risk import word_count
from cleaner.render.sheets import GONE_BEFORE, GONE_SPACE, KEPT, KEPT_MARK, RELABELLED, REMOVED, Label, Piece
from cleaner.values import SPACE, Result, Span

What: TypeAlias = Literal["removed now", "kept now", "relabelled"]

_KINDS: dict[What, int] = {"removed now": REMOVED, "kept now": KEPT_MARK, "relabelled": RELABELLED}
_DESCRIPTIONS: dict[What, str] = {
    "removed now": "stayed in the first run and goes in the second",
    "kept now": "went in the first run and stays in the second",
    "relabelled": "goes in both runs, under another label",
}


class Change(msgspec.Struct, frozen=True):
    """A run of the second result's source on which the two differ."""

    start: int
    end: int
    what: What
    #: what each run says of it; of a source that has changed, the first run's is a span of its own
    before: Span
    after: Span

    @property
    def label(self) -> str:
        """The change as a label: what became of which."""
        if self.what == "relabelled":
            return f"relabelled: {self.before.label} → {self.after.label}"
        return f"{self.what}: {self.after.label if self.what == 'removed now' else self.before.label}"


def changes(before: Result, after: Result) -> list[Change]:
    """The changes from one result to another of the same document, in the order of the second's source.

    Where the sources differ, so that offsets say nothing, lines are compared by their words.
    """
    pairs = _by_offset(before, after) if before.source == after.source else _by_line(before, after)
    found: list[Change] = []
    for start, end, old, new in pairs:
        what = _what(old, new)
        if what is None or not after.source[start:end].strip():
            continue
        last = found[-1] if found else None
        if last is not None and last.before is old and last.after is new and not after.source[last.end : start].strip():
            found[-1] = msgspec.structs.replace(last, end=end)
        else:
            found.append(Change(start, end, what, old, new))
    return found


def add_changes(report: Report, id: str, site: str, before: Result, after: Result, found: Sequence[Change]) -> None:
    """Adds a document to the report of a comparison: its changes are marked, what went before too is grey."""
    for change in found:
        known = labels().get(change.after.label if change.what != "kept now" else change.before.label)
        report.know(Label(change.label, _DESCRIPTIONS[change.what], known.colour if known else "default"))
    report.add_pieces(id, site, after, _pieces(after, found), word_count(before.text), word_count(after.text))


def words_of(change: Change, after: Result) -> int:
    """How many words a change is on."""
    return word_count(after.source[change.start : change.end])


def _what(old: Span, new: Span) -> What | None:
    if old.kept != new.kept:
        return "kept now" if new.kept else "removed now"
    return "relabelled" if not new.kept and old.label != new.label and SPACE not in (old.label, new.label) else None


def _by_offset(before: Result, after: Result) -> Iterator[tuple[int, int, Span, Span]]:
    at = 0
    for new in after.spans:
        start = new.start
        while at < len(before.spans) and before.spans[at].start < new.end:
            old = before.spans[at]
            yield start, min(old.end, new.end), old, new
            start = min(old.end, new.end)
            if old.end > new.end:
                break
            at += 1


def _by_line(before: Result, after: Result) -> Iterator[tuple[int, int, Span, Span]]:
    """Spans whose words the other result has a span of; the first such is taken, and taken once."""
    known: dict[str, list[Span]] = {}
    for span in before.spans:
        words = " ".join(before.source[span.start : span.end].split())
        if words and span.label != SPACE:
            known.setdefault(words, []).append(span)
    for new in after.spans:
        words = " ".join(after.source[new.start : new.end].split())
        if words and new.label != SPACE and (same := known.get(words)):
            yield new.start, new.end, same.pop(0) if len(same) > 1 else same[0], new


def _pieces(after: Result, found: Sequence[Change]) -> Iterator[Piece]:
    at = 0
    for span in after.spans:
        start = span.start
        while at < len(found) and found[at].start < span.end:
            change = found[at]
            if start < change.start:
                yield _plain(span, start, change.start)
            end = min(change.end, span.end)
            reason = f"{change.before.label} {change.before.reason} → {change.after.label} {change.after.reason}"
            yield Piece(max(start, change.start), end, change.label, _KINDS[change.what], reason, change.after.score, span.role)
            start = end
            if change.end > span.end:
                break
            at += 1
        if start < span.end:
            yield _plain(span, start, span.end)


def _plain(span: Span, start: int, end: int) -> Piece:
    kind = KEPT if span.kept else GONE_SPACE if span.label == SPACE else GONE_BEFORE
    return Piece(start, end, span.label, kind, span.reason, span.score, span.role)
