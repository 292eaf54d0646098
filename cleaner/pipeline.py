"""`Cleaner`: parse, classify, decide. The one way through the house."""

from __future__ import annotations

import dataclasses
import re
import threading
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from cleaner.classify.document import Judgement, classify
from cleaner.classify.language import detect_language
from cleaner.classify.metadata import Metadata, find_metadata
from cleaner.classify.reviewed import Reviewed
from cleaner.classify.rules import RuleBook, book_of, lower
from cleaner.classify.sites import Findings, SiteBook
from cleaner.decide import decide, overlaid
from cleaner.errors import CleanerError, DeadlineExceeded, InputTooLarge, UnsupportedInput
from cleaner.kernel import COMPILED
from cleaner.load.decisions import read_decisions
from cleaner.load.labels import removed_labels
from cleaner.load.languages import languages
from cleaner.load.package import package_rules
from cleaner.load.rules import Rule, load_rules
from cleaner.load.site_rules import SiteRules, load_site_rules
from cleaner.load.unspaced import SIGNS_A_WORD, count_signs, count_words
from cleaner.parse.decode import decode
from cleaner.parse.looks import looks_like_html
from cleaner.parse.page import Page
from cleaner.parse.paths import paths_of
from cleaner.parse.text import parse_text
from cleaner.values import Document, Failure, Options, Result, Source, Span, Verdict, address, plain

if COMPILED:
    from cleaner.kernel.text import count_spaces, has_surrogates

#: over this share of the words gone is worth a warning (contract, law 5)
_MOSTLY = 0.9
_SURROGATE = re.compile("[\ud800-\udfff]")


class Cleaner:
    """Cleans documents under one set of options. Rules are loaded once; safe to use from many threads, and picklable.

    Parameters: `options` are the `Options`, or None for the defaults.
    Raises `OptionError` and `DataFileError` (`RuleError`) for options, rule files and models that cannot be used.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._removed_labels = removed_labels(self.options)
        own = [rule for path in self.options.rules for rule in load_rules(Path(path))]
        self._rules: Sequence[Rule] = (*own, *package_rules()) if own else package_rules()
        self._reviewed = Reviewed(read_decisions(self.options.decisions))
        rules = self.options.site_rules
        #: what `Options.site_rules` names
        self.site_rules: SiteRules | None = load_site_rules(rules) if isinstance(rules, str) else rules
        self._sites = SiteBook(self.site_rules, self.options.bias) if self.site_rules is not None else None
        self._books: dict[str | None, RuleBook] = {}
        self._lock = threading.Lock()
        if self.options.model is not None and self.options.model != "default":
            self._check_model(self.options.model)

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Options]]:
        return (type(self), (self.options,))

    def titled(self, title: str) -> Cleaner:
        """The same cleaner for a document whose title is known; what is loaded is shared."""
        same = object.__new__(type(self))
        same.__dict__.update(self.__dict__)
        same.options = dataclasses.replace(self.options, title=title)
        return same

    def clean(self, source: Any, *, url: str | None = None, site: str | None = None) -> Result:
        """Cleans HTML or plain text, told apart by looks. See `clean_html` and `clean_text`."""
        if isinstance(source, (str, bytes, bytearray, memoryview)):
            content = source if isinstance(source, str) else bytes(source)
            if not looks_like_html(content):
                return self.clean_text(content, url=url, site=site)
            return self.clean_html(content, url=url, site=site)
        return self.clean_html(source, url=url, site=site)

    def clean_text(self, text: str | bytes, *, url: str | None = None, site: str | None = None) -> Result:
        """Cleans already-scraped text.

        Parameters: `text` is the text, or its bytes in any encoding; `url` is where it came from;
        `site` is the name of its site in the site rules, where neither its address nor its lines tell.
        Returns a `Result` whose `source` is the text itself.
        Raises `InputTooLarge`, `NotText`, `UnsupportedInput`, `DeadlineExceeded`.
        """
        clock = _Clock(self.options.deadline)
        url = address(url)
        if isinstance(text, str):
            source = plain(text)
            warnings: tuple[str, ...] = ()
            self._check_length(len(source))
        elif isinstance(text, (bytes, bytearray, memoryview)):
            data = bytes(text)
            self._check_length(len(data) // 4)
            decoded = decode(data)
            source = decoded.text
            warnings = ("undecodable-bytes",) if decoded.undecodable else ()
            self._check_length(len(source))
        else:
            raise UnsupportedInput(type(text).__name__)
        clock.check()
        document = parse_text(source)
        found = self._of_site(document, url, site)
        return self._finish(document, url, Metadata(), warnings, found.verdicts, clock, site)

    def clean_html(self, page: Any, *, url: str | None = None, site: str | None = None) -> Result:
        """Cleans a page.

        Parameters: `page` is bytes, str, an lxml element or a BeautifulSoup; `url` is where it came from;
        `site` is the name of its site in the site rules, where neither its address nor its lines tell.
        Returns a `Result` whose `source` is the page's visible text.
        Raises `InputTooLarge`, `NotText`, `UnsupportedInput`, `DeadlineExceeded`.
        """
        from cleaner.classify.html_metadata import head_metadata, page_url
        from cleaner.parse.html import page_text, parse_markup

        clock = _Clock(self.options.deadline)
        url = address(url)
        if isinstance(page, (bytes, bytearray, memoryview)):
            self._check_length(len(page) // 4)
        markup = page_text(page)
        self._check_length(len(markup))
        clock.check()
        parsed = parse_markup(markup)
        clock.check()
        where = url or page_url(parsed.head)
        found = self._of_site(parsed.document, where, site, lambda: paths_of(parsed))
        if self.options.extractor == "trafilatura":
            from cleaner.classify.extractors import trafilatura_verdicts

            verdicts, metadata = trafilatura_verdicts(parsed.document, markup, url)
            clock.check()
            return self._finish(parsed.document, url, metadata, found.warnings, (*verdicts, *found.verdicts), clock, site)
        return self._finish(parsed.document, where, head_metadata(parsed), found.warnings, found.verdicts, clock, site, parsed)

    def clean_many(self, sources: Iterable[Any], *, jobs: int = 1) -> Iterator[Result | Failure]:
        """Cleans sources one after another, lazily and in their order.

        Parameters: `sources` yields what `clean` takes, or `Source`s that also have an id and a URL; `jobs` is the number of
        processes.
        Yields a `Result` for each source, or a `Failure` where it could not be cleaned. Never ends early.
        """
        from cleaner.parallel import clean_in_order

        return clean_in_order(self, sources, jobs)

    def aclean_many(self, sources: Iterable[Any] | AsyncIterable[Any], *, jobs: int = 1) -> AsyncIterator[Result | Failure]:
        """`clean_many` for asyncio: `async for result in cleaner.aclean_many(pages, jobs=4)`.

        Parameters: `sources` may also be an asynchronous iterable; the work is done in `jobs` processes, also where that is one, so
        that the loop is never blocked.
        """
        from cleaner.parallel import clean_many_async

        return clean_many_async(self, sources, jobs)

    def clean_one(self, index: int, source: Any) -> Result | Failure:
        """One step of `clean_many`: the result of a source, or its failure."""
        named = source if isinstance(source, Source) else Source(content=source)
        try:
            return self.clean(named.content, url=named.url, site=named.site)
        except CleanerError as error:
            return Failure(index=index, id=named.id, error=error)

    def book(self, language: str | None) -> RuleBook:
        """The rules for a language, ready for use; made once."""
        key = language if language in languages() else None
        book = self._books.get(key)
        if book is None:
            with self._lock:
                book = self._books.get(key)
                if book is None:
                    book = self._books[key] = book_of(self._rules, key)
        return book

    @staticmethod
    def _check_model(path: str) -> None:
        """Raises `DataFileError` for a model that cannot be used: before the first document is, and not with each of them."""
        # numpy is imported where it is needed: it doubles the time that `import cleaner` takes.
        from cleaner.classify.html_network import network
        from cleaner.classify.model import block_model, text_model

        if network(path) is None:
            block_model(path)
        else:
            text_model(path)

    def _with_model(self, document: Document, judgement: Judgement) -> Sequence[Verdict]:
        """What rules and model say together; the rules alone without a model."""
        if self.options.model is None:
            return judgement.verdicts
        # numpy is imported where it is needed: it doubles the time that `import cleaner` takes.
        from cleaner.classify.model import block_model

        return block_model(self.options.model).verdicts(document, judgement, self.options.bias)

    def _of_site(self, document: Document, url: str | None, site: str | None, paths: Callable[[], Sequence[str]] | None = None) -> Findings:
        """What the site rules say; `paths` gives the path of every block's element, where they are known."""
        return self._sites.find(document, url=url, site=site, paths=paths) if self._sites is not None else Findings()

    def _check_length(self, length: int) -> None:
        if length > self.options.max_chars:
            raise InputTooLarge(length, self.options.max_chars)

    def _page_verdicts(self, page: Page, lowered: str, book: RuleBook, title: str | None) -> Sequence[Verdict] | None:
        """What the block model says of a page, or None without one."""
        if self.options.model is None:
            return None
        # numpy is slow to import, and texts do without.
        from cleaner.classify.html_network import network
        from cleaner.classify.html_page import classify_page
        from cleaner.classify.model import text_model

        path = self.options.model
        model = network(None if path == "default" else path)
        if model is None:
            return None
        return classify_page(page, lowered, book, model, text=text_model(path), bias=self.options.bias, title=title)

    def _finish(
        self,
        document: Document,
        url: str | None,
        known: Metadata,
        warnings: tuple[str, ...],
        verdicts: Sequence[Verdict],
        clock: _Clock,
        site: str | None,
        page: Page | None = None,
    ) -> Result:
        options = self.options
        judged = _without_surrogates(document)
        lowered = lower(judged.source)
        detected = options.language or detect_language(lowered)
        language = detected or known.language
        if known.language and detected and known.language.split("-")[0] == detected:
            language = known.language
        book = self.book(language.split("-")[0].lower() if language else None)
        clock.check()
        title = options.title or known.title
        own = None if page is None else self._page_verdicts(page, lowered, book, title)
        if own is None:
            judgement = classify(judged, lowered, book, bias=options.bias, title=title)
            clock.check()
            own = self._with_model(judged, judgement)
        clock.check()
        spans = decide(judged, (*verdicts, *own), self._removed_labels)
        if self._reviewed:
            spans = overlaid(judged.source, spans, self._reviewed.verdicts(judged.source, url=url, site=site), self._removed_labels)
        spans, text, more = _guarded(document, spans)
        clock.check()
        found = find_metadata(judged, spans, book, known)
        return Result(
            text=text,
            title=options.title or found.title,
            authors=found.authors,
            date=found.date,
            language=language,
            url=url,
            site_name=known.site_name,
            source=document.source,
            spans=spans,
            warnings=warnings + document.warnings + more,
        )


class _Clock:
    """Watches a document's deadline."""

    def __init__(self, deadline: float | None) -> None:
        self._deadline = deadline
        self._end = time.monotonic() + deadline if deadline is not None else None

    def check(self) -> None:
        """Raises `DeadlineExceeded` when the time is over."""
        if self._end is not None and time.monotonic() > self._end:
            assert self._deadline is not None
            raise DeadlineExceeded(self._deadline)


def _without_surrogates(document: Document) -> Document:
    """The document as its judges see it: what they are written in cannot hold lone surrogates."""
    if not _has_surrogates(document.source):
        return document
    return msgspec.structs.replace(
        document,
        source=_SURROGATE.sub("\ufffd", document.source),
        texts=tuple(_SURROGATE.sub("\ufffd", text) for text in document.texts),
    )


def plain_kept_text(source: str, spans: Iterable[Span]) -> tuple[str, int]:
    """The kept spans of a source, joined: those in a row at once. And how many they are."""
    pieces: list[str] = []
    start = end = kept = 0
    for span in spans:
        if span.kept:
            kept += 1
            if span.start != end:
                pieces.append(source[start:end])
                start = span.start
            end = span.end
    pieces.append(source[start:end])
    return "".join(pieces), kept


if COMPILED:
    from cleaner.kernel.kept import kept_text as _kept_text
else:
    _kept_text = plain_kept_text


def _has_surrogates(source: str) -> bool:
    if COMPILED:
        return has_surrogates(source)
    try:
        source.encode()
    except UnicodeEncodeError:
        return True
    return False


def _guarded(document: Document, spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], str, tuple[str, ...]]:
    """The spans, or one that keeps all where nothing was content; their text; and the warnings about that (contract, law 5)."""
    source = document.source
    text, kept = _kept_text(source, spans)
    if not document.blocks:
        return spans, text, ("no-article",) if source else ()
    if not kept:
        return (Span(start=0, end=len(source), label="body", kept=True, reason="default", score=0.5),), source, ("no-article",)
    return spans, text, ("mostly-removed",) if _is_mostly_removed(source, text, spans, kept) else ()


def _is_mostly_removed(source: str, text: str, spans: Sequence[Span], kept: int) -> bool:
    """Whether so many words are gone that it is worth a warning: of a source in these spans so many stay, with this text."""
    signs = count_signs(source)
    # Spans tile the source; each counts the word that its last space is missing for.
    words = _count_spaces(source) + len(spans) + signs // SIGNS_A_WORD
    # So many stay at least; in scripts with spaces no more.
    is_mostly = words - (_count_spaces(text) + kept) > _MOSTLY * words
    if not signs or not is_mostly:
        return is_mostly
    return words - sum([count_words(source[span.start : span.end]) for span in spans if span.kept]) > _MOSTLY * words


def _count_spaces(text: str) -> int:
    return count_spaces(text, 0, len(text)) if COMPILED else text.count(" ")
