"""Labels for lines that the structure removes and no rule takes: by weak rules, by length, place and company.

The choices are those that most such lines of the labelled documents bear (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from cleaner.classify.headlines import ends_path
from cleaner.classify.rules import Hits, strongest
from cleaner.classify.shape import Shapes, has_digit, is_name, is_run_together
from cleaner.classify.structure import Structure, in_position
from cleaner.values import Document, Verdict

#: a run of more lines, most of them short, is a menu
_MENU_LINES = 5
_MENU_WORDS = 4
#: where the middle line has more words, they are other articles' titles
_ENTRY_WORDS = 3
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
#: a second title stands so many lines below the first, a picture's caption so many, and has more words
_SECOND_TITLE_REACH = 2
_CAPTION_REACH = 6
_CAPTION_WORDS = 12
#: a kicker has more words than a section's name
_KICKER_WORDS = 4
_FAR = 1_000_000
#: a line of so many characters joins two names
_AND = 3
#: lone numbers beside these are their counts
_COUNTED = frozenset({"share", "comments"})
#: a name beside these is the author's
_BESIDE_AUTHOR = frozenset({"byline", "author_bio"})


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
        named = False
        for block in run:
            text, words = document.texts[block], shapes.words[block]
            under_title = min((block - title for title in titles if block > title), default=_FAR)
            above = block < structure.first_body or under_title <= _CAPTION_REACH
            hints = [
                rule for rule in hits.hints.get(block, ()) if in_position(rule, block, structure) or (above and rule.position == "before")
            ]
            beside = any(other in taken and taken[other].label in _BESIDE_AUTHOR for other in (block - 1, block + 1))
            is_author = (
                is_name(text)
                and words <= _TITLE_WORDS
                and (beside or named or (not is_menu and _is_author(structure, taken, titles, block)))
            )
            # Names follow each other, with no more than a comma or an "and" between them.
            named = is_author or (named and len(text) <= _AND)
            before_credit = block + 1 in taken and taken[block + 1].label == "photo_credit"
            after_credit = block - 1 in taken and taken[block - 1].label == "photo_credit"
            by_picture = block < structure.last and (
                (words > _FEW_WORDS and (before_credit or after_credit)) or (before_credit and is_name(text))
            )
            if named and not by_picture:
                yield block, "byline"
            elif is_menu:
                yield block, "navigation"
            elif hints:
                yield block, strongest(hints).label
            elif by_picture:
                yield block, "caption"
            elif is_run_together(text) or any(ends_path(text, document.texts[title]) for title in titles):
                yield block, "section"
            elif not any(map(str.isalpha, text)) and has_digit(text) and _COUNTED & {previous, following}:
                yield block, previous if previous in _COUNTED else following or "share"
            elif under_title <= _SECOND_TITLE_REACH and _TITLE_WORDS <= words < _CAPTION_WORDS:
                yield block, "headline"
            elif under_title <= _CAPTION_REACH and words >= _CAPTION_WORDS:
                yield block, "caption"
            elif block < structure.first:
                if block + 1 in titles and (words >= _KICKER_WORDS or text[-1] == ":" or block - 1 in titles):
                    yield block, "headline"
                else:
                    by_title = not titles or any(abs(block - title) <= _KICKER_REACH for title in titles)
                    yield block, _before(words, previous, following, by_title)
            elif block < structure.last:
                yield block, _inside(words, previous, following)
            elif len(text) == 1:
                yield block, "navigation"
            else:
                yield block, _after(words, previous, following)


def _company(taken: dict[int, Verdict], blocks: Iterable[int]) -> str | None:
    """The label of the nearest of these blocks that has one."""
    return next((taken[block].label for block in blocks if block in taken), None)


def _is_author(structure: Structure, taken: dict[int, Verdict], titles: Sequence[int], block: int) -> bool:
    """Whether a name is the author's for its place: under the title, beside a date, or over the body."""
    if any(0 < block - title <= _BYLINE_REACH for title in titles):
        return True
    if block >= structure.last:
        return False
    if any(other in taken and taken[other].label == "timestamp" for other in (block - 1, block + 1)):
        return True
    below = block + 1
    return block > structure.first and below < len(structure.content) and below not in taken and structure.content[below]


def _before(words: int, previous: str | None, following: str | None, by_title: bool) -> str:
    if previous in ("headline", "byline") and words <= _TITLE_WORDS:
        return "byline"
    if words >= _TITLE_WORDS:
        return "headline" if by_title else "navigation"
    return "section" if following == "headline" else "navigation"


def _inside(words: int, previous: str | None, following: str | None) -> str:
    if words >= _TITLE_WORDS or "timestamp" in (previous, following):
        return "teaser_list"
    return previous if previous in ("share", "advert", "media", "comments") else "navigation"


def _after(words: int, previous: str | None, following: str | None) -> str:
    if previous == "promotion" or (following == "promotion" and previous != "navigation" and words < _TEASER_WORDS):
        return "promotion"
    if "timestamp" in (previous, following) or words >= _TEASER_WORDS:
        return "teaser_list"
    if previous in ("teaser_list", "comments", "share", "advert") and previous == following:
        return previous
    return "navigation" if words <= _FEW_WORDS else "teaser_list"
