"""Other articles on an article's page, each with a title of its own: what pages load when a reader comes to the article's end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.load.rules import normalise
from cleaner.parse.page import Page

#: before its title an article has no block of so many words
_TEXT = 30


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
        node = _article_around(page, block)
        if node == 0:
            continue
        first, last = nodes.first[node], nodes.last[node] or len(blocks)
        if not any(first <= place < last for place in own) and (count[first:block] < _TEXT).all():
            others[first:last] = True
    return others


def _article_around(page: Page, block: int) -> int:
    """The innermost `article` element around a block, 0 where there is none."""
    node = page.node[block]
    while node and page.nodes.tag[node] != "article":
        node = page.nodes.parent[node]
    return node
