"""Scrapy: an item pipeline that puts the article body beside the page.

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanerPipeline": 300}
    CLEANER_HTML_FIELD = "html"

Scrapy itself is not imported: whatever runs this has it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import msgspec

from cleaner import Cleaner, CleanerError, MissingExtra, Options, Result
from cleaner.values import SPACE

_log = logging.getLogger(__name__)
#: options of `cleaner.Options` that are settings too: `CLEANER_KEEP`, `CLEANER_BIAS` …
_OPTIONS = ("keep", "strip", "bias", "rules", "site_rules", "model", "extractor", "language", "max_chars", "deadline")
_LISTS = frozenset({"keep", "strip", "rules"})
#: what of a result goes into fields of the same name, where an item has them and they are empty
_METADATA = ("title", "authors", "date", "language")


class CleanerPipeline:
    """Cleans one field of every item into another.

    Settings: `CLEANER_HTML_FIELD` and `CLEANER_TEXT_FIELD` name the field that holds the page, or the scraped text (`html` is taken where
    neither is set); `CLEANER_URL_FIELD` (`url`) the address; `CLEANER_OUTPUT_FIELD` (`text`) takes the body; `CLEANER_SPANS_FIELD`, where
    set, the spans; `CLEANER_ERROR_FIELD`, where set, why an item could not be cleaned. Title, authors, date and language are filled
    where the item has such a field and nothing in it. `CLEANER_KEEP`, `CLEANER_STRIP`, `CLEANER_BIAS`, `CLEANER_RULES`,
    `CLEANER_LANGUAGE`, `CLEANER_MAX_CHARS`, `CLEANER_DEADLINE` and so on are the `cleaner.Options`.
    An item that cannot be cleaned goes on as it is, and is logged and counted (`cleaner/failed`): the crawl never ends for it.
    Raises `OptionError` and `DataFileError` when the crawl starts, for settings that cannot be used.
    """

    def __init__(self, settings: Any, stats: Any = None) -> None:
        given = {option: _setting(settings, option) for option in _OPTIONS if settings.get(f"CLEANER_{option.upper()}") is not None}
        self._cleaner = Cleaner(Options(**given))
        self._stats = stats
        text = settings.get("CLEANER_TEXT_FIELD")
        self._is_text = text is not None and settings.get("CLEANER_HTML_FIELD") is None
        self._source: str = text if self._is_text else settings.get("CLEANER_HTML_FIELD") or "html"
        self._url: str = settings.get("CLEANER_URL_FIELD") or "url"
        self._output: str = settings.get("CLEANER_OUTPUT_FIELD") or "text"
        self._spans: str | None = settings.get("CLEANER_SPANS_FIELD")
        self._error: str | None = settings.get("CLEANER_ERROR_FIELD")

    @classmethod
    def from_crawler(cls, crawler: Any) -> CleanerPipeline:
        """How Scrapy makes it."""
        return cls(crawler.settings, crawler.stats)

    def process_item(self, item: Any, *_: Any) -> Any:
        """The item, cleaned. Older versions of Scrapy also hand over the spider, which is not needed."""
        try:
            adapter = _adapter(item)
            content = adapter.get(self._source)
            if content is None:
                self._count("cleaner/without_content")
                return item
            url = adapter.get(self._url)
            clean = self._cleaner.clean_text if self._is_text else self._cleaner.clean_html
            result = clean(content, url=url if isinstance(url, str) else None)
            self._put(adapter, result)
            self._note(result)
        except MissingExtra:
            raise
        except Exception as error:  # a crawl of a week must not end for one page
            self._failed(item, error)
        return item

    def _put(self, adapter: Any, result: Result) -> None:
        adapter[self._output] = result.text
        if self._spans is not None:
            adapter[self._spans] = msgspec.to_builtins(result.spans)
        for name in _METADATA:
            value = getattr(result, name)
            if name != self._output and name in adapter.field_names() and not adapter.get(name) and value:
                adapter[name] = list(value) if isinstance(value, tuple) else value

    def _note(self, result: Result) -> None:
        self._count("cleaner/documents")
        self._count("cleaner/words", len(result.source.split()))
        self._count("cleaner/words_kept", len(result.text.split()))
        for span in result.removed:
            if span.label != SPACE:
                self._count(f"cleaner/removed/{span.label}")
        for warning in result.warnings:
            self._count(f"cleaner/warnings/{warning}")

    def _failed(self, item: Any, error: Exception) -> None:
        self._count("cleaner/failed")
        self._count(f"cleaner/failed/{type(error).__name__}")
        if isinstance(error, CleanerError):
            _log.warning("an item was not cleaned: %s", error)
        else:
            _log.exception("an item was not cleaned")
        if self._error is not None:
            try:
                _adapter(item)[self._error] = str(error)
            except Exception:
                _log.exception("%s could not be set", self._error)

    def _count(self, name: str, number: int = 1) -> None:
        if self._stats is not None:
            self._stats.inc_value(name, number)


def _setting(settings: Any, option: str) -> Any:
    value = settings.get(f"CLEANER_{option.upper()}")
    if option in _LISTS:
        return _words(value)
    if option == "model" and value == "none":
        return None
    if isinstance(value, str) and option in ("max_chars", "deadline"):  # given on the command line
        return int(value) if option == "max_chars" else float(value)
    return value


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    """Settings given on the command line are strings: `-s CLEANER_KEEP=caption,byline`."""
    return tuple(word.strip() for word in (value.split(",") if isinstance(value, str) else value) if word.strip())


def _adapter(item: Any) -> Any:
    try:
        from itemadapter import ItemAdapter
    except ImportError:
        raise MissingExtra("the Scrapy pipeline", "scrapy") from None
    return ItemAdapter(item)
