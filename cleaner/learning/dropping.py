"""`cleaner clean --drop-duplicates`: inputs without those that are nearly the same as another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import msgspec

from cleaner.classify.sites import SiteBook
from cleaner.errors import CleanerError
from cleaner.learning.inputs import Read, Unread, documents_of
from cleaner.learning.learn import parse
from cleaner.learning.near_duplicates import Sketches
from cleaner.learning.sketches import sketch_of
from cleaner.load.fields import Fields
from cleaner.pipeline import Cleaner
from cleaner.sinks.names import Ids
from cleaner.sources.folders import Found, Input, Skipped
from cleaner.values import Document


def without_duplicates(walk: Callable[[], Iterable[Found]], cleaner: Cleaner, fields: Fields | None = None) -> Iterator[Found]:
    """The inputs, with a `Skipped` in the place of each that is nearly the same as another; files of records know what to leave out.

    Parameters: `walk` finds the inputs, the same in the same order whenever it is called: they are read once to compare them, and
    again by whoever takes them. `cleaner` knows the lines of sites, which are not compared. `fields` are those of records that the
    user has named.
    Sketches and ids of all documents are held at once: some 600 bytes for each, 1,000 while they are compared.
    """
    sketches = Sketches()
    ids = Ids()
    book = SiteBook(cleaner.site_rules) if cleaner.site_rules is not None else None
    #: file of records -> the ids of its records by their numbers
    records: dict[str, dict[int, str]] = defaultdict(dict)
    for thing in walk():
        if isinstance(thing, Input):
            file = ids.give(thing.id)
            for found in documents_of(thing, fields or Fields(), max_chars=cleaner.options.max_chars):
                if isinstance(found, Unread):
                    continue  # told when it is to be cleaned
                id = file
                if found.number is not None:
                    id = records[file][found.number] = ids.give(found.source.id or "")
                _compare(sketches, id, found, book)
    kept_for = {duplicate.id: duplicate.of for duplicate in sketches.duplicates()}
    ids = Ids()
    for thing in walk():
        if not isinstance(thing, Input):
            yield thing
            continue
        file = ids.give(thing.id)
        if file in kept_for:
            yield _left_out(thing.path or thing.id, kept_for[file])
            continue
        doubled = {number: id for number, id in records[file].items() if ids.give(id) in kept_for}
        for id in doubled.values():
            yield _left_out(id, kept_for[id])
        yield msgspec.structs.replace(thing, left_out=frozenset(doubled)) if doubled else thing


def _left_out(name: str, other: str) -> Skipped:
    return Skipped(name, f"is nearly the same as {other}", told=True, kind="near duplicates")


def _compare(sketches: Sketches, id: str, found: Read, book: SiteBook | None) -> None:
    try:
        parsed = parse(found.source.content, found.kind)
    except CleanerError:
        return  # told when it is to be cleaned
    words, made = sketch_of(_own_texts(parsed.document, book, found.source.url or parsed.url, found.source.site))
    if made is not None:
        sketches.add(id, words, made)


def _own_texts(document: Document, book: SiteBook | None, url: str | None, site: str | None) -> list[str]:
    """The lines that are not the site's."""
    if book is None:
        return list(document.texts)
    template = {verdict.start for verdict in book.find(document, url=url, site=site).verdicts}
    return [text for block, text in zip(document.blocks, document.texts, strict=True) if block.start not in template]
