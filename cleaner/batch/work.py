"""One document: read, clean, render, write. What a worker process does."""

from __future__ import annotations

import traceback
from typing import Literal, TypeAlias

import msgspec

from cleaner.errors import CleanerError, OutputFull
from cleaner.parse.decode import decode
from cleaner.pipeline import Cleaner
from cleaner.render import ledger, record
from cleaner.sinks.atomic import write_file
from cleaner.sinks.places import Place
from cleaner.sources.files import read
from cleaner.sources.folders import Input
from cleaner.values import SPACE, Result

OutputFormat: TypeAlias = Literal["text", "markdown", "json", "jsonl"]

_HOLDS: dict[OutputFormat, ledger.Holds] = {"text": "text", "markdown": "other", "json": "json", "jsonl": "json"}


class Manner(msgspec.Struct, frozen=True):
    """What is made of every document."""

    format: OutputFormat = "text"
    #: a ledger entry
    ledger: bool = False
    #: nothing is written or passed on
    dry: bool = False
    #: the result goes back to the batch, for a report
    results: bool = False


class Task(msgspec.Struct, frozen=True):
    """A document and where its output belongs."""

    document: Input
    place: Place


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a document: small enough to be passed between processes."""

    task: Task
    #: why there is no output; None where there is one
    error: str | None = None
    #: no other document can be written either
    full: bool = False
    #: words of the input's text, and of the output's
    words: int = 0
    kept: int = 0
    #: label -> number of removed spans
    removed: dict[str, int] = {}
    warnings: tuple[str, ...] = ()
    #: the output, where the sink takes it
    content: bytes | None = None
    #: the ledger line
    entry: bytes | None = None
    result: Result | None = None


def work(cleaner: Cleaner, manner: Manner, task: Task) -> Outcome:
    """Cleans a document and writes its output where its place has a path. Never raises but for interrupts."""
    try:
        return _work(cleaner, manner, task)
    except OutputFull as error:
        return Outcome(task=task, error=str(error), full=True)
    except CleanerError as error:
        return Outcome(task=task, error=str(error))
    except OSError as error:
        return Outcome(task=task, error=f"cannot be read: {error.strerror or error}")
    except MemoryError:
        return Outcome(task=task, error="there is not enough memory for it: use fewer --jobs, or split it")
    except Exception as error:  # a fault of the program must not cost the other documents
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome(
            task=task,
            error=f"a fault of cleaner, please report it: {type(error).__name__}: {error} ({where.filename}, line {where.lineno})",
        )


def _work(cleaner: Cleaner, manner: Manner, task: Task) -> Outcome:
    document, place = task.document, task.place
    data = read(document.path, document.compression, cleaner.options.max_chars)
    result = clean_as(cleaner, document, data)
    written = b"" if manner.dry else rendered(document.id, result, manner.format)
    if place.path is not None and not manner.dry:
        write_file(place.path, written, replace=place.replace)
    removed: dict[str, int] = {}
    for span in result.spans:
        if not span.kept and span.label != SPACE:
            removed[span.label] = removed.get(span.label, 0) + 1
    words = len(result.source.split())
    return Outcome(
        task=task,
        words=words,
        kept=len(result.text.split()) if removed else words,
        removed=removed,
        warnings=result.warnings,
        content=written if place.path is None else None,
        entry=_entry(document, place, manner, data, written, result) if manner.ledger and not manner.dry else None,
        result=result if manner.results else None,
    )


def clean_as(cleaner: Cleaner, document: Input, data: bytes) -> Result:
    """Cleans a document as what its name says it is."""
    if document.kind == "html":
        return cleaner.clean_html(data)
    if document.kind == "text":
        return cleaner.clean_text(data)
    return cleaner.clean(data)


def rendered(id: str, result: Result, form: OutputFormat) -> bytes:
    """A result as the bytes of an output."""
    if form == "text":
        return record.utf8(result.text)
    if form == "markdown":
        return record.utf8(result.markdown())
    return record.json(id, result) if form == "json" else record.jsonl(id, result)


def _entry(document: Input, place: Place, manner: Manner, data: bytes, written: bytes, result: Result) -> bytes:
    layout = None
    if document.kind != "html":
        decoded = decode(data)
        if decoded.text == result.source:  # standard input may have been a page
            layout = ledger.Layout(decoded.encoding, decoded.mark, decoded.undecodable)
    return ledger.encode_entry(
        ledger.make_entry(
            document.id,
            place.output,
            holds=_HOLDS[manner.format],
            compression=document.compression,
            content=data,
            written=written,
            layout=layout,
            result=result,
        )
    )
