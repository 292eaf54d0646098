"""Named files and walked folders to inputs, in a fixed order; what is passed over is said."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from cleaner.load.decisions import DECISIONS, is_decisions_file
from cleaner.sources.formats import Compression, Format, Kind, format_of

#: on the command line: standard input
STANDARD_INPUT = "-"
#: its id in records, ledgers and messages
STANDARD_INPUT_ID = "stdin"

Mark: TypeAlias = tuple[int, int]


class Input(msgspec.Struct, frozen=True):
    """A document that can be read."""

    #: path below the folder that was named, `/` between its parts; a named file's own name
    id: str
    #: where it lies; None for standard input
    path: str | None
    kind: Kind
    compression: Compression | None
    #: the last part of the id without the format's suffixes
    stem: str
    #: bytes of the file, packed if it is packed
    size: int = 0
    #: what it holds, where that was read already: standard input
    content: bytes | None = None
    #: of a file of records the numbers, from 0, of those that are not to be cleaned
    left_out: frozenset[int] = frozenset()


class Unusable(msgspec.Struct, frozen=True):
    """Something that was named, or met where documents are, and cannot be read."""

    path: str
    reason: str
    #: whether nothing of the kind exists or it is of a wrong format, rather than broken
    usage: bool = False


class Skipped(msgspec.Struct, frozen=True):
    """Something a walk passed over."""

    path: str
    reason: str
    #: worth a line of its own; the others are counted by their suffix
    told: bool
    #: what it is counted under
    kind: str


Found: TypeAlias = Input | Unusable | Skipped


def find(paths: Sequence[str], passed: Callable[[str], str | None]) -> Iterator[Found]:
    """All documents in the named files and folders.

    Parameters: `passed` says of a folder below a named one why it is not entered, or None.
    Yields each folder's entries sorted by name, a folder's files before its folders. A folder is entered once, whatever links lead
    to it, so loops end.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield Input(STANDARD_INPUT_ID, None, "looks", None, STANDARD_INPUT_ID)
            continue
        try:
            status = os.stat(path)
        except (OSError, ValueError) as error:
            missing = isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError))
            yield Unusable(path, _reason(error), usage=missing)
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(path, "", {(status.st_dev, status.st_ino)}, passed)
        elif not stat.S_ISREG(status.st_mode):
            yield Unusable(path, f"is {_special(status.st_mode)}, not a file: use - to read standard input", usage=True)
        else:
            name = os.path.basename(path)
            found = format_of(name)
            if isinstance(found, Format):
                yield Input(well_formed_name(name), path, found.kind, found.compression, well_formed_name(found.stem), status.st_size)
            else:
                yield Unusable(path, found.reason, usage=True)


def well_formed_name(name: str) -> str:
    """The name as text: bytes that are no UTF-8 are written as `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(root: str, below: str, seen: set[Mark], passed: Callable[[str], str | None]) -> Iterator[Found]:
    """A folder and what is below it, without recursion: folders can nest deeper than Python's stack."""
    waiting = [(root, below)]
    while waiting:
        folder, below = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Unusable(folder, _reason(error))
            continue
        folders: list[tuple[str, str]] = []
        for entry in listed:
            name = f"{below}{well_formed_name(entry.name)}"
            if entry.name.startswith("."):
                yield Skipped(entry.path, "is hidden; name it to have it cleaned", told=False, kind="hidden")
                continue
            try:
                status = entry.stat()
            except OSError as error:
                yield _unreadable(entry, error)
                continue
            if stat.S_ISDIR(status.st_mode):
                why = passed(entry.path)
                mark = (status.st_dev, status.st_ino)
                if why is None and mark in seen:
                    why = "leads to a folder that was already entered"
                if why is not None:
                    yield Skipped(entry.path, why, told=True, kind="folders")
                    continue
                seen.add(mark)
                folders.append((entry.path, f"{name}/"))
            elif not stat.S_ISREG(status.st_mode):
                yield Skipped(entry.path, f"is {_special(status.st_mode)}, not a file", told=True, kind="special files")
            else:
                if entry.name == DECISIONS:
                    if not status.st_size or is_decisions_file(entry.path):
                        yield Skipped(entry.path, "holds reviewers' decisions", told=False, kind="decisions")
                    else:
                        why = "has the name of reviewers' decisions and holds none; name it to have it cleaned"
                        yield Skipped(entry.path, why, told=True, kind="decisions")
                    continue
                found = format_of(entry.name)
                if isinstance(found, Format):
                    yield Input(name, entry.path, found.kind, found.compression, well_formed_name(found.stem), status.st_size)
                else:
                    suffix = found.suffix if found.suffix.startswith(".") else "no suffix"
                    yield Skipped(entry.path, found.reason, told=False, kind=suffix.lower())
        waiting.extend(reversed(folders))


def _unreadable(entry: os.DirEntry[str], error: OSError) -> Found:
    if entry.is_symlink() and isinstance(error, FileNotFoundError):
        return Skipped(entry.path, "is a link to nothing", told=True, kind="broken links")
    if entry.is_symlink():
        return Skipped(entry.path, f"is a link that cannot be followed ({_reason(error)})", told=True, kind="broken links")
    return Unusable(entry.path, _reason(error))


def _reason(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason[:1].lower() + reason[1:]


def _special(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"
