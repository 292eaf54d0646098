"""WARC and WET archives: pages that a crawler has kept, and texts made from them."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from cleaner.errors import InputError, MissingExtra
from cleaner.sources.files import byte_limit
from cleaner.sources.folders import Input
from cleaner.sources.records import MOST_BYTES, MOST_RECORDS, Chunk, Page

_HTML = frozenset({"text/html", "application/xhtml+xml"})


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
            auto_decode="all",
            fsspec_args=False,
        )
        for record in records:
            position = record.stream_pos
            page = _page(record, types, limit)
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


def _page(record: Any, types: Any, limit: int) -> Page | str:
    """The document in a record, or what to count it under."""
    kind: Literal["text", "html", "looks"] = "html"
    charset = None
    if record.record_type == types.conversion:
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
    # is asked for than is there, where that is known.
    content = record.reader.read(limit + 1 if _encoded(record) else min(record.content_length, limit + 1))
    return Page(record.record_id, record.headers.get("WARC-Target-URI"), kind, content, charset)


def _encoded(record: Any) -> bool:
    """Whether the content is longer or shorter than the record says, since it lies there as it was sent."""
    headers = record.http_headers
    return headers is not None and any(headers.get(name) is not None for name in ("Content-Encoding", "Transfer-Encoding"))


def _archive() -> Any:
    try:
        return importlib.import_module("fastwarc.warc")
    except ImportError:
        raise MissingExtra("reading WARC files", "warc") from None
