"""Labelled documents to train on, and to be measured by: JSONL, one document a line. docs/model.md describes the format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from cleaner.errors import DataFileError
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
                if len(document.lines) != len(document.labels):
                    raise DataFileError(path, f"{len(document.lines)} lines, but {len(document.labels)} labels", f"line {number}")
                unknown = set(document.labels) - known
                if unknown:
                    raise DataFileError(path, f"no label {min(unknown)!r}; `cleaner labels` lists them", f"line {number}")
                yield document
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
