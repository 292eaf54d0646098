"""What the block model and the text rules say of a page together.

The model says which blocks are the body. The rules look at these and at what stands near them: a rule takes a block out of the body that
is residue by its wording, and names what the model removed. Blocks far from the body have the model's label.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence, Set
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.document import classify
from cleaner.classify.html_doubts import settled
from cleaner.classify.html_features import html_arrays
from cleaner.classify.html_missed import between_siblings, made_alike, quoted_posts, standfirst
from cleaner.classify.html_network import CHANCE, HtmlNetwork
from cleaner.classify.html_others import behind_article, boxes_of_links, captions, listed_headings, other_articles, said_in_pieces
from cleaner.classify.model import BlockModel
from cleaner.classify.naming import other_names, precise, renamed
from cleaner.classify.rules import RuleBook
from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.parse.page import SCRIPTED, Page
from cleaner.values import Bias, Verdict

if COMPILED:
    from cleaner.kernel.page_body import best_f1, link_shares, near_blocks

Integers = npt.NDArray[np.int64]

#: blocks before and behind each block of the body that the rules look at: names farther away are as good from the page's model (five folds)
REACH = 40
#: a rule takes a block out of the body where the model is less sure of it than so, what finds repeats where it is less sure than so
_DOUBTED, _DOUBTED_REPEAT = 9_800, 7_000
#: the most that the model may say of a block of another article, or of what stands in the body and is not its text
_OF_OTHERS = 3_000
#: what is left of the body without other articles has so many words: listings are articles, too
_ARTICLE_WORDS = 100
#: exact repeats, which are believed in any case, are surer than pull quotes
_EXACT = 0.95
#: residue by its wording, however sure the model is
_BELIEVED = frozenset({"artifact", "photo_credit", "timestamp", "agency_credit", "consent"})
#: if the best text to be expected has this F1 or more, the cut is the middle; else half of that F1, but no less than the last
_SURE, _MIDDLE, _LEAST = 0.8, 0.5, 0.1
#: what a bias adds to the cut
_SHIFT: dict[Bias, float] = {"precision": 0.2, "balanced": 0.0, "recall": -0.3}


def classify_page(
    page: Page,
    lowered: str,
    book: RuleBook,
    network: HtmlNetwork,
    *,
    text: BlockModel | None = None,
    bias: Bias = "balanced",
    title: str | None = None,
) -> tuple[Verdict, ...]:
    """Verdicts on the blocks of a page.

    Parameters: `lowered` is the page's source in lower case, of the same length; `book` holds the rules for its language; `text` is
    the model of texts, which names what was removed near the body; `title` is the page's title, where it is known.
    Returns one verdict or more on each block.
    """
    document = page.document
    if not document.blocks:
        return ()
    arrays = html_arrays(page, lowered, network.table)
    chances, kinds, read = network.judge(arrays)
    linked = _link_shares(page)
    expected = expected_f1(chances, arrays.count)
    limit = cut(expected, bias)
    body = chances >= limit
    others = behind_article(page, arrays)
    beside = np.zeros(len(body), dtype=bool)
    if expected > _SURE:
        body = settled(chances, limit, read, linked)
        beside = captions(page, body, chances) | boxes_of_links(page, arrays, body, chances, linked)
        body &= ~beside
        chances = np.where(beside, np.minimum(chances, _OF_OTHERS), chances)
    body |= _scripted(page)
    if title:
        others |= other_articles(page, arrays.count, title)
    if int(arrays.count[body & ~others].sum()) >= _ARTICLE_WORDS:
        body &= ~others
        chances = np.where(others, np.minimum(chances, _OF_OTHERS), chances)
    again = said_in_pieces(body, arrays)
    body &= ~again
    listed = listed_headings(page, body, linked)
    body &= ~listed
    missed = between_siblings(arrays, body, chances, linked) | standfirst(page, arrays, body, chances, linked)
    missed |= made_alike(page, arrays, body, chances, linked) | quoted_posts(page, body)
    body |= missed & ~(others | beside | again | listed)
    near = _near(body, REACH)
    part = document
    if len(near) < len(body):
        part = msgspec.structs.replace(
            document, blocks=tuple([document.blocks[at] for at in near]), texts=tuple([document.texts[at] for at in near])
        )
    inside = body.tolist()
    stays = [inside[at] for at in near]
    judgement = classify(part, lowered, book, bias=bias, title=title, body=stays)
    names = [network.labels[kind] for kind in kinds.tolist()]
    verdicts: Iterable[Verdict] = judgement.verdicts
    if text is not None:
        labelled = text.names(part, judgement, [block for block, inside in enumerate(stays) if not inside])
        for block, name in labelled.items():
            names[near[block]] = name
        verdicts = renamed(verdicts, other_names(precise(judgement), labelled))
    for at in np.flatnonzero(listed).tolist():
        names[at] = "navigation"
    sure = chances.tolist()
    own, judged = _believed(page, verdicts, near, names, inside, sure)
    for at in np.flatnonzero(again).tolist():
        own.append(Verdict(page.start[at], page.end[at], "duplicate", "duplicate", _EXACT))
        judged.add(at)
    return (*own, *_by_model(page, names, inside, sure, judged))


def _believed(
    page: Page, verdicts: Iterable[Verdict], near: Sequence[int], names: Sequence[str], inside: Sequence[bool], chances: Sequence[int]
) -> tuple[list[Verdict], set[int]]:
    """Those of the verdicts on blocks near the body that are believed over the model, and the blocks that they judge as a whole."""
    start, end = page.start, page.end
    at_start = {start[at]: at for at in near}
    content = _content_labels()
    own: list[Verdict] = []
    judged: set[int] = set()
    for verdict in verdicts:
        at = at_start.get(verdict.start)
        if at is None:
            own.append(verdict)
            continue
        is_whole = verdict.end == end[at]
        if is_whole:
            if inside[at] and chances[at] >= _least_chance(verdict):
                continue
            judged.add(at)
        label = verdict.label
        # A verdict of the structure, which sees that a block goes, has the name that a model gives it; a title is known by its words.
        if verdict.reason == "structure" and label != "headline" and label not in content and names[at] not in content:
            own.append(Verdict(verdict.start, verdict.end, names[at], "structure", verdict.score))
        else:
            own.append(verdict)
    return own, judged


@functools.cache
def _content_labels() -> frozenset[str]:
    return frozenset(name for name, label in labels().items() if label.content)


def expected_f1(chances: Integers, count: Integers) -> float:
    """The F1 of words to be expected of the best body that can be made of a page's blocks.

    Parameters: `chances` of content in ten-thousandths and `count`, the words, of each block.
    """
    if COMPILED:
        return best_f1(chances, count)
    order = np.argsort(-chances, kind="stable")
    kept = np.cumsum(count[order]) * CHANCE
    right = np.cumsum((chances * count)[order])
    expected = 2 * right / np.maximum(kept + (chances * count).sum(), 1)
    return float(expected.max(initial=0.0))


def cut(expected: float, bias: Bias = "balanced") -> float:
    """The chance from which on a block belongs to the body, in ten-thousandths: by the F1 of words (design: Jansche 2007).

    Parameters: `expected` is that F1 (`expected_f1`).
    """
    middle = _MIDDLE if expected > _SURE else max(_LEAST, expected / 2)
    return min(max(middle + _SHIFT[bias], 0.05), 0.95) * CHANCE


def _link_shares(page: Page) -> npt.NDArray[np.float64]:
    """The share of characters in links of each block."""
    if COMPILED:
        return link_shares(page.linked, page.start, page.end)
    shares: npt.NDArray[np.float64] = np.array(page.linked) / (np.array(page.end) - np.array(page.start))
    return shares


def _scripted(page: Page) -> Any:
    """Which blocks come from a script that says they are the article."""
    tags = page.nodes.tag
    return np.array([tags[node] == SCRIPTED for node in page.node]) if tags[-1] == SCRIPTED else np.zeros(len(page.node), dtype=bool)


def _least_chance(verdict: Verdict) -> int:
    """The chance of content from which on the model is believed over a verdict against a block, in ten-thousandths."""
    if verdict.label in _BELIEVED or verdict.label in _content_labels():
        return CHANCE + 1
    if verdict.reason == "duplicate":
        return CHANCE + 1 if verdict.score > _EXACT else _DOUBTED_REPEAT
    return _DOUBTED


def _near(body: Any, reach: int) -> list[int]:
    """The blocks that the rules look at: the body, what it holds, and some on its sides."""
    if COMPILED:
        return near_blocks(body, reach)
    inside = np.flatnonzero(body)
    if not len(inside):
        return list(range(len(body)))
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(body)])
    places = np.arange(len(body))
    near = before[np.minimum(places + reach + 1, len(body))] > before[np.maximum(places - reach, 0)]
    return np.flatnonzero(near).tolist()


def _by_model(page: Page, names: Sequence[str], inside: Sequence[bool], chances: Sequence[int], judged: Set[int]) -> list[Verdict]:
    """What the model says of each block that nothing else judges as a whole."""
    return [
        Verdict(start, end, "body", "model", chances[at] / CHANCE)
        if inside[at]
        else Verdict(start, end, names[at], "model", 1 - chances[at] / CHANCE)
        for at, (start, end) in enumerate(zip(page.start, page.end, strict=True))
        if at not in judged
    ]
