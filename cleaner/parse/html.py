"""Pages to blocks: the visible text in reading order, blocks parted by a blank line, list items and rows by a line break."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

from cleaner.errors import NotText, UnsupportedInput
from cleaner.parse.decode import decode
from cleaner.values import Block, Document

_SKIPPED = frozenset("script style noscript template svg iframe head select textarea canvas object title math audio video".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup "
    "time tt u var wbr".split()
)
_ROLES = {"li": "list_item", "dd": "list_item", "dt": "list_item", "tr": "table_row", "blockquote": "quote", "pre": "code"} | {
    f"h{level}": f"heading{level}" for level in range(1, 7)
}
_TIGHT = frozenset({"list_item", "table_row"})
_SPACE = re.compile(r"\s+")
_DECLARED = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_html(page: Any) -> tuple[Document, lxml.html.HtmlElement]:
    """The visible text of a page, and its tree.

    Parameters: `page` is bytes, str, an lxml element or a BeautifulSoup.
    Raises `NotText` for bytes that are no page, `UnsupportedInput` for other types.
    """
    tree = _tree(page)
    walker = _Walker()
    walker.walk(tree)
    return walker.document(), tree


def _tree(page: Any) -> lxml.html.HtmlElement:
    if isinstance(page, (bytes, bytearray, memoryview)):
        page = _decoded(bytes(page))
    elif isinstance(page, lxml.html.etree._Element):
        return page
    elif not isinstance(page, str):
        if not hasattr(page, "decode") or not hasattr(page, "find_all"):
            raise UnsupportedInput(type(page).__name__)
        page = page.decode()
    text = _XML_DECLARATION.sub("", page.replace("\0", ""))
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        return lxml.html.Element("html")
    try:
        parsed = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True))
    except lxml.etree.ParserError:
        return lxml.html.Element("html")
    return parsed


def _decoded(data: bytes) -> str:
    """UTF-8 first, since some pages declare otherwise; then what is declared; then detection."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode(data).text
    except NotText:
        if b"<" in data[:4096] and b"\0" not in data[:64]:
            return data.decode("utf-8", "replace")
        raise


class _Walker:
    """Collects blocks on a walk through the tree, without recursion: pages nest 100,000 levels deep."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._texts: list[str] = []
        self._current: list[str] = []
        self._roles: list[str] = ["paragraph"]

    def walk(self, root: Any) -> None:
        """Visits the tree below and including `root`."""
        skipped = None
        for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                if skipped is None and node.tail:
                    self._current.append(node.tail)
            elif event == "start":
                if skipped is None:
                    if node.tag in _SKIPPED:
                        skipped = node
                    else:
                        self._open(node)
            elif skipped is None or node is skipped:
                if skipped is None:
                    self._close(node)
                skipped = None
                if node.tail and node is not root:
                    self._current.append(node.tail)
        self._flush()

    def _open(self, node: Any) -> None:
        if node.tag == "br":
            self._current.append("\n" if self._roles[-1] == "code" else " ")
            if self._roles[-1] != "code":
                self._flush()
        elif node.tag in ("td", "th"):
            self._current.append(" ")
        elif node.tag not in _INLINE:
            self._flush()
            role = _ROLES.get(node.tag, self._roles[-1] if self._roles[-1] in ("quote", "code", "list_item", "table_row") else "paragraph")
            self._roles.append(role)
        if node.text:
            self._current.append(node.text)

    def _close(self, node: Any) -> None:
        if node.tag not in _INLINE and node.tag not in ("br", "td", "th"):
            self._flush()
            self._roles.pop()

    def _flush(self) -> None:
        text = "".join(self._current)
        self._current.clear()
        role = self._roles[-1]
        text = text.strip("\n") if role == "code" else _SPACE.sub(" ", text).strip()
        if not text.strip():
            return
        text = text.strip()
        if self._blocks:
            tight = role in _TIGHT and self._blocks[-1].role == role
            gap = "\n" if tight else "\n\n"
            self._pieces.append(gap)
            self._length += len(gap)
        self._pieces.append(text)
        self._blocks.append(Block(self._length, self._length + len(text), role))
        self._texts.append(text)
        self._length += len(text)

    def document(self) -> Document:
        """What was collected."""
        return Document(source="".join(self._pieces), blocks=tuple(self._blocks), texts=tuple(self._texts))
