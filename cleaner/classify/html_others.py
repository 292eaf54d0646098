"""What reads like an article's body and is not: other articles on its page, comments behind it, its table of contents, all of it once more
in one piece."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import PAIR_BITS, Arrays
from cleaner.load.rules import normalise
from cleaner.parse.page import MARKED_TAGS, Page

#: before its title an article has no block of so many words
_TEXT = 30
#: a block of so many words with such a share of itself in what a script says the article is belongs to that
_TOLD_WORDS, _TOLD = 8, 0.7
#: a block of so many words, and such a share of the body, that says what the rest of the body says in this share of its pairs of words
_WHOLE_WORDS, _WHOLE_SHARE, _SAID = 150, 0.25, 0.8
#: a line with such a share of links may be an entry of a table of contents
_LINKED = 0.9
#: the bit of figures' texts, and the chance of content from which on one is believed to be the body's
_CAPTION, _CAPTION_CHANCE = 1 << MARKED_TAGS.index("figcaption"), 9_900
#: the same of links among links
_LINK_CHANCE = 8_000
#: pairs of words that can be told apart
_PAIRS = 1 << PAIR_BITS


def other_articles(page: Page, count: npt.NDArray[np.int64], title: str) -> Any:
    """Which blocks lie in articles whose title is not the page's, shape (n,).

    An `article` element is another one if a top heading stands at its beginning that is not the page's title, if it stands behind the
    heading that is, and if that one does not stand in it.

    Parameters: `count` are the words of each block, shape (n,).
    """
    nodes, blocks, texts = page.nodes, page.document.blocks, page.document.texts
    others = np.zeros(len(blocks), dtype=bool)
    if nodes.tag.count("article") < 2:
        return others
    tops = [block for block, what in enumerate(blocks) if what.role == "heading1"]
    wanted = normalise(title)
    own = [block for block in tops if normalise(texts[block]) == wanted]
    for block in tops:
        if not own or block <= own[0] or block in own:
            continue
        node = _article_around(page, page.node[block])
        if node == 0:
            continue
        first, last = nodes.first[node], nodes.last[node] or len(blocks)
        if not any(first <= place < last for place in own) and (count[first:block] < _TEXT).all():
            others[first:last] = True
    return others


def behind_article(page: Page, arrays: Arrays) -> Any:
    """Which blocks stand behind the `article` element that holds all of what the page's scripts say its article is, shape (n,)."""
    n = len(arrays.count)
    behind = np.zeros(n, dtype=bool)
    if page.head.article is None:
        return behind
    told = np.flatnonzero((arrays.told > _TOLD) & (arrays.count >= _TOLD_WORDS)).tolist()
    if len(told) > 1:
        node = _article_around(page, page.node[told[-1]])
        while node and page.nodes.first[node] > told[0]:
            node = _article_around(page, page.nodes.parent[node])
        if node:
            behind[page.nodes.last[node] or n :] = True
    return behind


def listed_headings(page: Page, body: npt.NDArray[np.bool_], linked: npt.NDArray[np.float64]) -> Any:
    """Which blocks of the body are links that say what a heading further down in it says: a table of contents, shape (n,).

    Parameters: `linked` is the share of characters in links of each block.
    """
    listed = np.zeros(len(body), dtype=bool)
    blocks, texts = page.document.blocks, page.document.texts
    entries = np.flatnonzero(body & (linked > _LINKED)).tolist()
    if entries:
        headings = {_letters(texts[at]): at for at in np.flatnonzero(body).tolist() if blocks[at].role.startswith("heading")}
        # Page numbers have no letters.
        headings.pop("", None)
        listed[[at for at in entries if at < headings.get(_letters(texts[at]), 0) and not blocks[at].role.startswith("heading")]] = True
    return listed


def _letters(text: str) -> str:
    """What two lines share that differ by a number before them, or by a sign behind."""
    return "".join(filter(str.isalpha, text.lower()))


def captions(page: Page, body: npt.NDArray[np.bool_], chances: npt.NDArray[np.int64]) -> Any:
    """Which blocks of the body are the text of a figure, shape (n,). Parameters: `chances` of content in ten-thousandths."""
    inside = np.zeros(len(body), dtype=bool)
    if "figcaption" in page.nodes.tag:
        may_be = np.flatnonzero(body & (chances < _CAPTION_CHANCE)).tolist()
        inside[[at for at in may_be if page.nodes.marks[page.node[at]] & _CAPTION]] = True
    return inside


def boxes_of_links(page: Page, arrays: Arrays, body: npt.NDArray[np.bool_], chances: npt.NDArray[np.int64], linked: Any) -> Any:
    """Which blocks of the body are links in an element around their own that holds next to nothing else, shape (n,).

    Parameters: `chances` of content in ten-thousandths and `linked`, the share of characters in links, of each block.
    """
    boxes = body & (linked >= _LINKED) & (chances < _LINK_CHANCE)
    if boxes.any():
        sums = np.zeros((2, len(body) + 1), dtype=np.int64)
        np.cumsum([np.array(page.linked), np.array(page.end) - np.array(page.start)], axis=1, out=sums[:, 1:])
        links, signs = sums[:, arrays.last[1]] - sums[:, arrays.first[1]]
        boxes &= links >= _LINKED * signs
    return boxes


def said_in_pieces(body: npt.NDArray[np.bool_], arrays: Arrays) -> Any:
    """Which blocks of the body are all of it once more in one piece, as pages keep it for players and search, shape (n,)."""
    again = np.zeros(len(body), dtype=bool)
    least = max(_WHOLE_WORDS, _WHOLE_SHARE * int(arrays.count[body].sum()))
    for block in np.flatnonzero(body & (arrays.count >= least)).tolist():
        known = np.zeros(_PAIRS, dtype=bool)
        for other in np.flatnonzero(body & ~again).tolist():
            if other != block:
                known[arrays.pairs[arrays.pair_from[other] : arrays.pair_from[other + 1]]] = True
        own = arrays.pairs[arrays.pair_from[block] : arrays.pair_from[block + 1]]
        again[block] = len(own) > 0 and known[own].mean() > _SAID
    return again


def _article_around(page: Page, node: int) -> int:
    """The innermost `article` element that a node is or lies in, 0 where there is none."""
    while node and page.nodes.tag[node] != "article":
        node = page.nodes.parent[node]
    return node
