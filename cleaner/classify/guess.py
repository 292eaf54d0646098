"""Labels for lines that the structure removes and no rule takes: by weak rules, by length, place and company.

The choices are those that most such lines of the labelled documents bear (docs/architecture.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
MENU_SHARE = 0.7
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
_FAR = 1_000_000_000
#: a line of so many characters joins two names
_AND = 3
#: lone numbers beside these are their counts
_COUNTED = frozenset({"share", "comments"})
#: a name beside these is the author's
_BESIDE_AUTHOR = frozenset({"byline", "author_bio"})
#: what of these the kernel is told, in its order
SIZES = (
    _MENU_LINES,
    _MENU_WORDS,
    _FEW_WORDS,
    _TITLE_WORDS,
    _TEASER_WORDS,
    _REACH,
    _KICKER_REACH,
    _BYLINE_REACH,
    _SECOND_TITLE_REACH,
    _CAPTION_REACH,
    _CAPTION_WORDS,
    _KICKER_WORDS,
    _AND,
)


def guess_labels(
    document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], left: Sequence[int]
) -> Iterable[tuple[int, str]]:
    """(block, label) for each block in `left` (ascending): removed, but by no rule."""
    page = _Page(document, hits, shapes, structure, taken)
    for _, group in groupby(enumerate(left), key=lambda pair: pair[1] - pair[0]):
        run = [block for _, block in group]
        is_menu = len(run) >= _MENU_LINES and sum([shapes.words[block] <= _MENU_WORDS for block in run]) > MENU_SHARE * len(run)
        previous = _company(taken, range(run[0] - 1, run[0] - 1 - _REACH, -1))
        following = _company(taken, range(run[-1] + 1, run[-1] + 1 + _REACH))
        named = False
        for block in run:
            under, over = page.distances(block)
            is_author = _is_author(page, block, under, is_menu, named)
            # Names follow each other, with no more than a comma or an "and" between them.
            named = is_author or (named and len(document.texts[block]) <= _AND)
            if named and not _is_caption(page, block):
                yield block, "byline"
            elif is_menu:
                yield block, "navigation"
            else:
                label = _by_looks(page, block, under, over, previous, following)
                yield block, label or _by_place(page, block, under, over, previous, following)


class _Page:
    """What is known of the document."""

    __slots__ = ("document", "hits", "shapes", "structure", "taken", "titles")

    def __init__(self, document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> None:
        self.document = document
        self.hits = hits
        self.shapes = shapes
        self.structure = structure
        self.taken = taken
        #: blocks that hold the page's title, ascending
        self.titles = sorted([block for block, verdict in taken.items() if verdict.label == "headline"])

    def label(self, block: int) -> str | None:
        verdict = self.taken.get(block)
        return None if verdict is None else verdict.label

    def distances(self, block: int) -> tuple[int, int]:
        """How many lines below the nearest title above it a block stands, and how many above the nearest below it."""
        titles = self.titles
        if not titles:
            return _FAR, _FAR
        above, below = bisect_left(titles, block), bisect_right(titles, block)
        return block - titles[above - 1] if above else _FAR, titles[below] - block if below < len(titles) else _FAR


def _by_looks(page: _Page, block: int, under: int, over: int, previous: str | None, following: str | None) -> str | None:
    """A label for what a line looks like, or stands beside, wherever it is."""
    weak = page.hits.hints.get(block)
    if weak:
        above = block < page.structure.first_body or under <= _CAPTION_REACH
        hints = [rule for rule in weak if in_position(rule, block, page.structure) or (above and rule.position == "before")]
        if hints:
            return strongest(hints).label
    if _is_caption(page, block):
        return "caption"
    text = page.document.texts[block]
    if is_run_together(text) or (page.titles and _is_path(page, block, under, over)):
        return "section"
    if (previous in _COUNTED or following in _COUNTED) and has_digit(text) and not any(map(str.isalpha, text)):
        return previous if previous in _COUNTED else following
    return None


def _is_path(page: _Page, block: int, under: int, over: int) -> bool:
    """Whether a line is a path of sections that ends with the title above or below."""
    texts = page.document.texts
    return any(ends_path(texts[block], texts[at]) for at in (block - under, block + over) if 0 <= at < len(texts))


def _by_place(page: _Page, block: int, under: int, over: int, previous: str | None, following: str | None) -> str:
    """The label that most lines of this length have at this place."""
    text, words = page.document.texts[block], page.shapes.words[block]
    if under <= _SECOND_TITLE_REACH and _TITLE_WORDS <= words < _CAPTION_WORDS:
        return "headline"
    if under <= _CAPTION_REACH and words >= _CAPTION_WORDS:
        return "caption"
    if block < page.structure.first:
        if over == 1 and (words >= _KICKER_WORDS or text[-1] == ":" or under == 1):
            return "headline"
        return _before(words, previous, following, not page.titles or min(under, over) <= _KICKER_REACH)
    if block < page.structure.last:
        return _inside(words, previous, following)
    return "navigation" if len(text) == 1 else _after(words, previous, following)


def _is_caption(page: _Page, block: int) -> bool:
    """Whether a line before the body's end belongs to the credit beside it; a lone name does to the credit beneath it."""
    if block >= page.structure.last:
        return False
    over_credit = page.label(block + 1) == "photo_credit"
    if page.shapes.words[block] > _FEW_WORDS:
        return over_credit or page.label(block - 1) == "photo_credit"
    return over_credit and is_name(page.document.texts[block])


def _company(taken: dict[int, Verdict], blocks: Iterable[int]) -> str | None:
    """The label of the nearest of these blocks that has one."""
    for block in blocks:
        if block in taken:
            return taken[block].label
    return None


def _is_author(page: _Page, block: int, under: int, is_menu: bool, named: bool) -> bool:
    """Whether a line is the author's name: beside a byline or another author, under the title, beside a date, or over the body.

    Parameters: `under` is how many lines above it the title stands; `named` tells whether the line above is an author's; in a menu only
    what stands beside a byline is one.
    """
    if page.shapes.words[block] > _TITLE_WORDS or not is_name(page.document.texts[block]):
        return False
    around = page.label(block - 1), page.label(block + 1)
    if named or around[0] in _BESIDE_AUTHOR or around[1] in _BESIDE_AUTHOR:
        return True
    if is_menu:
        return False
    if under <= _BYLINE_REACH:
        return True
    content, below = page.structure.content, block + 1
    if block >= page.structure.last:
        return False
    return "timestamp" in around or (block > page.structure.first and below < len(content) and content[below] and below not in page.taken)


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
