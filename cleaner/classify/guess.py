"""Labels for lines that the structure removes and no rule names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from cleaner.classify.shape import Shapes
from cleaner.classify.structure import Structure
from cleaner.values import Document, Verdict

#: a run of more lines, most of them short, is a menu
_MENU_LINES = 5
_MENU_WORDS = 4
_TITLE_WORDS = 4
#: what the lines around a nameless one are says what it is
_SPREADING = frozenset({"teaser_list", "navigation", "comments", "promotion", "share", "section", "legal", "media"})


def guess_labels(
    document: Document, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], left: Sequence[int]
) -> Iterable[tuple[int, str]]:
    """(block, label) for each block in `left` (ascending): removed, but by no rule."""
    for _, group in groupby(enumerate(left), key=lambda pair: pair[1] - pair[0]):
        run = [block for _, block in group]
        before = run[0] < structure.first
        short = sum(shapes.words[block] <= _MENU_WORDS for block in run)
        is_menu = len(run) >= _MENU_LINES and short > 0.7 * len(run)
        around = [taken[block].label for block in (run[0] - 1, run[-1] + 1) if block in taken]
        spreading = next((label for label in around if label in _SPREADING), None)
        for block in run:
            yield block, _guess(shapes.words[block], before, is_menu, spreading)


def _guess(words: int, before: bool, is_menu: bool, spreading: str | None) -> str:
    if is_menu:
        return "navigation"
    if before:
        if words <= 2:
            return "section" if spreading is None else spreading
        return "headline" if words >= _TITLE_WORDS else "section"
    if words > _TITLE_WORDS:
        return "teaser_list"
    return spreading or "teaser_list"
