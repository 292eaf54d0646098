"""Labels for lines that the structure removes and no rule takes: by weak rules, by length, place and company.

The choices are those that most such lines of the labelled documents bear (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from cleaner.classify.rules import Hits, strongest
from cleaner.classify.shape import Shapes, is_name
from cleaner.classify.structure import Structure, in_position
from cleaner.values import Document, Verdict

#: a run of more lines, most of them short, is a menu
_MENU_LINES = 5
_MENU_WORDS = 4
#: a name, a section, a button
_FEW_WORDS = 3
#: a title of a page or of another article
_TITLE_WORDS = 4
_TEASER_WORDS = 7
#: company is looked for among so many lines on each side
_REACH = 3
#: a kicker or a second title stands so many lines from the title
_KICKER_REACH = 4
#: a name so many lines below the title is the author's
_BYLINE_REACH = 4
#: lone numbers beside these are their counts
_COUNTED = frozenset({"share", "comments"})


def guess_labels(
    document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], left: Sequence[int]
) -> Iterable[tuple[int, str]]:
    """(block, label) for each block in `left` (ascending): removed, but by no rule."""
    titles = [block for block, verdict in taken.items() if verdict.label == "headline"]
    for _, group in groupby(enumerate(left), key=lambda pair: pair[1] - pair[0]):
        run = [block for _, block in group]
        short = sum(shapes.words[block] <= _MENU_WORDS for block in run)
        is_menu = len(run) >= _MENU_LINES and short > 0.7 * len(run)
        previous = _company(taken, range(run[0] - 1, run[0] - 1 - _REACH, -1))
        following = _company(taken, range(run[-1] + 1, run[-1] + 1 + _REACH))
        for block in run:
            hints = [rule for rule in hits.hints.get(block, ()) if in_position(rule, block, structure)]
            if is_menu:
                yield block, "navigation"
            elif hints:
                yield block, strongest(hints).label
            elif document.texts[block].isdecimal() and _COUNTED & {previous, following}:
                yield block, previous if previous in _COUNTED else following or "share"
            elif block < structure.first:
                by_title = not titles or any(abs(block - title) <= _KICKER_REACH for title in titles)
                if any(0 < block - title <= _BYLINE_REACH for title in titles) and is_name(document.texts[block]):
                    yield block, "byline"
                else:
                    yield block, _before(shapes.words[block], previous, following, by_title)
            elif block < structure.last:
                yield block, _inside(shapes.words[block], previous, following)
            else:
                yield block, _after(shapes.words[block], previous, following)


def _company(taken: dict[int, Verdict], blocks: Iterable[int]) -> str | None:
    """The label of the nearest of these blocks that has one."""
    return next((taken[block].label for block in blocks if block in taken), None)


def _before(words: int, previous: str | None, following: str | None, by_title: bool) -> str:
    if previous in ("headline", "byline") and words <= _TITLE_WORDS:
        return "byline"
    if words >= _TITLE_WORDS:
        return "headline" if by_title else "navigation"
    return "section" if following == "headline" else "navigation"


def _inside(words: int, previous: str | None, following: str | None) -> str:
    if words <= _FEW_WORDS and "timestamp" in (previous, following):
        return "byline"
    if words >= _TITLE_WORDS:
        return "teaser_list"
    return previous if previous in ("share", "advert", "media", "comments") else "navigation"


def _after(words: int, previous: str | None, following: str | None) -> str:
    if previous == "promotion" or (following == "promotion" and words < _TEASER_WORDS):
        return "promotion"
    if "timestamp" in (previous, following) or words >= _TEASER_WORDS:
        return "teaser_list"
    if previous in ("teaser_list", "comments", "share", "advert") and previous == following:
        return previous
    return "navigation" if words <= _FEW_WORDS else "teaser_list"
