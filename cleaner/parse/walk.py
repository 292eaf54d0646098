"""A page's events to its blocks, on turbohtml's SAX parser: WHATWG's tree, without building one.

The callbacks are closures over local lists: a page has thousands of elements, and an attribute look-up each is felt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from turbohtml.saxparse import sax_parse

from cleaner.parse.page import ARIA_HIDDEN, HIDDEN, MARKED_TAGS, Head, Nodes, Page
from cleaner.values import Block, Document

_SKIPPED = frozenset(
    "script style noscript template svg iframe head select textarea canvas object title math audio video noframes noembed datalist".split()
)
#: what stands in a line of text and parts nothing
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label map mark nobr picture q rp rt ruby s samp "
    "small source span strike strong sub sup time tt u var wbr area track meta link base param".split()
)
_ROLES = {"li": "list_item", "dd": "list_item", "dt": "list_item", "tr": "table_row", "blockquote": "quote", "pre": "code"} | {
    f"h{level}": f"heading{level}" for level in range(1, 7)
}
#: roles that elements without one take over from the element around them
_PASSED_ON = frozenset({"quote", "code", "list_item", "table_row"})
_TIGHT = frozenset({"list_item", "table_row"})
#: attributes that name an element's part on the page
_NAMING = frozenset(
    {
        "class",
        "id",
        "role",
        "itemprop",
        "rel",
        "data-testid",
        "data-component",
        "data-module",
        "data-qa",
        "data-type",
        "aria-label",
        "property",
    }
)
_MARKS = {tag: 1 << number for number, tag in enumerate(MARKED_TAGS)}
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: a cell's paragraph of more characters is text that a table only lays out
_LONGEST_CELL = 150
_MOST_TIMES = 20

_Attributes = tuple[tuple[str, str | None], ...]


class _Handler:
    """The events that `sax_parse` reports, to be set for a page."""

    start_element: Callable[[str, _Attributes], None]
    end_element: Callable[[str], None]
    characters: Callable[[str], None]

    def comment(self, data: str) -> None:
        """Comments are not shown."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Nor is the document's type."""

    def processing_instruction(self, target: str, data: str) -> None:
        """Nor are instructions."""


def walk(text: str, *, with_noscript: bool = False) -> Page:
    """The blocks of a page in reading order, and what they stand in.

    Parameters: `text` is the page without NULs and lone surrogates; `with_noscript` reads `noscript` elements, which browsers
    with scripts do not show.
    """
    skipped_tags = _SKIPPED - {"noscript"} if with_noscript else _SKIPPED
    parent, tags, names, depths, marks, first, last = [0], [""], [""], [0], [0], [0], [0]
    stack: list[int] = [0]
    roles: list[str] = ["paragraph"]
    current: list[str] = []
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    block_roles: list[str] = []
    texts: list[str] = []
    block_node: list[int] = []
    block_linked: list[int] = []
    block_inline: list[str] = []
    meta: list[tuple[str, str]] = []
    scripts: list[str] = []
    times: list[tuple[str, int]] = []
    titles: list[str] = []
    captured: list[str] | None = None
    language: str | None = None
    canonical: str | None = None
    skipping = 0
    links = 0
    linked = 0
    inline = ""
    length = 0
    role = "paragraph"
    last_role = ""

    def flush() -> None:
        nonlocal length, linked, inline, last_role
        text = "".join(current)
        current.clear()
        own_role = role
        text = text.strip() if own_role == "code" else " ".join(text.split())
        own_linked, linked = linked, 0
        own_inline, inline = inline, ""
        if not text:
            return
        node = stack[-1]
        if own_role == "table_row" and len(text) > _LONGEST_CELL and tags[node] != "tr":
            own_role = "paragraph"
        if texts:
            gap = "\n" if own_role == last_role and own_role in _TIGHT else "\n\n"
            pieces.append(gap)
            length += len(gap)
        last_role = own_role
        pieces.append(text)
        starts.append(length)
        length += len(text)
        ends.append(length)
        block_roles.append(own_role)
        texts.append(text)
        block_node.append(node)
        block_linked.append(min(own_linked, len(text)))
        block_inline.append(own_inline)

    def start(tag: str, attributes: _Attributes) -> None:
        nonlocal skipping, links, role, inline, captured, language, canonical
        if skipping:
            skipping += 1
            if skipping == 2 and tags_skipped[-1] == "head":
                in_head(tag, attributes)
            return
        if tag in _INLINE:
            if tag == "a":
                links += 1
            elif tag == "meta" or tag == "link":
                in_head(tag, attributes)
                return
            if attributes:
                if not current and not inline:
                    found = [value for name, value in attributes if value and name in _NAMING]
                    inline = f"{tag} {' '.join(found)}" if found else tag
                if tag == "time" and len(times) < _MOST_TIMES:
                    times.extend((value, len(texts)) for name, value in attributes if name == "datetime" and value)
            elif not current and not inline:
                inline = tag
            return
        if tag in skipped_tags:
            skipping = 1
            tags_skipped.append(tag)
            in_head(tag, attributes)
            return
        if tag == "br":
            if role == "code":
                current.append("\n")
            elif current:
                flush()
            return
        if tag == "td" or tag == "th":
            current.append(" ")
        elif current:
            flush()
        mark = marks[stack[-1]] | _MARKS.get(tag, 0)
        naming = ""
        for name, value in attributes:
            if name in _NAMING:
                if value:
                    naming = f"{naming} {value}" if naming else value
            elif name == "style":
                if value and _NOT_SHOWN.search(value):
                    mark |= HIDDEN
            elif name == "hidden":
                mark |= HIDDEN
            elif name == "aria-hidden":
                if value == "true":
                    mark |= ARIA_HIDDEN
            elif name == "lang" and tag == "html":
                language = value
        up = stack[-1]
        stack.append(len(parent))
        parent.append(up)
        tags.append(tag)
        names.append(naming)
        depths.append(depths[up] + 1)
        marks.append(mark)
        first.append(len(texts))
        last.append(0)
        roles.append(role)
        role = _ROLES.get(tag) or (role if role in _PASSED_ON else "paragraph")

    def in_head(tag: str, attributes: _Attributes) -> None:
        nonlocal captured, canonical
        if tag == "meta":
            known = dict(attributes)
            key, content = known.get("property") or known.get("name") or known.get("itemprop"), known.get("content")
            if key and content:
                meta.append((key.lower(), content))
        elif tag == "title":
            captured = titles if not titles else None
        elif tag == "script":
            kind = next((value for name, value in attributes if name == "type"), None)
            if kind and "ld+json" in kind.lower():
                scripts.append("")
                captured = scripts
        elif tag == "link":
            known = dict(attributes)
            if (known.get("rel") or "").lower() == "canonical":
                canonical = canonical or known.get("href")

    def end(tag: str) -> None:
        nonlocal skipping, links, role, captured
        if skipping:
            skipping -= 1
            captured = None
            if not skipping:
                tags_skipped.pop()
            return
        if tag in _INLINE:
            if tag == "a":
                links -= 1
            return
        if tag == "br":
            return
        if tag != "td" and tag != "th":
            if current:
                flush()
        elif role != "table_row" and current:
            flush()
        last[stack.pop()] = len(texts)
        role = roles.pop()

    def characters(data: str) -> None:
        nonlocal linked
        if skipping:
            if captured is not None:
                if captured is scripts:
                    scripts[-1] += data
                else:
                    captured.append(data)
            return
        if current or not data.isspace():
            current.append(data)
            if links:
                linked += len(data)

    tags_skipped: list[str] = []
    handler: Any = _Handler()
    handler.start_element, handler.end_element, handler.characters = start, end, characters
    sax_parse(text, handler)
    flush()
    last[0] = len(texts)
    document = Document(source="".join(pieces), blocks=tuple(map(Block, starts, ends, block_roles)), texts=tuple(texts))
    title = " ".join("".join(titles).split()) or None
    return Page(
        document=document,
        nodes=Nodes(parent, tags, names, depths, marks, first, last),
        start=starts,
        end=ends,
        node=block_node,
        linked=block_linked,
        inline=block_inline,
        head=Head(title, meta, scripts, language, canonical, times),
    )
