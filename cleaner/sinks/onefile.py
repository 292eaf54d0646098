"""All records in one JSONL file, which appears when the run is over."""

from __future__ import annotations

import contextlib
import os
import shutil

import msgspec

from cleaner.errors import OutputError
from cleaner.sinks.atomic import output_error, remove_quietly
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import Header, resumable, start_journal
from cleaner.sinks.lines import GrowingLines, whole_lines
from cleaner.sinks.places import Place


class _Named(msgspec.Struct):
    id: str


_named = msgspec.json.Decoder(_Named)


class OneFileSink:
    """One line a document, in the documents' order; the ledger beside it has its n-th line for the n-th record.

    Under way the lines are in hidden files beside it, from which `resume` goes on.
    Raises `OutputError` where the file exists and is neither resumed nor replaced, or was made under another header.
    """

    def __init__(self, path: str, header: Header, fence: Fence, *, ledger: bool, resume: bool, force: bool) -> None:
        fence.check(path)
        if os.path.isdir(path):
            raise OutputError(path, "is a folder: name a file")
        if os.path.lexists(path) and not (resume or force):
            raise OutputError(path, "exists already: --resume goes on with the run that made it, --force replaces it")
        self._path = path
        self._ledger_path = ledger_beside(path)
        self._journal_path = _hidden(path, "cleaner-run.jsonl")
        self._part, self._ledger_part = _hidden(path, "cleaner-part"), _hidden(path, "cleaner-ledger-part")
        if not (resume or force) and os.path.lexists(self._part) and os.path.getsize(self._part):
            raise OutputError(path, "an interrupted run has begun it: --resume goes on with that run, --force starts anew")
        resuming = resume and (os.path.lexists(self._journal_path) or not os.path.lexists(path))
        if resume and not resuming:
            raise OutputError(path, "cannot be resumed, the journal of the run that made it is gone: start anew with --force")
        if resume:
            resumable(self._journal_path, path, header)
            self._bring_back(ledger)
        start_journal(self._journal_path, header, keep=resume).close()
        self._records = GrowingLines(self._part, keep=resume)
        self._ledger = GrowingLines(self._ledger_part, keep=resume) if ledger else None
        self._done = self._agree() if resume else set()

    def place(self, id: str, stem: str) -> Place | None:
        """The one file for all."""
        return None if id in self._done else Place(os.path.basename(self._path))

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Adds a record, then its ledger line."""
        assert content is not None
        self._records.append(content.removesuffix(b"\n"))
        if self._ledger is not None and entry is not None:
            self._ledger.append(entry)

    def finish(self, *, whole: bool) -> str | None:
        """Gives the files their names where the run is whole."""
        self._records.close()
        if self._ledger is not None:
            self._ledger.close()
        if not whole:
            return f"{self._path} is not there yet: what is finished waits for --resume in {self._part}"
        try:
            if self._ledger is not None:
                os.replace(self._ledger_part, self._ledger_path)
            os.replace(self._part, self._path)
        except OSError as error:
            raise output_error(self._path, error) from error
        return None

    def _bring_back(self, ledger: bool) -> None:
        """Copies of finished files, to go on with."""
        for whole, part in ((self._path, self._part), (self._ledger_path, self._ledger_part) if ledger else ("", "")):
            if part and not os.path.lexists(part):
                with contextlib.suppress(FileNotFoundError):
                    try:
                        shutil.copyfile(whole, part)
                    except FileNotFoundError:
                        raise
                    except OSError as error:
                        remove_quietly(part)
                        raise output_error(part, error) from error

    def _agree(self) -> set[str]:
        """Cuts records and ledger to the same documents, and names these."""
        ids = [_id(self._part, line) for line in whole_lines(self._part)]
        if self._ledger is not None:
            entries = [_id(self._ledger_part, line) for line in whole_lines(self._ledger_part)]
            pairs = enumerate(zip(ids, entries, strict=False))
            same = next((at for at, (one, other) in pairs if one != other), min(len(ids), len(entries)))
            self._ledger.cut(same)
            self._records.cut(same)
            ids = ids[:same]
        return set(ids)


def ledger_beside(path: str) -> str:
    """The ledger of a single output file: `out.jsonl` -> `out.ledger.jsonl`."""
    return os.path.splitext(path)[0] + ".ledger.jsonl"


def _id(path: str, line: bytes) -> str:
    try:
        return _named.decode(line).id
    except msgspec.DecodeError as error:
        raise OutputError(path, f"cannot be gone on with ({error}): start anew with --force") from error


def _hidden(path: str, end: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{end}")
