"""What belongs to a page's body though the block model takes it for none: what stands between the body's blocks, what is made like them,
posts that it quotes, and its standfirst."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import Arrays
from cleaner.kernel import COMPILED
from cleaner.load.rules import normalise
from cleaner.parse.page import Page

if COMPILED:
    from cleaner.kernel.page_body import between

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: a block of such a share of links is none of these
_LINKED = 0.5
#: blocks that may stand between a block and the body's on either side, and the chance of content that it has at least, in ten-thousandths
_REACH, _CHANCE = 5, 1_000
#: the same of a standfirst, and how many words it has at least
_LEAD_REACH, _LEAD_CHANCE, _LEAD_WORDS = 60, 2_000, 6
#: a description that is cut short, or goes on, is the standfirst if so many characters at the beginning are the same, or the most
_LEAST_SAME, _MOST_SAME = 40, 60
#: of blocks made alike so many are in the body, and such a share of them, so the others are too; and the chance of content that these have
_ALIKE, _ALIKE_SHARE, _ALIKE_CHANCE = 2, 0.5, 1_000
#: what other sites' scripts look for to make a post of a quotation of it
_POSTS = frozenset({"twitter-tweet", "bluesky-embed"})
_DESCRIPTIONS = ("og:description", "description", "twitter:description")


def between_siblings(arrays: Arrays, body: Flags, chances: Integers, linked: Floats) -> Any:
    """Which blocks stand between blocks of the body that lie in the element around their own, shape (n,).

    The network sees how its neighbours look, and not what it makes of them itself.

    Parameters: `chances` of content in ten-thousandths and `linked`, the share of characters in links, of each block.
    """
    if COMPILED:
        return between(arrays.first[1], arrays.last[1], body, chances, linked, _REACH, _CHANCE, _LINKED)
    n = len(body)
    places = np.arange(n)
    before = np.maximum.accumulate(np.where(body, places, -n))
    behind = np.minimum.accumulate(np.where(body, places, 2 * n)[::-1])[::-1]
    first, last = np.maximum(arrays.first[1], places - _REACH), np.minimum(arrays.last[1], places + _REACH + 1)
    return ~body & (before >= first) & (behind < last) & (chances >= _CHANCE) & (linked < _LINKED)


def made_alike(page: Page, arrays: Arrays, body: Flags, chances: Integers, linked: Floats) -> Any:
    """Which blocks lie in elements of the same tag and names, in elements that are the same in that, as most blocks that are in the body,
    shape (n,).

    Parameters as in `between_siblings`.
    """
    may_be = ~body & (chances >= _ALIKE_CHANCE) & (linked < _LINKED)
    if not may_be.any():
        return may_be
    # Most pages have none that are alike in their own element, which is known already.
    may_be &= np.bincount(arrays.kind, weights=body).take(arrays.kind) >= _ALIKE
    if not may_be.any():
        return may_be
    nodes = page.nodes
    parent, look = np.array(nodes.parent), np.array(nodes.look)
    around = parent[np.array(page.node)]
    key = (arrays.kind * len(nodes.looks) + look[around]) * len(nodes.looks) + look[parent[around]]
    number = np.unique(key, return_inverse=True)[1]
    inside = np.bincount(number, weights=body)
    alike = (inside >= _ALIKE) & (inside >= _ALIKE_SHARE * np.bincount(number))
    return may_be & alike[number]


def quoted_posts(page: Page, body: Flags) -> Any:
    """Which blocks are posts that the body quotes, shape (n,): between its first block and its last, or right behind that."""
    posts = np.zeros(len(body), dtype=bool)
    nodes = page.nodes
    if not body.any() or "blockquote" not in nodes.tag:
        return posts
    inside = np.flatnonzero(body)
    for node, tag in enumerate(nodes.tag):
        if tag == "blockquote" and not _POSTS.isdisjoint(nodes.names[node].split()) and inside[0] < nodes.first[node] <= inside[-1] + 1:
            posts[nodes.first[node] : nodes.last[node] or len(body)] = True
    return posts


def standfirst(page: Page, arrays: Arrays, body: Flags, chances: Integers, linked: Floats) -> Any:
    """Which block above the body says what the page gives others as its description, shape (n,): the first such one, if any.

    Parameters as in `between_siblings`.
    """
    lead = np.zeros(len(body), dtype=bool)
    first = int(np.argmax(body))
    if not body[first]:
        return lead
    near = slice(max(0, first - _LEAD_REACH), first)
    may_be = (chances[near] >= _LEAD_CHANCE) & (arrays.count[near] >= _LEAD_WORDS) & (linked[near] < _LINKED)
    places = (near.start + np.flatnonzero(may_be)).tolist()
    if places:
        said = {normalise(text) for name, text in page.head.meta if name in _DESCRIPTIONS}
        document = page.document
        for place in places:
            text = normalise(document.texts[place])
            if document.blocks[place].role != "heading1" and any(_same(text, other) for other in said):
                lead[place] = True
                break
    return lead


def _same(one: str, other: str) -> bool:
    length = min(len(one), len(other), _MOST_SAME)
    return one == other or (length >= _LEAST_SAME and one[:length] == other[:length])
