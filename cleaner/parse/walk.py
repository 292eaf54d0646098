"""A page's tree, as turbohtml builds it by WHATWG's rules, to its blocks.

One loop over the tree's nodes, without a call for each: a page has thousands of them, and calls cost more than what is done in them.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import Any

from turbohtml import Element, Text, parse

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
#: what an element's tag means for the blocks; others part them, and no more. Numbers up to `_TIME` are of
#: elements in a line, those up to `_SKIP` of elements that are not gone into
_LINE, _LINK, _TIME, _EMPTY, _IN_HEAD, _BREAK, _SKIP, _ROLE, _CELL, _PART, _ROOT = range(11)
_KINDS = (
    dict.fromkeys(_INLINE, _LINE)
    | dict.fromkeys("area base img input param source track wbr".split(), _EMPTY)
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


def walk(text: str, *, with_noscript: bool = False) -> Page:
    """The blocks of a page in reading order, and what they stand in.

    Parameters: `text` is the page without NULs and lone surrogates; `with_noscript` reads `noscript` elements, which browsers
    with scripts do not show.
    """
    kinds = _KINDS_WITH_NOSCRIPT if with_noscript else _KINDS
    #: open elements that part blocks: tag, element, role around it
    opened: list[tuple[str, Any, str]] = [("", None, "paragraph")]
    #: of these the outer ones that are nodes by now; an element becomes one with the first block in it
    made = [0]
    looks: dict[tuple[str, str], int] = {("", ""): 0}
    #: parent, tag, names, depth, marks, first block, look of each node, one behind the other: the garbage collector sees no tuples
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
    language: str | None = None
    canonical: str | None = None
    links = 0
    linked = 0
    inline: Any = None
    role = "paragraph"

    def make() -> None:
        """Makes nodes of the open elements that are none yet."""
        up = made[-1]
        depth, mark = nodes[_FIELDS * up + 3 : _FIELDS * up + 5]
        first = len(texts)
        for tag, element, _ in opened[len(made) :]:
            depth += 1
            mark |= _MARKS.get(tag, 0)
            naming = ""
            for name in element.attrs:
                if name in _NAMING:
                    value = element.attr(name)
                    if value:
                        naming = f"{naming} {value}" if naming else value
                elif name in _HIDING:
                    mark |= _hidden(name, element.attr(name))
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
            naming = own_inline.tag
            for name in own_inline.attrs:
                if name in _NAMING:
                    value = own_inline.attr(name)
                    if value:
                        naming = f"{naming} {value}"
        block_inline.append(naming)

    def in_head(tag: str, element: Any) -> None:
        nonlocal canonical
        if tag == "meta":
            key, content = element.attr("property") or element.attr("name") or element.attr("itemprop"), element.attr("content")
            if key and content:
                meta.append((key.lower(), content))
        elif tag == "title":
            if not titles and element.text:
                titles.append(element.text)
        elif tag == "script":
            kind = element.attr("type")
            if kind and "ld+json" in kind.lower():
                scripts.append(element.text)
        elif tag == "link" and (element.attr("rel") or "").lower() == "canonical":
            canonical = canonical or element.attr("href")

    #: the rest of each open element's children, and what its tag means
    levels = [iter(parse(text, positions=False))]
    meant = [_ROOT]
    while levels:
        for node in levels[-1]:
            if node.__class__ is Text:
                data = node.data
                if current or not data.isspace():
                    current.append(data)
                    if links:
                        linked += len(data)
                continue
            if node.__class__ is not Element:
                continue
            tag = node.tag
            if tag not in kinds:
                kind = _PART
                if current:
                    flush()
                opened.append((tag, node, role))
                if role not in _PASSED_ON:
                    role = "paragraph"
            else:
                kind = kinds[tag]
                if kind <= _EMPTY:
                    if kind == _LINK:
                        links += 1
                    elif kind == _TIME and len(times) < _MOST_TIMES and (value := node.attr("datetime")):
                        times.append((value, len(texts)))
                    if inline is None and not current:
                        inline = node
                    if kind == _EMPTY:
                        continue
                elif kind == _IN_HEAD:
                    in_head(tag, node)
                    continue
                elif kind == _SKIP:
                    in_head(tag, node)
                    if tag == "head":
                        for child in node:
                            if child.__class__ is Element:
                                in_head(child.tag, child)
                    continue
                elif kind == _BREAK:
                    if role == "code":
                        current.append("\n")
                    elif current:
                        flush()
                    continue
                else:
                    if kind == _CELL:
                        current.append(" ")
                    elif current:
                        flush()
                    opened.append((tag, node, role))
                    if kind == _PART:
                        make()
                    elif kind == _ROOT:
                        language = node.attr("lang") or language
                    if tag in _ROLES:
                        role = _ROLES[tag]
                    elif role not in _PASSED_ON:
                        role = "paragraph"
            levels.append(iter(node))
            meant.append(kind)
            break
        else:
            levels.pop()
            kind = meant.pop()
            if kind <= _TIME:
                if kind == _LINK:
                    links -= 1
                continue
            if current and (kind != _CELL or role != "table_row"):
                flush()
            if levels:
                role = opened.pop()[2]
                if len(made) > len(opened):
                    last[made.pop()] = len(texts)
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
