"""A whole run: what was found goes to the workers, what they made goes to the sink, and all of it is counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from cleaner.batch.pool import in_order
from cleaner.batch.work import Manner, Outcome, Task
from cleaner.errors import OutputError, OutputFull
from cleaner.pipeline import Cleaner
from cleaner.sinks.names import Ids
from cleaner.sinks.places import Sink
from cleaner.sources.folders import Found, Input, Skipped, Unusable


class Tally(msgspec.Struct):
    """What a run came to."""

    #: documents cleaned
    documents: int = 0
    failed: int = 0
    #: finished by an earlier run
    done_before: int = 0
    #: kind of what a walk passed over -> how often
    skipped: dict[str, int] = msgspec.field(default_factory=dict)
    words: int = 0
    kept: int = 0
    #: label -> removed spans
    removed: Counter[str] = msgspec.field(default_factory=Counter)
    #: warning -> documents
    warnings: Counter[str] = msgspec.field(default_factory=Counter)
    seconds: float = 0.0
    interrupted: bool = False
    #: the run was given up: nothing more could be written
    full: bool = False


class Watch(Protocol):
    """Is told what happens while it happens."""

    def failed(self, name: str, reason: str) -> None:
        """A document has no output."""

    def skipped(self, name: str, reason: str) -> None:
        """A walk has passed over something that may surprise."""

    def cleaned(self, outcome: Outcome) -> None:
        """A document is finished."""

    def done_before(self, name: str) -> None:
        """A document was finished by an earlier run."""

    def note(self, text: str) -> None:
        """Something to tell about the output."""


def run(cleaner: Cleaner, found: Iterable[Found], sink: Sink, manner: Manner, *, jobs: int, watch: Watch) -> Tally:
    """Cleans all documents found.

    Returns what it came to, also after an interrupt. Raises `BrokenPipeError` where the reader of a stream has gone.
    """
    tally = Tally()
    begin = time.monotonic()
    outcomes = in_order(cleaner, manner, _tasks(found, sink, tally, watch), jobs)
    try:
        for outcome in outcomes:
            _take(outcome, sink, manner, tally, watch)
            if tally.full:
                break
    except KeyboardInterrupt:
        tally.interrupted = True
    finally:
        outcomes.close()  # type: ignore[attr-defined]
    try:
        note = sink.finish(whole=not tally.interrupted and not tally.full)
        if note:
            watch.note(note)
    except OutputError as error:
        _fail(error.path, error.reason, tally, watch)
        tally.full = isinstance(error, OutputFull)
    tally.seconds = time.monotonic() - begin
    return tally


def _tasks(found: Iterable[Found], sink: Sink, tally: Tally, watch: Watch) -> Iterator[Task]:
    ids = Ids()
    for thing in found:
        if isinstance(thing, Skipped):
            tally.skipped[thing.kind] = tally.skipped.get(thing.kind, 0) + 1
            if thing.told:
                watch.skipped(thing.path, thing.reason)
        elif isinstance(thing, Unusable):
            _fail(thing.path, thing.reason, tally, watch)
        else:
            document: Input = msgspec.structs.replace(thing, id=ids.give(thing.id))
            try:
                place = sink.place(document.id, document.stem)
            except OutputError as error:
                _fail(document.path or document.id, str(error), tally, watch)
                continue
            if place is None:
                tally.done_before += 1
                watch.done_before(document.id)
            else:
                yield Task(document, place)


def _take(outcome: Outcome, sink: Sink, manner: Manner, tally: Tally, watch: Watch) -> None:
    document = outcome.task.document
    error, full = outcome.error, outcome.full
    if error is None and not manner.dry:
        try:
            sink.accept(document.id, outcome.task.place, outcome.content, outcome.entry)
        except OutputError as reason:
            error, full = str(reason), isinstance(reason, OutputFull)
    if error is not None:
        tally.full = full
        _fail(document.path or document.id, error, tally, watch)
        return
    tally.documents += 1
    tally.words += outcome.words
    tally.kept += outcome.kept
    tally.removed.update(outcome.removed)
    tally.warnings.update(set(outcome.warnings))
    watch.cleaned(outcome)


def _fail(name: str, reason: str, tally: Tally, watch: Watch) -> None:
    tally.failed += 1
    watch.failed(name, reason)
