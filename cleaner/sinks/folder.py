"""A folder that mirrors the input tree, with its journal and its ledger."""

from __future__ import annotations

import os
from collections.abc import Iterable

import msgspec

from cleaner.errors import OutputError
from cleaner.load.below import leads_out
from cleaner.sinks.atomic import remove_temporaries
from cleaner.sinks.counts import Counts, total
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import JOURNAL, Done, Header, read_journal, resumable, start_journal
from cleaner.sinks.lines import GrowingLines, whole_lines
from cleaner.sinks.names import Names
from cleaner.sinks.places import Files, Finished, OutputFormat, Packing, Place
from cleaner.sinks.shard import Shard, part_of, size_of

LEDGER = "ledger.jsonl"
_PACKED: dict[Packing | None, str] = {None: "", "gzip": ".gz", "zstd": ".zst"}
_entry = msgspec.json.Decoder(Done)


class FolderSink:
    """One file a document; of a file of records one such file, or a folder with a file a record.

    Parameters: `suffix` ends the files' names; `records` is the form in which records are written, None for that of their file;
    `resume` goes on with the run that `folder` holds, `force` replaces it; with `dry` nothing is written.
    Raises `OutputError` where the folder cannot be made, holds an earlier run that is neither resumed nor replaced, or one that was
    made under another header.
    """

    def __init__(
        self,
        folder: str,
        suffix: str,
        header: Header,
        fence: Fence,
        *,
        records: OutputFormat | None = None,
        ledger: bool,
        resume: bool,
        force: bool,
        dry: bool,
    ) -> None:
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise OutputError(folder, "is a file: name a folder")
        self._folder, self._records = folder, records
        self._fence = fence
        self._resume, self._replace = resume, resume or force
        self._journal: GrowingLines | None = None
        self._ledger: GrowingLines | None = None
        #: the file of records that is being written
        self._shard: Shard | None = None
        self.earlier = Counts()
        journal, ledger_path = os.path.join(folder, JOURNAL), os.path.join(folder, LEDGER)
        #: finished documents -> their outputs
        self._done: dict[str, str] = {}
        #: of the file of records that was being written: what was finished of it, and how long its part was then
        self._begun: list[Done] = []
        #: path of a file of records that an earlier run has begun -> how many bytes of its part stay. The next files' places are asked
        #: for before the first of its records come back.
        self._stays: dict[str, int] = {}
        if resume:
            self._know(resumable(journal, folder, header), _in_ledger(ledger_path) if ledger else None)
        if not self._replace:
            self._refuse_existing(journal, ledger_path if ledger else None)
        self._names = Names(suffix, [*self._done.values(), *([LEDGER] if ledger else [])])
        self._tidied: str | None = None
        if not dry:
            self._journal = start_journal(journal, header, keep=resume)
            self._ledger = GrowingLines(ledger_path, keep=resume) if ledger else None

    def place(self, id: str, stem: str) -> Place | None:
        """A name of its own in the mirrored tree."""
        if id in self._done:
            return None
        output = self._names.give(id, stem)
        return Place(output, self._checked(output), self._replace)

    def place_records(self, file: Files) -> Place | None:
        """A file of records in the mirrored tree, or a folder."""
        if file.id in self._done:
            return None
        form = self._records or ("parquet" if file.kind == "parquet" else "jsonl")
        packing = file.packing if form == "jsonl" else None
        in_one = form in ("jsonl", "parquet")
        begun = self._begun if self._begun and self._begun[0].id == file.id else []
        output = begun[0].output if begun else self._names.give(file.id, file.stem, f".{form}{_PACKED[packing]}" if in_one else "")
        path = self._inside(output)
        there = size_of(part_of(path)) if in_one else 0
        if begun and begun[-1].last and (there is None or not in_one) and os.path.lexists(path):
            # It was killed between its last step and the note about it.
            self.earlier.add(total(done.counts for done in begun if done.counts is not None))
            self._note(Done(file.id, output))
            return None
        self._begun = [done for done in begun if there is not None and done.size <= there]
        self.earlier.add(total(done.counts for done in self._begun if done.counts is not None))
        if self._begun:
            self._stays[path] = self._begun[-1].size
        self._checked(output)
        if not in_one:
            self._fence.check_inside(self._folder, os.path.join(path, ""))
        if not in_one and self._resume:
            remove_temporaries(path)
        return Place(
            output,
            None,
            self._replace,
            folder=None if in_one else path,
            form=form,
            packing=packing,
            done=(self._begun[-1].records or 0) if self._begun else 0,
        )

    def schema(self, place: Place, schema: bytes) -> bytes:
        """Each file has its own, which is that of its first records."""
        part = part_of(os.path.join(self._folder, *place.output.split("/")))
        if place.done and size_of(part):
            from cleaner.sinks.parquet import first_schema

            return first_schema(part) or schema
        return schema

    def accept(self, finished: Finished) -> None:
        """Journal before ledger: with a ledger, finished is what stands in both."""
        place, size = finished.place, 0
        if finished.records is not None and place.folder is None:
            size = self._grow(finished)
        self._note(Done(finished.id, place.output, finished.records, last=finished.last, size=size, counts=finished.counts))
        if self._ledger is not None and finished.entry is not None:
            self._ledger.append(finished.entry)
        if finished.records is not None and finished.last:
            if self._shard is not None:
                self._shard.finish(place.schema)
                self._shard = None
            self._note(Done(finished.id, place.output))

    def finish(self, *, whole: bool) -> str | None:
        """Closes journal and ledger. What is finished stays in any case."""
        for lines in (self._journal, self._ledger, self._shard):
            if lines is not None:
                lines.close()
        if self._shard is not None:
            return f"{self._shard.path} is not there yet: what is finished waits for --resume in {self._shard.part}"
        return None

    def _note(self, done: Done) -> None:
        if self._journal is not None:
            self._journal.append(msgspec.json.encode(done))

    def _grow(self, finished: Finished) -> int:
        """Adds records to their file's part, and says how long it is."""
        path = os.path.join(self._folder, *finished.place.output.split("/"))
        if self._shard is None or self._shard.path != path:
            self._shard = Shard(path, finished.place.form or "jsonl", keep=self._stays.pop(path, 0))
        if finished.content:
            self._shard.append(finished.content)
        return self._shard.size

    def _know(self, earlier: Iterable[Done], ledger: dict[str, Done] | None) -> None:
        """What an earlier run has finished."""
        counts: dict[str, Counts] = {}
        for done in earlier:
            if done.records is not None:
                same = self._begun if self._begun and self._begun[0].id == done.id else []
                self._begun = [*(step for step in same if (step.records or 0) < done.records or not done.records), done]
                continue
            if self._begun and self._begun[0].id == done.id:
                self.earlier.add(total(step.counts for step in self._begun if step.counts is not None))
            self._begun = []
            if ledger is None:
                self.earlier.add(done.counts or Counts())
            elif done.id not in ledger and done.counts is not None:
                continue
            else:
                counts[done.id] = done.counts or Counts()  # a document that was done again stands there twice
            self._done[done.id] = done.output
        self.earlier.add(total(counts.values()))

    def _inside(self, output: str) -> str:
        """The path of an output. Its name may come from the journal of a folder that others have filled."""
        path = os.path.join(self._folder, *output.split("/"))
        if leads_out(output):
            raise OutputError(path, "leads out of the output folder, and is not written: the journal of the earlier run was changed")
        return path

    def _checked(self, output: str) -> str:
        """The path of an output, where it may be written."""
        path = self._inside(output)
        self._fence.check(path)
        self._fence.check_inside(self._folder, path)
        if not self._replace and os.path.lexists(path):
            raise OutputError(path, "exists already, and no run of cleaner made it: --force replaces it")
        if self._resume and os.path.dirname(path) != self._tidied:
            self._tidied = os.path.dirname(path)
            remove_temporaries(self._tidied)
        return path

    def _refuse_existing(self, journal: str, ledger: str | None) -> None:
        found = read_journal(journal)
        if found is not None and next(found[1], None) is not None:
            raise OutputError(self._folder, "holds the output of an earlier run: --resume goes on with it, --force replaces it")
        if found is None and ledger is not None and os.path.lexists(ledger):
            raise OutputError(ledger, "exists already: --force replaces it")


def _in_ledger(path: str) -> dict[str, Done]:
    try:
        return {done.id: done for done in map(_entry.decode, whole_lines(path))}
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise OutputError(path, f"is no ledger ({error}): start anew with --force") from error
