"""The values that travel through the pipeline. All are frozen; lengths and offsets are in code points."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from cleaner.errors import CleanerError, OptionError

if TYPE_CHECKING:
    from cleaner.load.site_rules import SiteRules
    from cleaner.render.diff import Style

Bias: TypeAlias = Literal["balanced", "precision", "recall"]
#: what a block is on the page: `paragraph`, `heading1` … `heading6`, `list_item`, `table_row`, `quote`, `code`
Role: TypeAlias = str

BIASES: tuple[Bias, ...] = ("balanced", "precision", "recall")
EXTRACTORS = ("cleaner", "trafilatura")
_LANGUAGE = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
#: label of white space that was removed beside a removal
SPACE = "space"


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph, heading, list item or row of a document, without the white space around it."""

    #: first character, in code points of `Document.source`
    start: int
    #: one past the last character
    end: int
    role: Role = "paragraph"


class Document(msgspec.Struct, frozen=True):
    """A parsed input: a text and the blocks in it."""

    #: the decoded input (plain text) or the page's visible text (HTML)
    source: str
    #: sorted, without overlap; what lies between two of them is white space
    blocks: tuple[Block, ...]
    #: what a reader sees of each block: its text without Markdown's signs and line breaks
    texts: tuple[str, ...]
    #: whether one line held the whole text, so that blocks are sentences and their layout says nothing
    glued: bool = False
    warnings: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What one classifier thinks of a run of the source."""

    start: int
    end: int
    label: str
    #: `rule:<id>`, `structure`, `duplicate`, `extractor:<name>` …
    reason: str
    #: how sure the classifier is, 0 to 1
    score: float


class Span(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A run of the source with one label and one reason."""

    #: first character, in code points of `Result.source`
    start: int
    #: one past the last character
    end: int
    #: one of `cleaner labels`, or `space` for white space removed beside a removal
    label: str
    #: whether the run is part of `Result.text`
    kept: bool
    #: what decided: `rule:<id>`, `model`, `site:<id>`, `duplicate`, `structure`, `reviewed`, `extractor:<name>`, `default`
    reason: str
    #: how sure the decision is, 0 to 1, four decimals
    score: float
    role: Role = "paragraph"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What `clean` returns: the body, and everything that was decided on the way to it."""

    #: the article body: the kept spans of `source`, joined
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    #: ISO 8601, a date or a date with time
    date: str | None = None
    #: BCP 47
    language: str | None = None
    url: str | None = None
    #: what the page calls the site it is on, for readers
    site_name: str | None = None
    #: what the spans' offsets count in
    source: str
    #: sorted, covering `source` without gap or overlap
    spans: tuple[Span, ...]
    #: `no-article`, `mostly-removed`, `undecodable-bytes` …
    warnings: tuple[str, ...] = ()

    @property
    def removed(self) -> tuple[Span, ...]:
        """The spans that are not part of the text."""
        return tuple(span for span in self.spans if not span.kept)

    def markdown(self) -> str:
        """The body as Markdown: headings, lists, quotes, code and tables marked as such."""
        from cleaner.render.markdown import markdown

        return markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold, spans and source included."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]

    def diff(self, style: Style = "inline") -> str:
        """What was removed and why, as a terminal shows it, without colours.

        Parameters: `style` is `"inline"`, `"side"` or `"unified"`.
        Raises `OptionError` for any other style.
        """
        from cleaner.render.diff import plain_diff

        return plain_diff(self, style)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document for `clean_many` that has a name, or an address of its own."""

    content: Any
    #: what a failure calls it
    id: str | None = None
    url: str | None = None
    #: the name of its site, for site rules; None where its `url` says it, or nothing does
    site: str | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What `clean_many` yields in place of a result for a source that failed."""

    #: the source's place among the sources, from 0
    index: int
    #: the source's id, where it had one
    id: str | None
    error: CleanerError


def _no_names() -> frozenset[str]:
    return frozenset()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to clean. Checked when made.

    Raises `OptionError` for a value that an option cannot have.
    """

    #: labels of residue that stays all the same, such as `{"caption"}`
    keep: frozenset[str] = dataclasses.field(default_factory=_no_names)
    #: labels of content that goes all the same, such as `{"dateline"}`
    strip: frozenset[str] = dataclasses.field(default_factory=_no_names)
    #: `precision` removes what is doubtful too, `recall` only what is certain
    bias: Bias = "balanced"
    #: paths of the user's own rule files
    rules: tuple[str, ...] = ()
    #: path of a site rule file, or what `cleaner.learn` returned
    site_rules: str | SiteRules | None = None
    #: paths of decisions files, made by `cleaner review`: what they say of a span is done, with the reason `reviewed`
    decisions: tuple[str, ...] = ()
    #: path of a model, `default` for the one in the package, None for rules alone
    model: str | None = "default"
    #: what reads HTML pages: `cleaner` or `trafilatura`
    extractor: str = "cleaner"
    #: the title, where the caller knows it
    title: str | None = None
    #: BCP 47 code, where the caller knows it
    language: str | None = None
    #: longest document taken, in code points
    max_chars: int = 20_000_000
    #: longest time a document may take, in seconds
    deadline: float | None = None

    def __post_init__(self) -> None:
        for option in ("keep", "strip"):
            object.__setattr__(self, option, frozenset(_strings(option, getattr(self, option))))
        for option in ("rules", "decisions"):
            paths = _strings(option, getattr(self, option))
            object.__setattr__(self, option, tuple(_path(option, path, "must be paths of files") for path in paths))
        if self.model is not None:
            object.__setattr__(self, "model", _path("model", self.model, "must be the path of a model, default, or None"))
        for option in ("title", "language"):
            value = getattr(self, option)
            if value is not None and not isinstance(value, str):
                raise OptionError(option, value, "must be a str, or None")
            object.__setattr__(self, option, value and plain(value))
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise OptionError("language", self.language, "must be a BCP 47 code such as de or pt-BR")
        if self.site_rules is not None and not hasattr(self.site_rules, "sites"):
            try:
                object.__setattr__(self, "site_rules", os.fspath(self.site_rules))
            except TypeError:
                raise OptionError("site_rules", self.site_rules, "must be the path of a site rule file, or SiteRules") from None
        if self.bias not in BIASES:
            raise OptionError("bias", self.bias, f"must be one of {', '.join(BIASES)}")
        if self.extractor not in EXTRACTORS:
            raise OptionError("extractor", self.extractor, f"must be one of {', '.join(EXTRACTORS)}")
        if not isinstance(self.max_chars, int) or self.max_chars < 1:
            raise OptionError("max_chars", self.max_chars, "must be a whole number above 0")
        if self.deadline is not None and not (isinstance(self.deadline, (int, float)) and self.deadline > 0):
            raise OptionError("deadline", self.deadline, "must be a number of seconds above 0, or None")
        both = self.keep & self.strip
        if both:
            raise OptionError("keep", sorted(both), "the same labels are in strip; name each in one of the two")


def _strings(option: str, value: Iterable[Any]) -> tuple[Any, ...]:
    if isinstance(value, (str, bytes)):
        raise OptionError(option, value, f"must be a collection of names, such as {{{value!r}}}")
    try:
        return tuple(value)
    except TypeError:
        raise OptionError(option, value, "must be a collection of names") from None


def _path(option: str, value: Any, wanted: str) -> str:
    try:
        path: str = os.fspath(value)
    except TypeError:
        raise OptionError(option, value, wanted) from None
    if not path:
        raise OptionError(option, value, wanted)
    return path


def plain(text: str) -> str:
    """The text as a `str` and nothing more: those of lxml and BeautifulSoup hold their whole page."""
    return str.__str__(text)


def address(url: Any) -> str | None:
    """An address as text: HTTP clients have types of their own for it."""
    if url is None or type(url) is str:
        return url
    if isinstance(url, (bytes, bytearray)):
        return bytes(url).decode("utf-8", "replace")
    return plain(url) if isinstance(url, str) else str(url)
