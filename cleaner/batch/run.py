"""A whole run: what was found goes to the workers, what they made goes to the sink, and all of it is counted."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Literal, Protocol, TypeAlias, cast

import msgspec

from cleaner.batch.pool import in_order
from cleaner.batch.records import schema_of
from cleaner.batch.work import Manner, Outcome, Task
from cleaner.errors import CleanerError, OutputError, OutputFull
from cleaner.load.fields import Fields
from cleaner.pipeline import Cleaner
from cleaner.sinks.counts import Counts, total
from cleaner.sinks.names import Ids
from cleaner.sinks.places import Files, Place, Sink
from cleaner.sources.folders import Found, Input, Skipped, Unusable
from cleaner.sources.formats import RECORDS
from cleaner.sources.records import chunks, standard_input

Kind: TypeAlias = Literal["jsonl", "parquet", "warc"]


class Tally(msgspec.Struct):
    """What a run came to."""

    #: what this run has done
    own: Counts = msgspec.field(default_factory=Counts)
    #: all that is in the output, that of earlier runs included, and what failed
    whole: Counts = msgspec.field(default_factory=Counts)
    #: documents that an earlier run has finished
    done_before: int = 0
    #: kind of what a walk, or a file of records, passed over -> how often
    skipped: dict[str, int] = msgspec.field(default_factory=dict)
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
        """A document, or some records, are finished."""

    def done_before(self, name: str, size: int) -> None:
        """A document of so many bytes was finished by an earlier run."""

    def passed(self, size: int) -> None:
        """So many more bytes of the input are dealt with."""

    def note(self, text: str) -> None:
        """Something to tell about the input or the output."""


def run(
    cleaner: Cleaner, found: Iterable[Found], sink: Sink, manner: Manner, *, jobs: int, watch: Watch, fields: Fields | None = None
) -> Tally:
    """Cleans all documents found.

    Parameters: `fields` are those of records that the user has named.
    Returns what it came to, also after an interrupt. Raises `BrokenPipeError` where the reader of a stream has gone.
    """
    one = _Run(cleaner, sink, manner, watch, fields or Fields())
    tally = one.tally
    begin = time.monotonic()
    outcomes = in_order(cleaner, manner, one.tasks(found), jobs, late=one.late)
    try:
        for outcome in outcomes:
            one.take(outcome)
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
        one.fail(error.path, error.reason)
        tally.full = isinstance(error, OutputFull)
    tally.seconds = time.monotonic() - begin
    tally.done_before = sink.earlier.documents + sink.earlier.failed
    tally.whole = total((tally.own, sink.earlier))
    for kind, number in tally.whole.skipped.items():
        tally.skipped[kind] = tally.skipped.get(kind, 0) + number
    return tally


class _Run:
    def __init__(self, cleaner: Cleaner, sink: Sink, manner: Manner, watch: Watch, fields: Fields) -> None:
        self._cleaner, self._sink, self._manner, self._watch, self._fields = cleaner, sink, manner, watch, fields
        self._max_chars = cleaner.options.max_chars
        #: file of records under way -> its bytes that are dealt with
        self._position: tuple[str, int] = ("", 0)
        #: ways of reading records that were told
        self._said: list[Fields] = []
        self.tally = Tally()

    def tasks(self, found: Iterable[Found]) -> Iterator[Task]:
        """What the workers have to do."""
        ids = Ids()
        for thing in found:
            if isinstance(thing, Skipped):
                self.tally.skipped[thing.kind] = self.tally.skipped.get(thing.kind, 0) + 1
                if thing.told:
                    self._watch.skipped(thing.path, thing.reason)
            elif isinstance(thing, Unusable):
                self.fail(thing.path, thing.reason)
            else:
                yield from self._tasks_of(msgspec.structs.replace(thing, id=ids.give(thing.id)))

    def _tasks_of(self, document: Input) -> Iterator[Task]:
        try:
            if document.path is None:
                document = standard_input(document, self._fields, max_chars=self._max_chars)
            if document.kind in RECORDS:
                yield from self._records(document)
                return
            place = self._sink.place(document.id, document.stem)
        except (CleanerError, OSError) as error:
            reason = str(error) if isinstance(error, CleanerError) else f"cannot be read: {error.strerror or error}"
            self.fail(document.path or document.id, reason)
            self._watch.passed(document.size)
            return
        if place is None:
            self._watch.done_before(document.id, document.size)
        else:
            yield Task(document, place)

    def _records(self, document: Input) -> Iterator[Task]:
        """The records of a file, a chunk a task."""
        place = self._sink.place_records(Files(document.id, document.stem, cast(Kind, document.kind), document.compression))
        if place is None:
            self._watch.done_before(document.id, document.size)
            return
        fields: Fields | None = None
        left_out, document = document.left_out, msgspec.structs.replace(document, left_out=frozenset())
        for chunk in chunks(document, self._fields, skip=place.done, max_chars=self._max_chars):
            if fields is None:
                fields = chunk.fields
                self._say(document, fields)
                place = self._with_schema(place, schema_of(chunk) if self._form(place) == "parquet" else None)
            if left_out:
                own = range(chunk.first, chunk.first + chunk.count)
                chunk = msgspec.structs.replace(chunk, left_out=tuple(number for number in own if number in left_out))
            yield Task(document, place, chunk)

    def _form(self, place: Place) -> str:
        return place.form or self._manner.format

    def _with_schema(self, place: Place, schema: bytes | None) -> Place:
        if schema is None or self._manner.dry:
            return place
        return msgspec.structs.replace(place, schema=self._sink.schema(place, schema))

    def _say(self, document: Input, fields: Fields) -> None:
        """What is read of records, once for each way."""
        if fields.said and fields not in self._said:
            self._said.append(fields)
            self._watch.note(f"{document.id}: {fields.said}")

    def take(self, outcome: Outcome) -> None:
        """Hands an outcome to the sink and counts it."""
        task, chunk = outcome.task, outcome.task.chunk
        document = task.document
        error, full, counts = outcome.error, outcome.full, outcome.counts
        if error is not None and chunk is not None and not full:
            # Nothing of them can be written, and others may be.
            last = chunk.first + chunk.count
            counts = Counts(failed=max(chunk.count, 1), failures=[(f"{document.id}#{chunk.first + 1}-{last}", error)])
            outcome = msgspec.structs.replace(outcome, error=None, counts=counts, content=None)
            error = None
        if chunk is not None and error is None:
            counts.fields = chunk.read
            if chunk.error is not None:
                counts.fail(document.id, chunk.error)
        if error is None and not self._manner.dry:
            try:
                self._sink.accept(outcome.finished)
            except OutputError as reason:
                error, full = str(reason), isinstance(reason, OutputFull)
        self._watch.passed(self._progress(outcome))
        if error is not None:
            self.tally.full = full
            self.fail(document.path or document.id, error)
            return
        self.tally.own.add(counts)
        for id, why in counts.failures:
            self._watch.failed(id, why)
        self._watch.cleaned(outcome)

    def late(self, outcome: Outcome) -> None:
        """After an interrupt, a document before which another is missing: it counts where it has a file of its own."""
        if outcome.task.chunk is None and outcome.task.place.path is not None:
            self.take(outcome)

    def _progress(self, outcome: Outcome) -> int:
        document, chunk = outcome.task.document, outcome.task.chunk
        if chunk is None:
            return document.size
        before = self._position[1] if self._position[0] == document.id else 0
        now = document.size if chunk.last else max(before, min(chunk.position, document.size))
        self._position = (document.id, now)
        return now - before

    def fail(self, name: str, reason: str) -> None:
        """Counts and tells a document that has no output."""
        self.tally.own.fail(name, reason)
        self._watch.failed(name, reason)
