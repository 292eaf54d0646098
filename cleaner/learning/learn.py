"""`cleaner.learn`: documents to site rules."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from cleaner.errors import CleanerError, InputTooLarge
from cleaner.learning.learner import Learner
from cleaner.learning.reviewed_sites import with_decisions
from cleaner.learning.views import view_of
from cleaner.load.decisions import read_decisions
from cleaner.load.site_rules import SiteRules
from cleaner.parse.decode import decode
from cleaner.parse.looks import looks_like_html
from cleaner.parse.text import parse_text
from cleaner.pipeline import Cleaner
from cleaner.values import Document, Failure, Options, Result, Source


def learn(
    documents: Iterable[Any],
    *,
    decisions: Iterable[str | os.PathLike[str]] = (),
    model: str | None = "default",
    failed: Callable[[Failure], None] | None = None,
) -> SiteRules:
    """Learns what the pages of each site have in common: `cleaner.learn`, which says what the parameters are."""
    reviewed = read_decisions(decisions)
    learner, cleaner = Learner(), viewer(model)
    failures: list[Failure] = []
    for index, document in enumerate(documents):
        source = document if isinstance(document, Source) else Source(content=document)
        try:
            add(learner, source, cleaner, id=source.id if source.id is not None else str(index))
        except CleanerError as error:
            (failed or failures.append)(Failure(index=index, id=source.id, error=error))
    if failures:
        text = f"{len(failures):,} documents could not be read, the first is number {failures[0].index}: {failures[0].error}"
        warnings.warn(text, stacklevel=3)
    return with_decisions(learner.rules(), reviewed)


def viewer(model: str | None) -> Cleaner | None:
    """What is asked about pages, to weigh what recurs on them; None without a model.

    Raises `DataFileError` for a model that cannot be used.
    """
    return None if model is None else Cleaner(Options(model=model))


def add(learner: Learner, source: Source, cleaner: Cleaner | None = None, *, id: str, folder: str = "", kind: str = "looks") -> None:
    """Parses a document and gives it to a learner.

    Parameters: `cleaner` is asked what it makes of the document, where the learner wants to know; `id` is its own among all, `folder` the
    one it lies in, `kind` is `text`, `html` or `looks`.
    Raises `InputError` where it cannot be read.
    """
    parsed = parse(source.content, kind)
    view = None if cleaner is None else lambda: view_of(parsed.document, _cleaned(cleaner, source, parsed))
    learner.add(parsed.document, id=id, url=source.url or parsed.url, site=source.site, folder=folder, paths=parsed.paths, view=view)


def _cleaned(cleaner: Cleaner, source: Source, parsed: Parsed) -> Result:
    clean = cleaner.clean_html if parsed.is_page else cleaner.clean_text
    return clean(source.content, url=source.url)


class Parsed(msgspec.Struct, frozen=True):
    """A document, and what learning wants to know of it beside its text."""

    document: Document
    #: the address that a page names as its own
    url: str | None = None
    #: the path of every block's element; empty for a text
    paths: tuple[str, ...] = ()
    is_page: bool = False


def parse(content: Any, kind: str = "looks") -> Parsed:
    """A document as learning sees it.

    Raises `InputError` where it cannot be read.
    """
    most = Options().max_chars
    if isinstance(content, (bytearray, memoryview)):
        content = bytes(content)
    if isinstance(content, (str, bytes)):
        if len(content) > (most if isinstance(content, str) else 4 * most):
            raise InputTooLarge(len(content), most)
        if kind == "text" or (kind == "looks" and not looks_like_html(content)):
            return Parsed(parse_text(content if isinstance(content, str) else decode(content).text))
    # Slow to import, and texts do without.
    from cleaner.classify.html_metadata import page_url
    from cleaner.parse.html import parse_html
    from cleaner.parse.paths import paths_of

    page = parse_html(content)
    return Parsed(page.document, page_url(page.head), paths_of(page), is_page=True)
