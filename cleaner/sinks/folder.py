"""A folder that mirrors the input tree, with its journal and its ledger."""

from __future__ import annotations

import os

import msgspec

from cleaner.errors import OutputError
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import JOURNAL, Done, Header, read_journal, resumable, start_journal
from cleaner.sinks.lines import GrowingLines, whole_lines
from cleaner.sinks.names import Names
from cleaner.sinks.places import Place

LEDGER = "ledger.jsonl"
_entry = msgspec.json.Decoder(Done)


class FolderSink:
    """One file a document.

    Parameters: `suffix` ends the files' names; `resume` goes on with the run that `folder` holds, `force` replaces it; with `dry`
    nothing is written.
    Raises `OutputError` where the folder cannot be made, holds an earlier run that is neither resumed nor replaced, or one that was
    made under another header.
    """

    def __init__(
        self, folder: str, suffix: str, header: Header, fence: Fence, *, ledger: bool, resume: bool, force: bool, dry: bool
    ) -> None:
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise OutputError(folder, "is a file: name a folder")
        self._folder = folder
        self._fence = fence
        self._replace = resume or force
        self._journal: GrowingLines | None = None
        self._ledger: GrowingLines | None = None
        journal, ledger_path = os.path.join(folder, JOURNAL), os.path.join(folder, LEDGER)
        done = resumable(journal, folder, header) if resume else []
        if not self._replace:
            self._refuse_existing(journal, ledger_path if ledger else None)
        if ledger and resume:
            done = _in_ledger(ledger_path)
        self._done = {document.id: document.output for document in done}
        self._names = Names(suffix, [*self._done.values(), *([LEDGER] if ledger else [])])
        if not dry:
            self._journal = start_journal(journal, header, keep=resume)
            self._ledger = GrowingLines(ledger_path, keep=resume) if ledger else None

    def place(self, id: str, stem: str) -> Place | None:
        """A name of its own in the mirrored tree."""
        if id in self._done:
            return None
        output = self._names.give(id, stem)
        path = os.path.join(self._folder, *output.split("/"))
        self._fence.check(path)
        if not self._replace and os.path.lexists(path):
            raise OutputError(path, "exists already, and no run of cleaner made it: --force replaces it")
        return Place(output, path, self._replace)

    def accept(self, id: str, place: Place, content: bytes | None, entry: bytes | None) -> None:
        """Ledger first: what the journal knows is whole."""
        if self._ledger is not None and entry is not None:
            self._ledger.append(entry)
        if self._journal is not None:
            self._journal.append(msgspec.json.encode(Done(id, place.output)))

    def finish(self, *, whole: bool) -> str | None:
        """Closes journal and ledger. What is finished stays in any case."""
        for lines in (self._journal, self._ledger):
            if lines is not None:
                lines.close()
        return None

    def _refuse_existing(self, journal: str, ledger: str | None) -> None:
        found = read_journal(journal)
        if found is not None and next(found[1], None) is not None:
            raise OutputError(self._folder, "holds the output of an earlier run: --resume goes on with it, --force replaces it")
        if found is None and ledger is not None and os.path.lexists(ledger):
            raise OutputError(ledger, "exists already: --force replaces it")


def _in_ledger(path: str) -> list[Done]:
    try:
        return [_entry.decode(line) for line in whole_lines(path)]
    except FileNotFoundError:
        return []
    except msgspec.DecodeError as error:
        raise OutputError(path, f"is no ledger ({error}): start anew with --force") from error
