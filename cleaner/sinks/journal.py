"""What a run was asked to do and what it has finished, beside its output: `--resume` reads it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleaner.errors import OutputError
from cleaner.sinks.atomic import output_error, whole_file
from cleaner.sinks.counts import Counts
from cleaner.sinks.lines import GrowingLines, whole_lines

#: in the output folder; a folder that has it is known as output
JOURNAL = ".cleaner-run.jsonl"


class Header(msgspec.Struct, frozen=True):
    """The first line: everything that two halves of a run must agree on."""

    #: of cleaner
    version: str
    #: name of a setting -> its value, or the digest of a file's content
    settings: dict[str, str]

    def difference(self, earlier: Header) -> str | None:
        """The first thing in which an earlier run differs, for a person."""
        if self.version != earlier.version:
            return f"it was made by cleaner {earlier.version}, this is {self.version}"
        for name in {**earlier.settings, **self.settings}:
            was, now = earlier.settings.get(name), self.settings.get(name)
            if was != now:
                return f"{name} was {was or 'not known'}, now it is {now or 'not known'}"
        return None


class Done(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finished document, or finished records of a file of records."""

    id: str
    #: the output's path below the output folder
    output: str
    #: of a file of records: how many of them are finished; None for a document
    records: int | None = None
    #: whether no record is left
    last: bool = True
    #: bytes of the output under way after it, and of its ledger, where several documents share an output
    size: int = 0
    ledger: int = 0
    #: what it came to
    counts: Counts | None = None


_header = msgspec.json.Decoder(Header)
_done = msgspec.json.Decoder(Done)


def read_journal(path: str) -> tuple[Header, Iterator[Done]] | None:
    """The header of a journal and what was finished; None where there is none, or only a torn first line.

    Raises `OutputError` for a file that is no journal.
    """
    lines = whole_lines(path)
    try:
        first = next(lines, None)
        if first is None:
            return None
        return _header.decode(first), _read(path, lines)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(path, f"cannot be read: {error.strerror or error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise OutputError(path, f"is no journal of a run ({error}): start anew with --force") from error


def _read(path: str, lines: Iterator[bytes]) -> Iterator[Done]:
    for line in lines:
        try:
            yield _done.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise OutputError(path, f"is no journal of a run ({error}): start anew with --force") from error


def resumable(path: str, shown: str, header: Header) -> Iterator[Done]:
    """What an earlier run has finished; nothing where there was none.

    Raises `OutputError` where it ran under another header, and names the difference.
    """
    found = read_journal(path)
    if found is None:
        return iter(())
    earlier, done = found
    difference = header.difference(earlier)
    if difference:
        reason = f"cannot go on with the run there, {difference}: give the same, choose another output, or start anew with --force"
        raise OutputError(shown, reason)
    return done


def start_journal(path: str, header: Header, *, keep: bool) -> GrowingLines:
    """Opens a journal; with `keep` an existing one goes on."""
    journal = GrowingLines(path, keep=keep)
    if journal.empty:
        journal.append(msgspec.json.encode(header))
    return journal


def resize(path: str, size: int) -> None:
    """Writes a journal anew for an output of another length: all that it knows lies before `size`."""
    lines = whole_lines(path)
    try:
        with whole_file(path) as file:
            file.write(next(lines, b""))
            held: Done | None = None
            for done in _read(path, lines):
                if held is not None:
                    file.write(msgspec.json.encode(msgspec.structs.replace(held, size=0)) + b"\n")
                held = done
            if held is not None:
                file.write(msgspec.json.encode(msgspec.structs.replace(held, size=size)) + b"\n")
    except OSError as error:
        raise output_error(path, error) from error
