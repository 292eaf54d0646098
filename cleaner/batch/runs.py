"""A run's output read back as results: for the review page, and to compare two runs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec

from cleaner.batch.restore import is_lines, ledger_of
from cleaner.errors import CleanerError, RestoreError
from cleaner.load.below import leads_out, read_below
from cleaner.render.ledger import Entry, check_output, decode_entry, restored_text
from cleaner.sinks.lines import whole_lines
from cleaner.values import Result, Span


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a run."""

    id: str
    #: what the run made of it; None where that cannot be read back
    result: Result | None = None
    #: why not
    error: str | None = None


class _Facts(msgspec.Struct, frozen=True):
    """What a record says of a document beside its text."""

    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


_facts = msgspec.json.Decoder(_Facts)


def read_run(output: str) -> Iterator[Ran]:
    """The documents of a run that was made with `--ledger`, in the ledger's order.

    Parameters: `output` is an output folder, or a JSONL output.
    Raises `RestoreError` where there is no ledger, or it is none.
    """
    ledger, _ = ledger_of(output)
    one_file = not os.path.isdir(output)
    records = whole_lines(output) if one_file and is_lines(ledger) else None
    for line in whole_lines(ledger):
        entry = decode_entry(line, ledger)
        if leads_out(entry.output):
            yield Ran(id=entry.id, error="the ledger leads out of the folder: it was changed, and is not followed")
            continue
        path = output if one_file else os.path.join(output, *entry.output.split("/"))
        written = next(records, b"") if records is not None else None
        try:
            if written is None:
                written = read_below(path)
            yield Ran(id=entry.id, result=_result(entry, written, path))
        except CleanerError as error:
            yield Ran(id=entry.id, error=str(error))
        except OSError as error:
            yield Ran(id=entry.id, error=f"{path}: cannot be read: {error.strerror or error}")


def _result(entry: Entry, written: bytes, path: str) -> Result:
    check_output(entry, written, path)
    source = restored_text(entry, written, path)
    spans = tuple(
        Span(start=span.start, end=span.end, label=span.label, kept=span.kept, reason=span.reason, score=span.score, role=span.role)
        for span in entry.spans
    )
    try:
        facts = _facts.decode(written) if entry.holds == "json" else _Facts()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RestoreError(path, f"is no record ({error}): it was changed after cleaning") from error
    return Result(
        text="".join([source[span.start : span.end] for span in spans if span.kept]),
        title=facts.title,
        authors=facts.authors,
        date=facts.date,
        language=facts.language,
        url=facts.url,
        source=source,
        spans=spans,
        warnings=facts.warnings,
    )
