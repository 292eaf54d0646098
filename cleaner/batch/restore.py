"""From a cleaned file and its ledger back to the input's bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec

from cleaner.errors import CleanerError, OutputFull, RestoreError
from cleaner.load.below import leads_out, read_below
from cleaner.parse.decode import Decoded, encode
from cleaner.render.ledger import Entry, check_output, decode_entry, digest, restored_page, restored_text
from cleaner.sinks.atomic import write_file
from cleaner.sinks.folder import LEDGER
from cleaner.sinks.lines import whole_lines
from cleaner.sinks.onefile import ledger_beside
from cleaner.sources.files import pack


class Restored(msgspec.Struct, frozen=True):
    """What became of one entry of a ledger."""

    id: str
    #: where the input's bytes are now
    path: str
    #: why they are not
    error: str | None = None
    #: worth knowing all the same
    note: str | None = None


def restore(cleaned: str, folder: str, *, replace: bool) -> Iterator[Restored]:
    """Puts back what was removed.

    Parameters: `cleaned` is an output folder with a ledger, a JSONL output with its ledger beside it, or one file of an output folder;
    `folder` takes the restored files.
    Raises `RestoreError` where there is no ledger, `OutputFull` where nothing can be written.
    """
    ledger, only = ledger_of(cleaned)
    one_file = only is None and not os.path.isdir(cleaned)
    records = whole_lines(cleaned) if one_file and is_lines(ledger) else None
    found = False
    for line in whole_lines(ledger):
        entry = decode_entry(line, ledger)
        if only is not None and entry.output != only:
            continue
        found = True
        output = cleaned if one_file or only is not None else os.path.join(cleaned, *entry.output.split("/"))
        written = next(records, b"") if records is not None else None
        yield _restore_one(entry, output, written, folder, replace)
    if only is not None and not found:
        raise RestoreError(cleaned, f"the ledger {ledger} does not know this file")


def ledger_of(cleaned: str) -> tuple[str, str | None]:
    """The ledger of an output, and the one output that is meant, if it is one of many."""
    if os.path.isdir(cleaned):
        ledger = os.path.join(cleaned, LEDGER)
        if os.path.isfile(ledger):
            return ledger, None
        raise RestoreError(cleaned, f"there is no {LEDGER}: only what was cleaned with --ledger can be restored")
    if not os.path.isfile(cleaned):
        raise RestoreError(cleaned, "there is no such file or folder")
    beside = ledger_beside(cleaned)
    if os.path.isfile(beside):
        return beside, None
    folder, below = os.path.split(os.path.abspath(cleaned))
    while True:
        ledger = os.path.join(folder, LEDGER)
        if os.path.isfile(ledger) and ledger != os.path.abspath(cleaned):
            return ledger, below.replace(os.sep, "/")
        above, name = os.path.split(folder)
        if above == folder:
            raise RestoreError(cleaned, "there is no ledger for it: only what was cleaned with --ledger can be restored")
        folder, below = above, os.path.join(name, below)


def is_lines(ledger: str) -> bool:
    """Whether the ledger is of a JSONL file: its entries name the same output, line for line."""
    first = next(whole_lines(ledger), None)
    return first is not None and decode_entry(first, ledger).output.endswith(".jsonl")


def _restore_one(entry: Entry, output: str, written: bytes | None, folder: str, replace: bool) -> Restored:
    path = os.path.join(folder, *entry.id.split("/"))
    if leads_out(entry.id) or (written is None and leads_out(entry.output)):
        return Restored(entry.id, path, "the ledger leads out of the folder: it was changed, and is not followed")
    try:
        if written is None:
            written = read_below(output)
        check_output(entry, written, output)
        content = restored_page(entry, output) if entry.page is not None else _encoded(entry, restored_text(entry, written, output))
        if digest(content) != entry.input_sha256:
            raise RestoreError(
                path, f"would have SHA-256 {digest(content)}, the ledger says {entry.input_sha256} of the input: the ledger was changed"
            )
        write_file(path, pack(content, entry.compression), replace=replace)
    except OutputFull:
        raise
    except OSError as error:
        return Restored(
            entry.id, path, str(error) if isinstance(error, CleanerError) else f"{output}: cannot be read: {error.strerror or error}"
        )
    except CleanerError as error:
        return Restored(entry.id, path, str(error))
    note = f"packed anew with {entry.compression}: the same content, other bytes around it" if entry.compression else None
    return Restored(entry.id, path, note=note)


def _encoded(entry: Entry, text: str) -> bytes:
    try:
        undecodable = tuple((offset, bytes.fromhex(raw)) for offset, raw in entry.undecodable)
        return encode(Decoded(text, entry.encoding or "utf-8", bytes.fromhex(entry.mark), undecodable))
    except (LookupError, ValueError) as error:
        raise RestoreError(entry.output, f"its text cannot be written as {entry.encoding} ({error}): the ledger was changed") from error
