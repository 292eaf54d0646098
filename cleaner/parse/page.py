"""What is known of a page beside its text: the elements its blocks lie in, and what its head says."""

from __future__ import annotations

import msgspec

from cleaner.values import Document

#: tags whose descendants are marked, one bit each, in this order
MARKED_TAGS = (
    "article", "main", "nav", "header", "footer", "aside", "section", "form", "figure", "figcaption", "table", "ul", "ol", "dl",
    "blockquote", "a", "button", "details", "pre", "p", "li", "h1", "h2", "h3", "h4", "td", "th", "tr", "address", "label",
)  # fmt: skip
#: bit of elements that are not shown, and of all in them
HIDDEN = 1 << len(MARKED_TAGS)
#: bit of elements that assistive technology is told to pass over
ARIA_HIDDEN = HIDDEN << 1
#: tag of the element that holds what a page's scripts say its article is
SCRIPTED = "article-body"


class Nodes(msgspec.Struct, frozen=True):
    """The elements that part a page's blocks, as parallel lists in the order of their start tags. Node 0 holds all others.

    Elements without any block are left out, but for `article`, `main`, `pre` and `tr`.
    """

    #: place of the element around each; the first one's is 0
    parent: list[int]
    tag: list[str]
    #: class, id, role and the like as they stand, parted by spaces
    names: list[str]
    #: elements around each
    depth: list[int]
    #: `MARKED_TAGS` that it is or lies in, and whether it is hidden
    marks: list[int]
    #: the first block in it
    first: list[int]
    #: one past the last block in it
    last: list[int]
    #: place of its tag and names in `looks`
    look: list[int]
    #: tags and names, each pair once, in the order of the first nodes that have them
    looks: list[tuple[str, str]]


class Head(msgspec.Struct, frozen=True):
    """What a page says of itself outside its text."""

    #: the first `title` element
    title: str | None
    #: (name or property in lower case, content) of each `meta` element
    meta: list[tuple[str, str]]
    #: texts of `application/ld+json` scripts
    scripts: list[str]
    #: `lang` of the page's root
    language: str | None
    #: address of `link rel=canonical`
    canonical: str | None
    #: (value of `datetime`, block it stands in) of the first `time` elements
    times: list[tuple[str, int]]
    #: the longest `articleBody` of its scripts, where one is long enough to be an article
    article: str | None = None


class Page(msgspec.Struct, frozen=True):
    """A parsed page."""

    document: Document
    nodes: Nodes
    #: offsets of the blocks in the source, as lists
    start: list[int]
    end: list[int]
    #: the node that each block stands in
    node: list[int]
    #: characters of each block that are links' texts
    linked: list[int]
    #: names and tag of the first inline element that begins each block, empty where none does
    inline: list[str]
    head: Head
