"""Pages to blocks: the visible text in reading order, blocks parted by a blank line, list items and rows by a line break."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from cleaner.errors import NotText, UnsupportedInput
from cleaner.parse.declared import declared_codec
from cleaner.parse.decode import decode
from cleaner.parse.page import Page
from cleaner.parse.scripts import with_article_body
from cleaner.parse.walk import walk

_DECLARED = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NOSCRIPT = re.compile("<noscript", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
#: a page that shows fewer words may show so many more to browsers without scripts
_FEW_WORDS = 60
#: parts of a table that a parser drops where no table is around them
_TABLE_PARTS = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})


def parse_html(page: Any) -> Page:
    """The visible text of a page, and what its blocks stand in.

    Parameters: `page` is bytes, str, an lxml element or a BeautifulSoup.
    Raises `NotText` for bytes that are no page, `UnsupportedInput` for other types.
    """
    return parse_markup(page_text(page))


def parse_markup(text: str) -> Page:
    """The same of what `page_text` returned."""
    declaration = _XML_DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    walked = walk(text)
    words = walked.document.source.count(" ")
    if words < _FEW_WORDS and _NOSCRIPT.search(text):
        without_scripts = walk(text, with_noscript=True)
        if without_scripts.document.source.count(" ") > words + _FEW_WORDS:
            walked = without_scripts
    return with_article_body(walked)


def page_text(page: Any) -> str:
    """A page as markup, without NULs and lone surrogates.

    Raises `NotText`, `UnsupportedInput` like `parse_html`.
    """
    if isinstance(page, (bytes, bytearray, memoryview)):
        data = bytes(page)
        with contextlib.suppress(UnicodeDecodeError):
            # UTF-8 first, since some pages declare otherwise. It holds no lone surrogates, and NULs are found faster in bytes.
            return data.decode("utf-8-sig") if b"\0" not in data else _parsable(data.decode("utf-8-sig"))
        return _parsable(_decoded(data))
    if isinstance(page, str):
        return _parsable(page)
    if hasattr(page, "decode") and hasattr(page, "find_all"):
        markup: str = page.decode()
        return _parsable(_whole_table(markup, page.name))
    if hasattr(page, "iterwalk") or hasattr(page, "itertext"):
        return _parsable(_serialised(page))
    raise UnsupportedInput(type(page).__name__)


def _parsable(text: str) -> str:
    """A text without what parsers do not take."""
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = _SURROGATE.sub("\ufffd", text)
    return text


def _serialised(element: Any) -> str:
    import lxml.etree  # slow to import, and there already where an element is

    if not isinstance(element, lxml.etree._Element):
        raise UnsupportedInput(type(element).__name__)
    markup: str = lxml.etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return _whole_table(markup, element.tag)


def _whole_table(markup: str, tag: Any) -> str:
    return f"<table>{markup}</table>" if tag in _TABLE_PARTS else markup


def _decoded(data: bytes) -> str:
    """What is no UTF-8: by what is declared, then by detection."""
    declared = _DECLARED.search(data[:4096])
    if declared:
        codec = declared_codec(declared[1].decode("ascii", "replace"))
        # A page in UTF-16 or UTF-32 could not declare it in ASCII: browsers then read UTF-8.
        if codec is not None and not codec.startswith("utf-16"):
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode(codec)
    try:
        return decode(data).text
    except NotText:
        if b"<" in data[:4096] and b"\0" not in data[:64]:
            return data.decode("utf-8", "replace")
        raise
