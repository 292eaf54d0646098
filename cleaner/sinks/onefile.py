"""All records in one JSONL or Parquet file, which appears when the run is over."""

from __future__ import annotations

import os
import shutil

import msgspec

from cleaner.errors import OutputError
from cleaner.sinks.atomic import output_error, whole_file
from cleaner.sinks.counts import Counts
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import Done, Header, resize, resumable, start_journal
from cleaner.sinks.lines import GrowingLines
from cleaner.sinks.places import Files, Finished, OutputFormat, Packing, Place
from cleaner.sinks.shard import Shard, part_of, size_of


class OneFileSink:
    """Documents in their order; the ledger beside it has its n-th line for the n-th record.

    Parameters: `form` is `jsonl` or `parquet`; `packing` how JSONL is packed.
    Under way the records are in hidden files beside it, from which `resume` goes on; the journal there knows how long they were after
    each step.
    Raises `OutputError` where the file exists and is neither resumed nor replaced, or was made under another header.
    """

    def __init__(
        self,
        path: str,
        header: Header,
        fence: Fence,
        *,
        form: OutputFormat = "jsonl",
        packing: Packing | None = None,
        ledger: bool,
        resume: bool,
        force: bool,
    ) -> None:
        fence.check(path)
        if os.path.isdir(path):
            raise OutputError(path, "is a folder: name a file")
        if os.path.lexists(path) and not (resume or force):
            raise OutputError(path, "exists already: --resume goes on with the run that made it, --force replaces it")
        self._path, self._form, self._packing, self._header = path, form, packing, header
        self._ledger_path = ledger_beside(path) if ledger else None
        self._journal_path = _hidden(path, "cleaner-run.jsonl")
        self._part, self._ledger_part = part_of(path), _hidden(path, "cleaner-ledger-part")
        if not (resume or force) and size_of(self._part):
            raise OutputError(path, "an interrupted run has begun it: --resume goes on with that run, --force starts anew")
        if resume and os.path.lexists(path) and not os.path.lexists(self._journal_path):
            raise OutputError(path, "cannot be resumed, the journal of the run that made it is gone: start anew with --force")
        self.earlier = Counts()
        #: finished documents -> None, or the finished records of a file that is not finished
        self._done: dict[str, int | None] = {}
        #: what the part and the ledger's part hold of finished documents
        self._size = self._ledger_size = 0
        steps = self._know(header) if resume else 0
        self._journal = start_journal(self._journal_path, header, keep=resume)
        if resume:
            self._journal.cut(1 + steps)
        #: whether an earlier run has finished the file, and nothing was added since
        self._whole = resume and steps > 0 and not os.path.lexists(self._part) and os.path.lexists(path)
        self._shard: Shard | None = None
        self._ledger: GrowingLines | None = None
        self._schema: bytes | None = None
        if not self._whole:
            self._open()

    def place(self, id: str, stem: str) -> Place | None:
        """The one file for all."""
        if id in self._done:
            return None
        place = Place(os.path.basename(self._path), form=self._form, packing=self._packing)
        if self._form != "parquet":
            return place
        from cleaner.load.arrow import record_schema

        return msgspec.structs.replace(place, schema=self.schema(place, bytes(record_schema().serialize())))

    def place_records(self, file: Files) -> Place | None:
        """The one file for all."""
        done = self._done.get(file.id, 0)
        if done is None:
            return None
        return Place(os.path.basename(self._path), form=self._form, packing=self._packing, done=done)

    def schema(self, place: Place, schema: bytes) -> bytes:
        """That of the first records."""
        if self._schema is None:
            if self._whole:
                self._open()
            self._schema = self._schema or schema
        return self._schema

    def accept(self, finished: Finished) -> None:
        """Adds records, then their ledger line, then says so in the journal."""
        if self._whole:
            self._open()
        assert self._shard is not None
        if finished.content:
            self._shard.append(finished.content)
        if self._ledger is not None and finished.entry is not None:
            self._ledger.append(finished.entry)
        self._note(finished.id, finished.records, finished.last, finished.counts)

    def finish(self, *, whole: bool) -> str | None:
        """Gives the files their names where the run is whole."""
        self._journal.close()
        if self._whole:
            return None
        assert self._shard is not None
        if self._ledger is not None:
            self._ledger.close()
        if not whole:
            self._shard.close()
            return f"{self._path} is not there yet: what is finished waits for --resume in {self._part}"
        try:
            if self._ledger_path is not None:
                os.replace(self._ledger_part, self._ledger_path)
        except OSError as error:
            raise output_error(self._ledger_path or self._path, error) from error
        self._shard.finish(self._schema)
        return None

    def _note(self, id: str, records: int | None, last: bool, counts: Counts | None) -> None:
        assert self._shard is not None
        ledger = self._ledger.size if self._ledger is not None else 0
        done = Done(id, os.path.basename(self._path), records, last=last, size=self._shard.size, ledger=ledger, counts=counts)
        self._journal.append(msgspec.json.encode(done))

    def _know(self, header: Header) -> int:
        """What an earlier run has finished and what still lies there. Returns the number of the journal's lines that say so."""
        there = size_of(self._part)
        ledger = size_of(self._ledger_part)
        if there is None and os.path.lexists(self._path):  # finished: nothing can be missing
            there = ledger = 1 << 62
        elif ledger is None:  # the run was stopped between the ledger's name and the file's
            ledger = size_of(self._ledger_path) if self._ledger_path is not None else 0
        known = 0
        for number, done in enumerate(resumable(self._journal_path, self._path, header), 1):
            if done.size > (there or 0) or done.ledger > (ledger or 0):
                break
            known = number
            self._done[done.id] = None if done.last or done.records is None else done.records
            self._size, self._ledger_size = done.size, done.ledger
            if done.counts is not None:
                self.earlier.add(done.counts)
        return known

    def _open(self) -> None:
        """Opens the parts; where the file was finished they are made of it."""
        if self._whole:
            self._bring_back()
        if self._ledger_path is not None:
            if self._ledger_size and not os.path.lexists(self._ledger_part):
                _copy(self._ledger_path, self._ledger_part)
            self._ledger = GrowingLines(self._ledger_part, keep=self._ledger_size > 0)
            self._ledger.truncate(self._ledger_size)
        self._shard = Shard(self._path, self._form, keep=self._size)
        if self._form == "parquet" and self._size:
            from cleaner.sinks.parquet import first_schema

            self._schema = first_schema(self._part)
        self._whole = False

    def _bring_back(self) -> None:
        if self._form != "parquet":
            _copy(self._path, self._part)
            return
        from cleaner.sinks.parquet import part_from

        def note(size: int) -> None:
            # This part is of another length than the first one was: the journal's old lines must not be compared with it.
            self._journal.close()
            resize(self._journal_path, size)
            self._journal = start_journal(self._journal_path, self._header, keep=True)
            self._size = size

        part_from(self._path, self._part, note)


def ledger_beside(path: str) -> str:
    """The ledger of a single output file: `out.jsonl` -> `out.ledger.jsonl`, `out.jsonl.gz` too."""
    stem, suffix = os.path.splitext(path)
    if suffix.lower() in (".gz", ".zst"):
        stem = os.path.splitext(stem)[0]
    return stem + ".ledger.jsonl"


def _copy(whole: str, part: str) -> None:
    try:
        with open(whole, "rb") as content, whole_file(part) as file:
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise output_error(part, error) from error


def _hidden(path: str, end: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{end}")
