"""`cleaner clean --drop-duplicates`: inputs without those that are nearly the same as another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cleaner.classify.sites import SiteBook
from cleaner.errors import CleanerError
from cleaner.learning.learn import parse
from cleaner.learning.near_duplicates import Sketches
from cleaner.learning.sketches import sketch_of
from cleaner.pipeline import Cleaner
from cleaner.sinks.names import Ids
from cleaner.sources.files import read
from cleaner.sources.folders import Found, Input, Skipped
from cleaner.values import Document


def without_duplicates(walk: Callable[[], Iterable[Found]], cleaner: Cleaner) -> Iterator[Found]:
    """The inputs, with a `Skipped` in the place of each that is nearly the same as another.

    Parameters: `walk` finds the inputs, the same in the same order whenever it is called: they are read once to compare them, and
    again by whoever takes them. `cleaner` knows the lines of sites, which are not compared.
    """
    sketches = Sketches()
    ids = Ids()
    book = SiteBook(cleaner.site_rules) if cleaner.site_rules is not None else None
    for thing in walk():
        if isinstance(thing, Input):
            id = ids.give(thing.id)
            try:
                parsed = parse(read(thing.path, thing.compression, cleaner.options.max_chars), thing.kind)
            except (CleanerError, OSError):
                continue  # told when it is to be cleaned
            words, made = sketch_of(_own_texts(parsed.document, book, parsed.url))
            if made is not None:
                sketches.add(id, words, made)
    kept_for = {duplicate.id: duplicate.of for duplicate in sketches.duplicates()}
    ids = Ids()
    for thing in walk():
        other = kept_for.get(ids.give(thing.id)) if isinstance(thing, Input) else None
        if other is not None and isinstance(thing, Input):
            yield Skipped(thing.path or thing.id, f"is nearly the same as {other}", told=True, kind="near duplicates")
        else:
            yield thing


def _own_texts(document: Document, book: SiteBook | None, url: str | None) -> list[str]:
    """The lines that are not the site's."""
    if book is None:
        return list(document.texts)
    template = {verdict.start for verdict in book.find(document, url=url).verdicts}
    return [text for block, text in zip(document.blocks, document.texts, strict=True) if block.start not in template]
