"""A result as a record: what `--format json` and `jsonl` write."""

from __future__ import annotations

import json as standard_json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from cleaner.values import Result, Span

_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One document."""

    #: the input's path below the folder that was cleaned
    id: str
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    #: ISO 8601
    date: str | None
    #: BCP 47
    language: str | None
    text: str
    spans: tuple[Span, ...]
    warnings: tuple[str, ...]


def record(id: str, result: Result) -> Record:
    """The record of a result. Lone surrogates, which no file in UTF-8 can hold, become U+FFFD; offsets stay true."""
    return Record(
        id=well_formed(id),
        url=_sound(result.url),
        title=_sound(result.title),
        authors=tuple(map(well_formed, result.authors)),
        date=_sound(result.date),
        language=_sound(result.language),
        text=well_formed(result.text),
        spans=result.spans,
        warnings=result.warnings,
    )


def json(id: str, result: Result) -> bytes:
    """The record as a JSON file."""
    return msgspec.json.format(msgspec.json.encode(record(id, result)), indent=2) + b"\n"


def jsonl(id: str, result: Result) -> bytes:
    """The record as a line of JSON, its line break included."""
    return line(record(id, result))


def line(found: Record) -> bytes:
    """A record as a line of JSON, its line break included."""
    return msgspec.json.encode(found) + b"\n"


def merged(columns: Mapping[str, Any], found: Record) -> bytes:
    """A record with the fields of the input's record, as a line of JSON, its line break included.

    The input's fields come first and stay as they are, but for `text`, `spans` and `warnings`; where one that a record has too is null,
    it is filled.
    """
    own = {name: getattr(found, name) for name in found.__struct_fields__}
    there = {
        name: own[name] if name in own and (value is None or name in ("text", "spans", "warnings")) else value
        for name, value in columns.items()
    }
    return encode({**there, **{name: value for name, value in own.items() if name not in there}}) + b"\n"


def encode(value: Any) -> bytes:
    """JSON of plain values, also of such that only Python's own reader of JSON takes: lone surrogates, endless numbers."""
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError, msgspec.ValidationError):
        return standard_json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode()


def decode(line: bytes) -> Any:
    """The value of a line of JSON.

    Raises `ValueError` where it is none.
    """
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as reason:
        try:
            return standard_json.loads(line)
        except (ValueError, RecursionError):
            raise ValueError(str(reason)) from None


def utf8(text: str) -> bytes:
    """The text as a file's bytes; lone surrogates become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return well_formed(text).encode()


def well_formed(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, so of the same length."""
    try:
        text.encode()  # twenty times as fast as looking for them
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _sound(text: str | None) -> str | None:
    return None if text is None else well_formed(text)
