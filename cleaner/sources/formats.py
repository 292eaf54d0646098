"""What a file holds, by the end of its name."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

#: `looks` leaves it to the content, for standard input; the last three hold many documents
Kind: TypeAlias = Literal["text", "html", "looks", "jsonl", "parquet", "warc"]
Compression: TypeAlias = Literal["gzip", "zstd"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
COMPRESSIONS: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}
#: kinds of files that hold many documents
RECORDS: frozenset[Kind] = frozenset({"jsonl", "parquet", "warc"})


class Format(msgspec.Struct, frozen=True):
    """A format that can be read."""

    kind: Kind
    compression: Compression | None
    #: the name without the format's suffixes
    stem: str


class Refusal(msgspec.Struct, frozen=True):
    """Why a file's name says that it cannot be read."""

    #: the suffix that says so, or the whole name where it has none
    suffix: str
    reason: str


def format_of(name: str) -> Format | Refusal:
    """The format that a file's name promises, or why it is not read."""
    stem, suffix = _split(name)
    compression = COMPRESSIONS.get(suffix.lower())
    packed = ""
    if compression:
        packed = suffix
        stem, suffix = _split(stem)
    kind = KINDS.get(suffix.lower())
    if kind and stem:
        return Format(kind, compression, stem)
    known = " ".join(KINDS)
    return Refusal(suffix + packed or name, f"not a format that can be read ({known}, each also with .gz or .zst): rename it if it is text")


def _split(name: str) -> tuple[str, str]:
    stem, dot, end = name.rpartition(".")
    return (stem, dot + end) if dot else (name, "")
