"""Where a page lives: the address that it names."""

from __future__ import annotations

import html
import re
from typing import Any

#: a page's head is within so many characters
_HEAD = 200_000
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_IS_CANONICAL = re.compile(r"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_IS_OPEN_GRAPH = re.compile(r"""\bproperty\s*=\s*["']?og:url\b""", re.IGNORECASE)
_VALUE = re.compile(r"""\b(?:href|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def canonical_address(page: Any) -> str | None:
    """The address that a page (str or bytes) names as its own: its canonical link, else its Open Graph address; else None."""
    if not isinstance(page, (str, bytes)):
        return None
    head = page[:_HEAD] if isinstance(page, str) else page[:_HEAD].decode("utf-8", "replace")
    other: str | None = None
    for tag in _TAG.finditer(head):
        if _IS_CANONICAL.search(tag[0]):
            address = _address(tag[0])
            if address:
                return address
        elif other is None and _IS_OPEN_GRAPH.search(tag[0]):
            other = _address(tag[0])
    return other


def _address(tag: str) -> str | None:
    found = _VALUE.search(tag)
    value = html.unescape(next((group for group in found.groups() if group), "")).strip() if found else ""
    return value if value.startswith(("http://", "https://", "//")) else None
