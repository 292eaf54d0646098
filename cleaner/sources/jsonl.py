"""JSONL: a JSON object a line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import IO

import msgspec

from cleaner.errors import InputError
from cleaner.load.fields import Fields, fields_of, looks_like_a_record
from cleaner.sources.files import byte_limit, unpacked
from cleaner.sources.folders import Input
from cleaner.sources.records import MOST_BYTES, MOST_RECORDS, Chunk

#: JSON can write a character as \\uXXXX, and a record has more than its text
_ESCAPED = 2


def read_lines(document: Input, given: Fields, *, max_chars: int) -> Iterator[Chunk]:
    """The records of a JSONL file, or of standard input where the document has no path. See `records.chunks`.

    A line that is too long for any text comes as an empty one.
    """
    with contextlib.ExitStack() as stack:
        if document.path is None:
            raw: IO[bytes] = sys.stdin.buffer
        else:
            raw = stack.enter_context(open(document.path, "rb"))
        content = stack.enter_context(unpacked(raw, document.compression))
        fields: Fields | None = None
        first = 0
        for rows in _bundles(_lines(content, _ESCAPED * byte_limit(max_chars) + (1 << 16), document.content or b"")):
            if fields is None:
                fields = fields_of(_names(rows), given)
            position = raw.tell() if document.path is not None else 0
            yield Chunk(form="lines", rows=rows, first=first, count=len(rows), fields=fields, position=position)
            first += len(rows)


def begins_like_records(line: bytes) -> bool:
    """Whether the first line of an input is a JSON object with a text or page in it."""
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(record, dict) and looks_like_a_record(record)


def _lines(content: IO[bytes], limit: int, before: bytes) -> Iterator[bytes]:
    """The lines that are not blank, without their line breaks; `before` was read already."""
    if before.strip():
        yield before.rstrip(b"\r\n")
    while line := content.readline(limit):
        if len(line) == limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = content.readline(limit)
            yield b""
        elif line.strip():
            yield line.rstrip(b"\r\n")


def _bundles(lines: Iterator[bytes]) -> Iterator[tuple[bytes, ...]]:
    rows: list[bytes] = []
    size = 0
    for line in lines:
        if rows and size + len(line) > MOST_BYTES:
            yield tuple(rows)
            rows, size = [], 0
        rows.append(line)
        size += len(line)
        if len(rows) == MOST_RECORDS:
            yield tuple(rows)
            rows, size = [], 0
    if rows:
        yield tuple(rows)


def _names(rows: tuple[bytes, ...]) -> dict[str, None]:
    """The fields of all records of the first chunk, in their order."""
    names: dict[str, None] = {}
    trouble = "its first lines hold no JSON objects"
    for row in rows:
        try:
            record = msgspec.json.decode(row.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            trouble = f"its first line is no JSON ({error})"
            continue
        if isinstance(record, dict):
            names |= dict.fromkeys(record)
    if not names:
        raise InputError(f"is no JSONL: {trouble}; each line must be a JSON object")
    return names
