"""A page's tree, as turbohtml builds it by WHATWG's rules, to its blocks.

One loop over the tree's nodes, without a call for each: a page has thousands of them, and calls cost more than what is done in them.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from turbohtml import Element, Text, parse

from cleaner.kernel import COMPILED
from cleaner.parse.elements import (
    BREAK,
    CELL,
    EMPTY,
    HIDING,
    IN_HEAD,
    KINDS,
    KINDS_WITH_NOSCRIPT,
    LINK,
    MARKS,
    NAMING,
    PART,
    PASSED_ON,
    ROLES,
    ROOT,
    SKIP,
    TIGHT,
    TIME,
)  # fmt: skip
from cleaner.parse.page import ARIA_HIDDEN, HIDDEN, Head, Nodes, Page
from cleaner.values import Block, Document

if TYPE_CHECKING:
    from cleaner.kernel.walk import _Walked

_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: a cell's paragraph of more characters is text that a table only lays out
_LONGEST_CELL = 150
_MOST_TIMES = 20
#: what is kept of each node but where it ends
_FIELDS = 7
_ROLE_NAMES = ["paragraph", *sorted(set(ROLES.values()))]
_ROLE_NUMBERS = {tag: _ROLE_NAMES.index(role) for tag, role in ROLES.items()}


def walk(text: str, *, with_noscript: bool = False, compiled: bool = COMPILED) -> Page:
    """The blocks of a page in reading order, and what they stand in.

    Parameters: `text` is the page without NULs and lone surrogates; `with_noscript` reads `noscript` elements, which browsers
    with scripts do not show; `compiled` says whether the kernel goes through the tree.
    """
    root, kinds = parse(text, positions=False), KINDS_WITH_NOSCRIPT if with_noscript else KINDS
    nodes, (source, starts, ends, texts, roles, node, linked, inline), head = (
        _compiled_walk(root, kinds) if compiled else _walk(root, kinds)
    )
    return Page(
        document=Document(source=source, blocks=tuple(map(Block, starts, ends, roles)), texts=tuple(texts)),
        nodes=Nodes(*nodes),
        start=starts,
        end=ends,
        node=node,
        linked=linked,
        inline=inline,
        head=Head(" ".join("".join(head[0]).split()) or None, *head[1:]),
    )


def _compiled_walk(root: Any, kinds: dict[str, int]) -> _Walked:
    from cleaner.kernel.walk import walk_tree

    return walk_tree(root, Element, Text, kinds, _ROLE_NAMES, _ROLE_NUMBERS, PASSED_ON, TIGHT, MARKS, NAMING, HIDING, _hidden)


def _walk(root: Any, kinds: dict[str, int]) -> _Walked:
    """What is known of a page's elements, blocks and head, as `Nodes`, `Page` and `Head` have it, but for the title's parts."""
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
            mark |= MARKS.get(tag, 0)
            naming = ""
            for name in element.attrs:
                if name in NAMING:
                    value = element.attr(name)
                    if value:
                        naming = f"{naming} {value}" if naming else value
                elif name in HIDING:
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
                if name in NAMING:
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
    levels = [iter(root)]
    meant = [ROOT]
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
                kind = PART
                if current:
                    flush()
                opened.append((tag, node, role))
                if role not in PASSED_ON:
                    role = "paragraph"
            else:
                kind = kinds[tag]
                if kind <= EMPTY:
                    if kind == LINK:
                        links += 1
                    elif kind == TIME and len(times) < _MOST_TIMES and (value := node.attr("datetime")):
                        times.append((value, len(texts)))
                    if inline is None and not current:
                        inline = node
                    if kind == EMPTY:
                        continue
                elif kind == IN_HEAD:
                    in_head(tag, node)
                    continue
                elif kind == SKIP:
                    in_head(tag, node)
                    if tag == "head":
                        for child in node:
                            if child.__class__ is Element:
                                in_head(child.tag, child)
                    continue
                elif kind == BREAK:
                    if role == "code":
                        current.append("\n")
                    elif current:
                        flush()
                    continue
                else:
                    if kind == CELL:
                        current.append(" ")
                    elif current:
                        flush()
                    opened.append((tag, node, role))
                    if kind == PART:
                        make()
                    elif kind == ROOT:
                        language = node.attr("lang") or language
                    if tag in ROLES:
                        role = ROLES[tag]
                    elif role not in PASSED_ON:
                        role = "paragraph"
            levels.append(iter(node))
            meant.append(kind)
            break
        else:
            levels.pop()
            kind = meant.pop()
            if kind <= TIME:
                if kind == LINK:
                    links -= 1
                continue
            if current and (kind != CELL or role != "table_row"):
                flush()
            if levels:
                role = opened.pop()[2]
                if len(made) > len(opened):
                    last[made.pop()] = len(texts)
    flush()
    last[0] = len(texts)
    parent, tags, names, depths, marks, first, look = (nodes[field::_FIELDS] for field in range(_FIELDS))
    return (
        (parent, tags, names, depths, marks, first, last, look, list(looks)),
        (*_joined(texts, roles), texts, roles, block_node, block_linked, block_inline),
        (titles, meta, scripts, language, canonical, times),
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
    pieces[1::2] = ["\n" if role == before and role in TIGHT else "\n\n" for before, role in pairwise(roles)]
    offsets = list(accumulate(map(len, pieces), initial=0))
    return "".join(pieces), offsets[:-1:2], offsets[1::2]
