"""WARC and WET archives: pages that a crawler has kept, and texts made from them."""

from __future__ import annotations

import importlib
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from cleaner.errors import InputError, MissingExtra
from cleaner.sources.files import byte_limit
from cleaner.sources.folders import Input
from cleaner.sources.records import MOST_BYTES, MOST_RECORDS, Chunk, Page

_HTML = frozenset({"text/html", "application/xhtml+xml"})
#: headers that say how a content was packed on its way
_ENCODINGS = ("Transfer-Encoding", "Content-Encoding")


def read_warc(document: Input, *, max_chars: int) -> Iterator[Chunk]:
    """The pages (`response`, `resource`) and texts (`conversion`) of an archive. See `records.chunks`.

    Answers other than 200 and contents other than HTML and plain text are passed over and counted.
    """
    archive = _archive()
    types = archive.WarcRecordType
    limit = byte_limit(max_chars)
    rows: list[Page] = []
    size = first = position = 0
    skipped: Counter[str] = Counter()
    try:
        records = archive.ArchiveIterator(
            document.path,
            record_types=types.response | types.resource | types.conversion,
            parse_http=True,
            # An iterator that unpacks contents itself does not get past one that cannot be unpacked.
            auto_decode="none",
            fsspec_args=False,
        )
        for record in records:
            position = record.stream_pos
            page = _page(record, archive, limit)
            if isinstance(page, str):
                skipped[page] += 1
                continue
            if rows and (len(rows) == MOST_RECORDS or size + len(page.content) > 2 * MOST_BYTES):
                yield Chunk(form="pages", rows=tuple(rows), first=first, count=len(rows), position=position, skipped=dict(skipped))
                first += len(rows)
                rows, size = [], 0
                skipped.clear()
            rows.append(page)
            size += len(page.content)
    except (ValueError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        if rows:
            yield Chunk(form="pages", rows=tuple(rows), first=first, count=len(rows), position=position, skipped=dict(skipped))
        raise InputError(f"the archive is broken ({error}): fetch it anew") from error
    if rows or skipped:
        yield Chunk(form="pages", rows=tuple(rows), first=first, count=len(rows), position=position, skipped=dict(skipped))


def _page(record: Any, archive: Any, limit: int) -> Page | str:
    """The document in a record, or what to count it under. Raises `ValueError` where the archive ends in the midst of it."""
    kind: Literal["text", "html", "looks"] = "html"
    charset = None
    if record.record_type == archive.WarcRecordType.conversion:
        kind = "text"
    elif record.is_http:
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status is not None and status != 200:
            return "answers other than 200"
        content_type = (record.http_content_type or "").lower()
        charset = record.http_charset
        if content_type == "text/plain":
            kind = "text"
        elif not content_type:
            kind = "looks"
        elif content_type not in _HTML:
            return "contents other than HTML and plain text"
    else:
        content_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if content_type == "text/plain":
            kind = "text"
        elif content_type not in _HTML:
            return "contents other than HTML and plain text"
    # One byte more than can be taken: the cleaner then says that it is too large. Room is made for all that is asked for, so no more
    # is asked for than is there.
    asked = min(record.content_length, limit + 1)
    content = record.reader.read(asked)
    if len(content) < asked:
        raise ValueError("it ends within a record")
    content = _unpacked(content, record.http_headers, archive, limit)
    return Page(record.record_id, record.headers.get("WARC-Target-URI"), kind, content, charset)


def _unpacked(content: bytes, headers: Any, archive: Any, limit: int) -> bytes:
    """The content as it was before it was sent, or as it is where it cannot be unpacked: many crawlers keep it unpacked under the
    headers it came with."""
    packed = [(name, headers.get(name)) for name in _ENCODINGS if headers is not None and headers.get(name) is not None]
    if not packed:
        return content
    http = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in packed) + "\r\n"
    block = http.encode("utf-8", "replace") + content
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    stream = io.BytesIO(head.encode() + block + b"\r\n\r\n")
    try:
        for record in archive.ArchiveIterator(stream, parse_http=True, auto_decode="all"):
            unpacked: bytes = record.reader.read(limit + 1)
            return unpacked
    except (ValueError, OSError):
        pass
    return content


def _archive() -> Any:
    try:
        return importlib.import_module("fastwarc.warc")
    except ImportError:
        raise MissingExtra("reading WARC files", "warc") from None
