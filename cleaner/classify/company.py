"""The names of removed lines, once all are known: a line that stands among others is named for the whole it is part of.

A date among other articles' titles is part of the teaser list, an address field in a newsletter's box part of the promotion, an
entry of a menu stays one though it reads like a heading. What is removed does not change here, nor why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from typing import Final

import msgspec

from cleaner.classify.shape import Shapes
from cleaner.classify.structure import Structure
from cleaner.values import Verdict

#: labels of which a box is made, by the box
BOX: Final = {
    "navigation": "menu",
    "section": "menu",
    "legal": "menu",
    "teaser_list": "teasers",
    "related_link": "teasers",
    "liveblog": "teasers",
    "promotion": "offer",
    "advert": "offer",
    "paywall": "offer",
    "consent": "offer",
    "share": "share",
    "comments": "share",
    "byline": "people",
    "author_bio": "people",
    "timestamp": "people",
    "agency_credit": "people",
    "editorial_note": "people",
}
#: label -> the boxes whose name such a line takes, with the most words it may have
YIELDS: Final = {
    "timestamp": {"teasers": 8, "share": 8},
    "byline": {"teasers": 12},
    "section": {"teasers": 4},
    "navigation": {"teasers": 3, "offer": 6, "share": 6, "people": 4},
    "teaser_list": {"menu": 12, "offer": 12, "share": 4},
    "related_link": {"menu": 3},
    "promotion": {"menu": 4},
    "advert": {"menu": 5},
    "paywall": {"menu": 4},
    "consent": {"menu": 4},
    "media": {"menu": 3},
    "share": {"teasers": 3, "offer": 2},
    "comments": {"offer": 3},
    "caption": {"teasers": 3},
    "artifact": {"menu": 3, "teasers": 3},
    "headline": {"menu": 2},
}
#: lines looked at on either side, and how many of these four must agree
REACH, MAJORITY = 2, 3
#: in these the line above and the one below are enough; topics and share buttons may take turns
CLOSED: Final = frozenset({"teasers", "offer"})
#: a line that has taken a box's name counts for its neighbours
PASSES = 2


def keep_company(structure: Structure, shapes: Shapes, taken: dict[int, Verdict], users: Set[str]) -> None:
    """Names each removed line for the box in which it stands, where its own name is one that such boxes hold.

    Parameters: `users` are the reasons of the user's own rules, whose names stand.
    """
    open_to = {block for block, verdict in taken.items() if verdict.reason not in users} if users else taken.keys()
    looked_at: Iterable[int] = open_to
    for _ in range(PASSES):
        changed = dict(_outvoted(shapes, taken, looked_at))
        if not changed:
            break
        for block, label in changed.items():
            taken[block] = msgspec.structs.replace(taken[block], label=label)
        # Where nothing changed around a line, it would keep its name again.
        looked_at = sorted({at for block in changed for at in range(block - REACH, block + REACH + 1) if at in open_to})
    for block, verdict in taken.items():
        if verdict.label == "timestamp" and block in open_to and _dates_teaser(structure, block, taken):
            taken[block] = msgspec.structs.replace(verdict, label="teaser_list")


def _dates_teaser(structure: Structure, block: int, taken: dict[int, Verdict]) -> bool:
    """Whether a date is another article's: beneath its title behind the body, or alone between paragraphs."""
    if block >= structure.last:
        return block - 1 in taken and taken[block - 1].label == "teaser_list"
    return block > structure.first_body and block - 1 not in taken and block + 1 not in taken


def _outvoted(shapes: Shapes, taken: dict[int, Verdict], looked_at: Iterable[int]) -> Iterator[tuple[int, str]]:
    box_of = {block: BOX.get(verdict.label) for block, verdict in taken.items()}
    box_at = box_of.get
    for block in looked_at:
        boxes = YIELDS.get(taken[block].label)
        if boxes is None:
            continue
        above, below = box_at(block - 1), box_at(block + 1)
        # A box that wins has a line right above or below.
        if above not in boxes and below not in boxes:
            continue
        words = shapes.words[block]
        votes = [box_at(block - 2), above, below, box_at(block + 2)]
        for box, most_words in boxes.items():
            if words <= most_words and (votes.count(box) >= MAJORITY or (above == box == below and box in CLOSED)):
                around = (block - 2, block - 1, block + 1, block + 2)
                yield block, Counter([taken[at].label for at, vote in zip(around, votes, strict=True) if vote == box]).most_common(1)[0][0]
                break
