"""Labelled documents to train on, and to be measured by: JSONL, one document a line. docs/model.md describes the format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

import msgspec

from cleaner.errors import DataFileError, OptionError
from cleaner.load.labels import labels

#: what a line may be called where its exact label is not known, or where nothing is known
CONTENT, RESIDUE, UNKNOWN = "content", "residue", ""


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A text, line by line, and what each line is."""

    id: str
    #: pages of one site are never split between training and measuring
    site: str
    lines: tuple[str, ...]
    #: one a line: a label, `content`, `residue`, or empty where it is not known
    labels: tuple[str, ...]
    #: BCP 47, where it is known
    language: str | None = None
    #: parts of lines with a label of their own: (line, start, end, label), in code points of the line
    spans: tuple[tuple[int, int, int, str], ...] = ()
    #: what a line of it counts for in training
    weight: float = 1.0
    #: the part it belongs to in cross-validation; by its site where it is not given
    fold: int | None = None
    #: other wordings of one page have its id here, so that they are drawn in turn
    page: str | None = None


def is_content(label: str) -> bool:
    """Whether what has this label stays."""
    return label == CONTENT or (label in labels() and labels()[label].content)


def read_all(paths: Sequence[str]) -> list[Labelled]:
    """All documents of files and folders.

    Raises `DataFileError` as `read_labelled` does, `OptionError` where there are none.
    """
    documents = list(read_labelled([Path(path) for path in paths]))
    if not documents:
        raise OptionError("PATH", list(paths), "no labelled document there: give .jsonl files (docs/model.md), or folders of them")
    return documents


def read_labelled(paths: list[Path]) -> Iterator[Labelled]:
    """The documents of JSONL files, and of the `.jsonl` files in folders, in the order of their names.

    Raises `DataFileError` for a file that cannot be read, with the line's number.
    """
    for path in paths:
        for file in sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]:
            yield from _read(file)


def _read(path: Path) -> Iterator[Labelled]:
    known = labels().keys() | {CONTENT, RESIDUE, UNKNOWN}
    decoder = msgspec.json.Decoder(Labelled)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    document = decoder.decode(line)
                except msgspec.DecodeError as error:
                    raise DataFileError(path, f"{error}; docs/model.md shows the format", f"line {number}") from error
                reason = _fault(document, known)
                if reason is not None:
                    raise DataFileError(path, reason, f"line {number}")
                yield document
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error


def _fault(document: Labelled, known: Set[str]) -> str | None:
    """What is wrong with a document, or None."""
    if len(document.lines) != len(document.labels):
        return f"{len(document.lines)} lines, but {len(document.labels)} labels"
    unknown = {*document.labels, *(label for _, _, _, label in document.spans)} - known
    if unknown:
        return f"no label {min(unknown)!r}; `cleaner labels` lists them"
    if any("\n" in line for line in document.lines):
        return "a line break inside a line: make two lines of it"
    for line, start, end, _ in document.spans:
        if not (0 <= line < len(document.lines) and 0 <= start < end <= len(document.lines[line])):
            return f"span [{line}, {start}, {end}] is not inside a line: [line, start, end, label] count from 0"
    return None
