"""A result as a record: what `--format json` and `jsonl` write."""

from __future__ import annotations

import re

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
        id=id,
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
    return msgspec.json.encode(record(id, result)) + b"\n"


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
