"""A ledger's lines: what was taken out of a document, so that it can be put back.

A text is put back from its spans: the kept ones come out of the cleaned file, the removed ones lie here. Of a page the tags are in
neither, so the page itself is kept, packed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from cleaner.errors import RestoreError
from cleaner.render.record import well_formed
from cleaner.values import Result

#: the output's form: `text` holds the kept spans as they are, `json` in a record, `other` not to the letter
Holds: TypeAlias = Literal["text", "json", "other"]

_SURROGATE = re.compile("[\ud800-\udfff]")
#: packing harder makes a page a twentieth smaller and takes three times as long
_PACKING = 6
#: bytes that a page is unpacked to at most: a changed ledger must not fill the memory
_LONGEST_PAGE = 1 << 30


class LedgerSpan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A span of `Result.spans`, and its text where the cleaned file does not have it."""

    start: int
    end: int
    label: str
    kept: bool
    reason: str
    score: float
    role: str
    text: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One document."""

    #: the input's path below the folder that was cleaned
    id: str
    #: the output's path below the output folder
    output: str
    holds: Holds
    #: SHA-256 of the input's bytes, unpacked if it was packed
    input_sha256: str
    #: SHA-256 of the output's bytes (of its line, where all are in one file)
    output_sha256: str
    #: how the input file was packed
    compression: Literal["gzip", "zstd"] | None
    #: name of a Python codec; None for a page
    encoding: str | None
    #: the byte-order mark, hexadecimal
    mark: str
    #: (offset in code points, bytes in hexadecimal) of what the codec does not know and U+FFFD stands for
    undecodable: tuple[tuple[int, str], ...]
    #: where only what is on the page can be seen in the spans: the page's bytes, deflated, Base64
    page: str | None
    spans: tuple[LedgerSpan, ...]


_decoder = msgspec.json.Decoder(Entry)


class Layout(msgspec.Struct, frozen=True):
    """How a text lay in its bytes."""

    encoding: str
    mark: bytes
    undecodable: tuple[tuple[int, bytes], ...]


def make_entry(
    id: str,
    output: str,
    *,
    holds: Holds,
    compression: Literal["gzip", "zstd"] | None,
    content: bytes,
    written: bytes,
    layout: Layout | None,
    result: Result,
) -> Entry:
    """The entry of a document.

    Parameters: `content` are the input's bytes, `written` the output's; `layout` is None for a page.
    """
    source = well_formed(result.source)
    return Entry(
        id=id,
        output=output,
        holds=holds,
        input_sha256=digest(content),
        output_sha256=digest(written),
        compression=compression,
        encoding=layout.encoding if layout else None,
        mark=layout.mark.hex() if layout else "",
        undecodable=tuple(sorted((*_hex(layout.undecodable), *_surrogates(result.source, source, layout.encoding)))) if layout else (),
        page=None if layout else base64.b64encode(zlib.compress(content, _PACKING)).decode("ascii"),
        spans=tuple(
            LedgerSpan(
                start=span.start,
                end=span.end,
                label=span.label,
                kept=span.kept,
                reason=span.reason,
                score=span.score,
                role=span.role,
                text=None if span.kept and holds != "other" else source[span.start : span.end],
            )
            for span in result.spans
        ),
    )


def encode_entry(entry: Entry) -> bytes:
    """The entry as a line, without its line break."""
    return msgspec.json.encode(entry)


def decode_entry(line: bytes, path: str) -> Entry:
    """The entry of a line of the ledger at `path`.

    Raises `RestoreError` where the line is none.
    """
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RestoreError(path, f"is no ledger ({error}): restore from the one that the run has written") from error


def restored_text(entry: Entry, written: bytes, path: str) -> str:
    """The text that was cleaned, with U+FFFD where bytes were undecodable.

    Parameters: `written` are the bytes of the cleaned file, `path` its name.
    Raises `RestoreError` where they are not those that the ledger knows, or the ledger's spans do not fit them.
    """
    body = "" if entry.holds == "other" else _body(entry, written, path)
    pieces, at, end = [], 0, 0
    for span in entry.spans:
        if span.start != end or span.end < span.start:
            raise RestoreError(path, "the ledger's spans do not follow each other: the ledger was changed")
        end = span.end
        if span.text is not None:
            pieces.append(span.text)
        else:
            pieces.append(body[at : at + span.end - span.start])
            at += span.end - span.start
    text = "".join(pieces)
    if len(text) != end:
        raise RestoreError(path, "is shorter than the ledger's spans: the ledger was changed")
    return text


def restored_page(entry: Entry, path: str) -> bytes:
    """The page that was cleaned.

    Raises `RestoreError` where the ledger holds none that can be read.
    """
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(base64.b64decode(entry.page or "", validate=True), _LONGEST_PAGE)
    except (ValueError, zlib.error) as error:
        raise RestoreError(path, f"the page in the ledger cannot be unpacked ({error}): the ledger was changed") from error
    if not unpacking.eof:
        raise RestoreError(path, f"the page in the ledger is cut off, or has more than {_LONGEST_PAGE:,} bytes: the ledger was changed")
    return content


def check_output(entry: Entry, written: bytes, path: str) -> None:
    """Raises `RestoreError` where the cleaned file is not the one that the ledger knows."""
    found = digest(written)
    if found != entry.output_sha256:
        raise RestoreError(
            path, f"the cleaned file has SHA-256 {found}, the ledger says {entry.output_sha256}: it was changed after cleaning"
        )


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _body(entry: Entry, written: bytes, path: str) -> str:
    try:
        if entry.holds == "text":
            return written.decode("utf-8")
        return str(msgspec.json.decode(written)["text"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RestoreError(path, f"does not hold the cleaned text ({error})") from error


def _hex(undecodable: Iterable[tuple[int, bytes]]) -> Iterable[tuple[int, str]]:
    return ((offset, raw.hex()) for offset, raw in undecodable)


def _surrogates(source: str, sound: str, encoding: str) -> Iterable[tuple[int, str]]:
    """Lone surrogates, which UTF-16 can hold and no ledger in UTF-8: noted like undecodable bytes."""
    if source is sound:
        return ()
    return ((found.start(), found[0].encode(encoding, "surrogatepass").hex()) for found in _SURROGATE.finditer(source))
