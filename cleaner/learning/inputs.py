"""What lies in files and folders, as documents of sites: a file each, or many in a file of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from cleaner.batch.records import Row, name_of, rows_of
from cleaner.errors import CleanerError
from cleaner.load.address import host
from cleaner.load.fields import Fields
from cleaner.sources.files import read
from cleaner.sources.folders import Input
from cleaner.sources.formats import RECORDS
from cleaner.sources.records import chunks, standard_input
from cleaner.values import Source


class Read(msgspec.Struct, frozen=True):
    """A document that was read."""

    #: content, id, and its address and site as far as they are known without looking at the content
    source: Source
    #: `text`, `html` or `looks`
    kind: str
    #: the first folder below the one that was named; empty where there is none
    folder: str
    #: its place in its file of records, from 0; None for a file of its own
    number: int | None = None


class Unread(msgspec.Struct, frozen=True):
    """A document, or what is left of a file, that cannot be read."""

    name: str
    reason: str


def documents_of(
    document: Input,
    fields: Fields,
    *,
    max_chars: int,
    say: Callable[[str], None] = lambda text: None,
    wanted: Callable[[str], bool] = lambda id: True,
) -> Iterator[Read | Unread]:
    """The documents of an input, in their order.

    Parameters: `fields` are those of records that the user has named; `max_chars` limits a document; `say` is told what is read of
    records; a file that `wanted` does not want, by its id, is not read.
    """
    folder = document.id.split("/")[0] if "/" in document.id else ""
    # A crawler's mirror has a folder for each host.
    site = host(folder)
    try:
        if document.path is None:
            document = standard_input(document, fields, max_chars=max_chars)
        if document.kind in RECORDS:
            yield from _records(document, fields, folder, site, max_chars, say)
        elif wanted(document.id):
            content = read(document.path, document.compression, max_chars) if document.content is None else document.content
            yield Read(Source(content=content, id=document.id, site=site), document.kind, folder)
    except CleanerError as error:
        yield Unread(document.path or document.id, str(error))
    except OSError as error:
        yield Unread(document.path or document.id, f"cannot be read: {error.strerror or error}")


def _records(
    document: Input, given: Fields, folder: str, site: str | None, max_chars: int, say: Callable[[str], None]
) -> Iterator[Read | Unread]:
    said: Fields | None = None
    for chunk in chunks(document, given, skip=0, max_chars=max_chars):
        if chunk.fields != said and chunk.fields.said:
            say(f"{document.id}: {chunk.fields.said}")
            said = chunk.fields
        for place, row in enumerate(rows_of(chunk, document.id)):
            number = chunk.first + place
            if isinstance(row, Row):
                source = Source(content=row.content, id=row.id, url=row.url, site=row.site or (site if row.url is None else None))
                yield Read(source, row.kind, folder, number)
            else:
                yield Unread(name_of(document.id, number), str(row))
        if chunk.error is not None:
            yield Unread(document.path or document.id, chunk.error)
