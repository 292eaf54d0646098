"""One document, or some records of a file: read, clean, render, write. What a worker process does."""

from __future__ import annotations

import io

import msgspec

from cleaner.batch.records import clean_rows, name_of, rows_of, written
from cleaner.batch.told import told
from cleaner.errors import OutputFull
from cleaner.load.address import host, site_of
from cleaner.load.arrow import arrow, parquet, record_schema, to_stream
from cleaner.parse.decode import decode
from cleaner.pipeline import Cleaner
from cleaner.render import ledger, record
from cleaner.sinks.atomic import TEMPORARY, remove_quietly, remove_temporaries, temporary_name, write_file
from cleaner.sinks.counts import Counts
from cleaner.sinks.places import Finished, OutputFormat, Place
from cleaner.sources.files import pack, read
from cleaner.sources.folders import Input
from cleaner.sources.records import Chunk
from cleaner.values import Result
from cleaner.worker import Mark

_HOLDS: dict[OutputFormat, ledger.Holds] = {"text": "text", "markdown": "other", "json": "json", "jsonl": "json", "parquet": "other"}


class Manner(msgspec.Struct, frozen=True):
    """What is made of every document."""

    format: OutputFormat = "text"
    #: a ledger entry
    ledger: bool = False
    #: nothing is written or passed on
    dry: bool = False
    #: the result goes back to the batch, for a report
    results: bool = False
    #: the form that was asked for records in a folder; None for that of their file
    records: OutputFormat | None = None


class Task(msgspec.Struct, frozen=True):
    """A document and where its output belongs."""

    document: Input
    place: Place
    #: of a file of records: those that are to be cleaned
    chunk: Chunk | None = None

    def __len__(self) -> int:
        """Number of documents."""
        return 1 if self.chunk is None else self.chunk.count

    def part(self, start: int, stop: int) -> Task:
        """The same for some of the records."""
        # Whatever is there was written by the worker that has died.
        place = msgspec.structs.replace(self.place, replace=True) if self.place.path or self.place.folder else self.place
        return msgspec.structs.replace(self, place=place, chunk=self.chunk and self.chunk.part(start, stop))


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a document, or of some records: small enough to be passed between processes."""

    task: Task
    #: why there is no output; None where there is one, and for records, whose failures are counted
    error: str | None = None
    #: no other document can be written either
    full: bool = False
    counts: Counts = msgspec.field(default_factory=Counts)
    #: the output, where the sink takes it
    content: bytes | None = None
    #: the ledger line
    entry: bytes | None = None
    #: (id, result), for a report
    results: tuple[tuple[str, Result], ...] = ()

    @property
    def words(self) -> int:
        """Words of the input's text."""
        return self.counts.words

    @property
    def kept(self) -> int:
        """Words of the output."""
        return self.counts.kept

    @property
    def finished(self) -> Finished:
        """As the sink takes it."""
        task, chunk = self.task, self.task.chunk
        common = Finished(id=task.document.id, place=task.place, content=self.content, entry=self.entry, counts=self.counts)
        if chunk is None:
            return common
        return msgspec.structs.replace(common, first=chunk.first, count=chunk.count, last=chunk.last)


class Work:
    """What the workers of a run do. See `cleaner.worker.Job`."""

    def __init__(self, cleaner: Cleaner, manner: Manner, seconds: float | None) -> None:
        self.cleaner, self.manner, self.seconds = cleaner, manner, seconds

    def __call__(self, item: Task, mark: Mark) -> Outcome:
        """Cleans the task's documents."""
        return work(self.cleaner, self.manner, item, mark)

    def lost(self, item: Task, reason: str) -> Outcome:
        """A document whose worker has died."""
        if item.chunk is None:
            return Outcome(task=item, error=reason)
        counts = Counts()
        if item.chunk.count:
            counts.fail(_id_of(item), reason)
        return Outcome(task=without_rows(item), counts=counts)

    def buried(self, item: Task, process: int) -> None:
        """Removes what a worker that has ended early has half written."""
        if item.place.path is not None:
            remove_quietly(temporary_name(item.place.path, process))
        if item.place.folder is not None:
            remove_temporaries(item.place.folder, f".{process}{TEMPORARY}")


def work(cleaner: Cleaner, manner: Manner, task: Task, mark: Mark = lambda _: None) -> Outcome:
    """Cleans a document, or records, and writes outputs where the place has a path. Never raises but for interrupts."""
    try:
        return _work(cleaner, manner, task) if task.chunk is None else _work_records(cleaner, manner, task, task.chunk, mark)
    except OutputFull as error:
        return Outcome(task=without_rows(task), error=str(error), full=True)
    except Exception as error:  # a fault of the program must not cost the other documents
        return Outcome(task=without_rows(task), error=told(error))


def without_rows(task: Task) -> Task:
    """The task without what was to be cleaned: the way back is made shorter."""
    if task.chunk is not None:
        return msgspec.structs.replace(task, chunk=msgspec.structs.replace(task.chunk, rows=()))
    return msgspec.structs.replace(task, document=msgspec.structs.replace(task.document, content=None))


def _work(cleaner: Cleaner, manner: Manner, task: Task) -> Outcome:
    document, place = task.document, task.place
    form = place.form or manner.format
    data = document.content
    if data is None:
        data = read(document.path, document.compression, cleaner.options.max_chars)
    result = clean_as(cleaner, document, data)
    made = b"" if manner.dry else rendered(document.id, result, form, place.schema)
    if place.packing is not None:
        made = pack(made, place.packing)
    if place.path is not None and not manner.dry:
        write_file(place.path, made, replace=place.replace)
    counts = Counts()
    counts.take(result)
    return Outcome(
        task=without_rows(task),
        counts=counts,
        content=made if place.path is None else None,
        entry=_entry(document, place, form, data, made, result) if manner.ledger and not manner.dry else None,
        results=((document.id, result),) if manner.results else (),
    )


def _work_records(cleaner: Cleaner, manner: Manner, task: Task, chunk: Chunk, mark: Mark) -> Outcome:
    document = task.document
    left_out = {number - chunk.first for number in chunk.left_out}
    cleaned = clean_rows(cleaner, rows_of(chunk, document.id), lambda place: name_of(document.id, chunk.first + place), mark, left_out)
    content = None if manner.dry else written(chunk, cleaned, task.place, task.place.form or manner.format)
    cleaned.counts.skipped = dict(chunk.skipped)
    return Outcome(
        task=without_rows(task),
        counts=cleaned.counts,
        content=content,
        results=tuple((row.id, result) for row, result in zip(cleaned.rows, cleaned.results, strict=True)) if manner.results else (),
    )


def _id_of(task: Task) -> str:
    assert task.chunk is not None
    row = next(iter(rows_of(task.chunk, task.document.id)), None)
    return row.id if row is not None and not isinstance(row, Exception) else name_of(task.document.id, task.chunk.first)


def clean_as(cleaner: Cleaner, document: Input, data: bytes) -> Result:
    """Cleans a document as what its name says it is. The first folder of its id is its site, unless a page's address may say another."""
    site = site_of(document.id, None) or None
    if document.kind == "html":
        return cleaner.clean_html(data, site=host(site))
    if document.kind == "text":
        return cleaner.clean_text(data, site=site)
    return cleaner.clean(data)


def rendered(id: str, result: Result, form: OutputFormat, schema: bytes | None = None) -> bytes:
    """A result as the bytes of an output.

    Parameters: `schema` is the Arrow schema of a Parquet file in which it is one of many: the row is returned, not a file.
    """
    if form == "text":
        return record.utf8(result.text)
    if form == "markdown":
        return record.utf8(result.markdown())
    if form == "parquet":
        return _parquet(id, result, schema)
    return record.json(id, result) if form == "json" else record.jsonl(id, result)


def _parquet(id: str, result: Result, schema: bytes | None) -> bytes:
    from cleaner.render.table import table

    if schema is not None:
        pa = arrow("writing Parquet files")
        return to_stream(table([record.record(id, result)], pa.ipc.read_schema(pa.py_buffer(schema)), {}), compression="zstd")
    rows = table([record.record(id, result)], record_schema(), {})
    sink = io.BytesIO()
    parquet("writing Parquet files").write_table(rows, sink, compression="zstd")
    return sink.getvalue()


def _entry(document: Input, place: Place, form: OutputFormat, data: bytes, made: bytes, result: Result) -> bytes:
    layout = None
    if document.kind != "html":
        decoded = decode(data)
        if decoded.text == result.source:  # standard input may have been a page
            layout = ledger.Layout(decoded.encoding, decoded.mark, decoded.undecodable)
    return ledger.encode_entry(
        ledger.make_entry(
            document.id,
            place.output,
            holds=_HOLDS[form],
            compression=document.compression,
            content=data,
            written=made,
            layout=layout,
            result=result,
        )
    )
