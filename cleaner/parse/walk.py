"""A page's events to its blocks, on turbohtml's SAX parser: WHATWG's tree, without building one.

The callbacks are closures over local lists: a page has thousands of elements, and an attribute look-up each is felt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, pairwise
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
#: attributes that hide an element
_HIDING = frozenset({"style", "hidden", "aria-hidden"})
#: counted on the page even where no block stands in them
_COUNTED = ("article", "main", "pre", "tr")
#: what an element's tag means for the blocks; others part them, and no more. Numbers up to `_TIME` are of elements in a line
_LINE, _LINK, _IN_HEAD, _TIME, _BREAK, _ROLE, _CELL, _PART, _ROOT, _SKIP = range(10)
_KINDS = (
    dict.fromkeys(_INLINE, _LINE)
    | {"a": _LINK, "meta": _IN_HEAD, "link": _IN_HEAD, "time": _TIME, "br": _BREAK, "td": _CELL, "th": _CELL, "html": _ROOT}
    | dict.fromkeys(_ROLES, _ROLE)
    | dict.fromkeys(_COUNTED, _PART)
    | dict.fromkeys(_SKIPPED, _SKIP)
)
_KINDS_WITH_NOSCRIPT = {tag: kind for tag, kind in _KINDS.items() if tag != "noscript"}
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: a cell's paragraph of more characters is text that a table only lays out
_LONGEST_CELL = 150
_MOST_TIMES = 20
#: what is kept of each node but where it ends
_FIELDS = 7

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
    kinds = _KINDS_WITH_NOSCRIPT if with_noscript else _KINDS
    #: open elements that part blocks: tag, attributes, role around it
    opened: list[tuple[str, _Attributes, str]] = [("", (), "paragraph")]
    #: of these the outer ones that are nodes by now; an element becomes one with the first block in it
    made = [0]
    looks: dict[tuple[str, str], int] = {("", ""): 0}
    #: parent, tag, names, depth, marks, first block, look of each node, one behind the other: no tuples for the garbage collector to look at
    nodes: list[Any] = [0, "", "", 0, 0, 0, 0]
    last = [0]
    current: list[str] = []
    texts: list[str] = []
    roles: list[str] = []
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
    is_head = False
    links = 0
    linked = 0
    inline: tuple[str, _Attributes] | None = None
    role = "paragraph"

    def make() -> None:
        """Makes nodes of the open elements that are none yet."""
        up = made[-1]
        depth, mark = nodes[_FIELDS * up + 3 : _FIELDS * up + 5]
        first = len(texts)
        for tag, attributes, _ in opened[len(made) :]:
            depth += 1
            mark |= _MARKS.get(tag, 0)
            naming = ""
            for name, value in attributes:
                if name in _NAMING:
                    if value:
                        naming = f"{naming} {value}" if naming else value
                elif name in _HIDING:
                    mark |= _hidden(name, value)
            nodes.extend((up, tag, naming, depth, mark, first, looks.setdefault((tag, naming), len(looks))))
            up = len(last)
            made.append(up)
            last.append(0)

    def flush() -> None:
        nonlocal linked, inline
        text = "".join(current).strip()
        current.clear()
        own_role = role
        # No white space but the space is printable: most texts need no cutting up.
        if ("  " in text or not text.isprintable()) and own_role != "code":
            text = " ".join(text.split())
        own_linked, linked = linked, 0
        own_inline, inline = inline, None
        if not text:
            return
        if own_role == "table_row" and len(text) > _LONGEST_CELL and opened[-1][0] != "tr":
            own_role = "paragraph"
        if len(made) < len(opened):
            make()
        texts.append(text)
        roles.append(own_role)
        block_node.append(made[-1])
        block_linked.append(own_linked if own_linked < len(text) else len(text))
        naming = ""
        if own_inline is not None:
            naming, attributes = own_inline
            for name, value in attributes:
                if value and name in _NAMING:
                    naming = f"{naming} {value}"
        block_inline.append(naming)

    def start(tag: str, attributes: _Attributes) -> None:
        nonlocal skipping, is_head, links, role, inline, language
        if skipping:
            skipping += 1
            if is_head and skipping == 2:
                in_head(tag, attributes)
            return
        if tag not in kinds:
            if current:
                flush()
            opened.append((tag, attributes, role))
            if role not in _PASSED_ON:
                role = "paragraph"
            return
        kind = kinds[tag]
        if kind <= _TIME:
            if kind == _LINK:
                links += 1
            elif kind == _IN_HEAD:
                in_head(tag, attributes)
                return
            elif kind == _TIME and len(times) < _MOST_TIMES:
                times.extend((value, len(texts)) for name, value in attributes if name == "datetime" and value)
            if inline is None and not current:
                inline = (tag, attributes)
            return
        if kind == _SKIP:
            skipping = 1
            is_head = tag == "head"
            in_head(tag, attributes)
            return
        if kind == _BREAK:
            if role == "code":
                current.append("\n")
            elif current:
                flush()
            return
        if kind == _CELL:
            current.append(" ")
        elif current:
            flush()
        opened.append((tag, attributes, role))
        if kind == _PART:
            make()
        elif kind == _ROOT:
            language = next((value for name, value in attributes if name == "lang"), language)
        if tag in _ROLES:
            role = _ROLES[tag]
        elif role not in _PASSED_ON:
            role = "paragraph"

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
            return
        if tag not in kinds:
            if current:
                flush()
        else:
            kind = kinds[tag]
            if kind <= _BREAK:
                if kind == _LINK:
                    links -= 1
                return
            if current and (kind != _CELL or role != "table_row"):
                flush()
        role = opened.pop()[2]
        if len(made) > len(opened):
            last[made.pop()] = len(texts)

    def characters(data: str) -> None:
        nonlocal linked
        if skipping:
            if captured is not None:
                if captured is scripts:
                    scripts[-1] += data
                else:
                    captured.append(data)
        elif current or not data.isspace():
            current.append(data)
            if links:
                linked += len(data)

    handler: Any = _Handler()
    handler.start_element, handler.end_element, handler.characters = start, end, characters
    sax_parse(text, handler)
    flush()
    last[0] = len(texts)
    source, starts, ends = _joined(texts, roles)
    document = Document(source=source, blocks=tuple(map(Block, starts, ends, roles)), texts=tuple(texts))
    title = " ".join("".join(titles).split()) or None
    parent, tags, names, depths, marks, first, look = (nodes[field::_FIELDS] for field in range(_FIELDS))
    return Page(
        document=document,
        nodes=Nodes(parent, tags, names, depths, marks, first, last, look, list(looks)),
        start=starts,
        end=ends,
        node=block_node,
        linked=block_linked,
        inline=block_inline,
        head=Head(title, meta, scripts, language, canonical, times),
    )


def _hidden(name: str, value: str | None) -> int:
    """The marks of an element that has such an attribute."""
    if name == "hidden":
        return HIDDEN
    if name == "aria-hidden":
        return ARIA_HIDDEN if value == "true" else 0
    return HIDDEN if value and _NOT_SHOWN.search(value) else 0


def _joined(texts: list[str], roles: list[str]) -> tuple[str, list[int], list[int]]:
    """The source that holds blocks, and where each begins and ends in it."""
    pieces = [""] * (2 * len(texts) - 1)
    pieces[::2] = texts
    pieces[1::2] = ["\n" if role == before and role in _TIGHT else "\n\n" for before, role in pairwise(roles)]
    offsets = list(accumulate(map(len, pieces), initial=0))
    return "".join(pieces), offsets[:-1:2], offsets[1::2]
