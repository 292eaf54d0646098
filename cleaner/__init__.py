"""Strips web pages and scraped text down to the article body, and shows what it removed and why."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cleaner.errors import (
    CleanerError,
    DataFileError,
    DeadlineExceeded,
    InputError,
    InputTooLarge,
    MissingExtra,
    NotText,
    OptionError,
    OutputError,
    RestoreError,
    RuleError,
    UnsupportedInput,
    WorkerLost,
)
from cleaner.pipeline import Cleaner
from cleaner.values import Failure, Options, Result, Source, Span

if TYPE_CHECKING:
    import os

    from cleaner.load.site_rules import SiteRules

    __version__: str

__all__ = [
    "Cleaner",
    "CleanerError",
    "DataFileError",
    "DeadlineExceeded",
    "Failure",
    "InputError",
    "InputTooLarge",
    "MissingExtra",
    "NotText",
    "OptionError",
    "Options",
    "OutputError",
    "RestoreError",
    "Result",
    "RuleError",
    "Source",
    "Span",
    "UnsupportedInput",
    "WorkerLost",
    "__version__",
    "aclean_many",
    "clean",
    "clean_html",
    "clean_many",
    "clean_text",
    "learn",
]


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: the packages' metadata take a sixth of the import."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("article-cleaner")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0+unknown"


@functools.lru_cache(maxsize=8)
def _cleaner(options: Options | None) -> Cleaner:
    return Cleaner(options)


def clean(source: Any, *, url: str | None = None, options: Options | None = None) -> Result:
    """Cleans HTML or plain text, told apart by looks; see `Cleaner.clean`."""
    return _cleaner(options).clean(source, url=url)


def clean_text(text: str | bytes, *, url: str | None = None, options: Options | None = None) -> Result:
    """Cleans already-scraped text; see `Cleaner.clean_text`."""
    return _cleaner(options).clean_text(text, url=url)


def clean_html(page: Any, *, url: str | None = None, options: Options | None = None) -> Result:
    """Cleans a page; see `Cleaner.clean_html`."""
    return _cleaner(options).clean_html(page, url=url)


def clean_many(sources: Iterable[Any], *, jobs: int = 1, options: Options | None = None) -> Iterator[Result | Failure]:
    """Cleans many sources lazily and in their order; see `Cleaner.clean_many`."""
    return _cleaner(options).clean_many(sources, jobs=jobs)


def learn(
    documents: Iterable[Any],
    *,
    decisions: Iterable[str | os.PathLike[str]] = (),
    model: str | None = "default",
    failed: Callable[[Failure], None] | None = None,
) -> SiteRules:
    """Learns what the pages of each site have in common.

    Parameters: `documents` yields what `clean` takes, or `Source`s that also have a `site` or a `url`; documents without either are
    parted into sites by the lines they share. `decisions` are reviewers' decisions files, by which the rules are corrected. `model` is the
    model of `Options`, which is asked about some pages of each site; None asks no model. `failed` is called for every document that cannot
    be read; without it, there is one `UserWarning` at the end.
    Returns `SiteRules`, which do not depend on the order of documents or decisions: for `Options(site_rules=…)`, or a file
    (`SiteRules.save`).
    Raises `DataFileError` for a decisions file or a model that cannot be used.
    """
    from cleaner.learning.learn import learn as learn_documents

    return learn_documents(documents, decisions=decisions, model=model, failed=failed)


def aclean_many(
    sources: Iterable[Any] | AsyncIterable[Any], *, jobs: int = 1, options: Options | None = None
) -> AsyncIterator[Result | Failure]:
    """Cleans many sources without blocking the event loop; see `Cleaner.aclean_many`."""
    return _cleaner(options).aclean_many(sources, jobs=jobs)
