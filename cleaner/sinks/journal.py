"""What a run was asked to do and what it has finished, beside its output: `--resume` reads it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleaner.errors import OutputError
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


class Done(msgspec.Struct, frozen=True):
    """A finished document."""

    id: str
    #: the output's path below the output folder
    output: str


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
    except msgspec.DecodeError as error:
        raise OutputError(path, f"is no journal of a run ({error}): start anew with --force") from error


def _read(path: str, lines: Iterator[bytes]) -> Iterator[Done]:
    for line in lines:
        try:
            yield _done.decode(line)
        except msgspec.DecodeError as error:
            raise OutputError(path, f"is no journal of a run ({error}): start anew with --force") from error


def resumable(path: str, shown: str, header: Header) -> list[Done]:
    """What an earlier run has finished; empty where there was none.

    Raises `OutputError` where it ran under another header, and names the difference.
    """
    found = read_journal(path)
    if found is None:
        return []
    earlier, done = found
    difference = header.difference(earlier)
    if difference:
        reason = f"cannot go on with the run there, {difference}: give the same, choose another output, or start anew with --force"
        raise OutputError(shown, reason)
    return list(done)


def start_journal(path: str, header: Header, *, keep: bool) -> GrowingLines:
    """Opens a journal; with `keep` an existing one goes on."""
    journal = GrowingLines(path, keep=keep)
    if journal.empty:
        journal.append(msgspec.json.encode(header))
    return journal
