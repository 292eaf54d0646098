"""Where the page's title stands, each time it stands."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes, normal_form
from cleaner.classify.structure import Structure
from cleaner.kernel import COMPILED
from cleaner.load.rules import EDGES, Rule
from cleaner.values import Document, Verdict

if COMPILED:
    from cleaner.kernel.headlines import Titles, count_figures

_LEAST_WORDS, _MOST_WORDS = 3, 28
#: how far before the first paragraph a title is looked for, in lines no rule knows
_REACH = 8
#: a text in which so little was found to remove is taken for a body, not for a scrape: its first line may be part of it
_LEAST_RESIDUE = 3
#: a kicker and a title
_MOST_FIRST_LINES = 2
_TITLE_ROLES = frozenset({"paragraph", "heading1", "heading2"})
#: what a line may be taken for and be the title all the same
_NO_TITLES = frozenset({"section", "teaser_list", "navigation"})
_DATED = frozenset({"timestamp", "byline"})
_UNDER_TITLE = frozenset({"byline", "timestamp", "caption", "photo_credit", "share", "media"})
#: what that place is worth, in lines' distance from the body
_NEXT_TO_BYLINE = 8
#: so much of the title is looked for at the end of a path, in characters
PATH_END = 24
#: a line of which more is digits is no title
_FIGURES = 1 / 3
#: a title that stands again is compared by words; this share must be the same
_SAME = 0.8
if COMPILED:
    # Next to no line is the title again: a normal form is made of those only that may be.
    _titles = Titles(EDGES)


def find_headlines(
    document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], title: str | None
) -> list[int]:
    """Blocks that hold the title, ascending."""
    known = normal_form(title) if title else _title(document, hits, shapes, structure, taken)
    if not known:
        return _first_lines(document, shapes, structure, taken)
    found = []
    words = set(known.split())
    longest = 2 * len(known) + 20
    possible: Sequence[int] = range(len(document.texts))
    if COMPILED:
        possible = _titles.find(document.texts, shapes.words, known, _LEAST_WORDS, _MOST_WORDS, longest, structure.first_body, _SAME)
    for block in possible:
        text = document.texts[block]
        if not _LEAST_WORDS <= shapes.words[block] <= _MOST_WORDS or len(text) > longest:
            continue
        # Below the first paragraph a line is the title or is none, and the normal form is never longer than the line.
        if block >= structure.first_body and len(text) < len(known):
            continue
        if block in taken and taken[block].label not in _NO_TITLES:
            continue
        key = normal_form(text)
        if not structure.content[block] and ends_path(key, known):
            continue
        if key == known or (block < structure.first_body and _same(set(key.split()), words)):
            found.append(block)
    return found


def ends_path(text: str, title: str) -> bool:
    """Whether a line is a path of sections at whose end the page's title stands, cut short perhaps."""
    return len(title) >= PATH_END and text.find(title[:PATH_END]) > 0


def _first_lines(document: Document, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> list[int]:
    """A title, with its kicker perhaps, that stands right above the body: nothing but its place says that it is no subheading."""
    if len(taken) < _LEAST_RESIDUE:
        return []
    stop = next((block for block, is_prose in enumerate(structure.prose) if is_prose), 0)
    lines = [block for block in range(stop) if block not in taken and structure.content[block]]
    if not lines or len(lines) > _MOST_FIRST_LINES or lines[0] != next((b for b in range(stop) if b not in taken), -1):
        return []
    for block in lines:
        if (
            document.blocks[block].role not in _TITLE_ROLES
            or shapes.words[block] > _MOST_WORDS
            or document.texts[block][-1] in ".:…,;。：，；"
        ):
            return []
    return lines


def _title(document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> str | None:
    """The most title-like line before the body, normalised."""
    best: tuple[int, int] | None = None
    looked_at = 0
    for block in range(structure.first - 1, -1, -1):
        if block in taken or structure.content[block]:
            continue
        looked_at += 1
        if looked_at > _REACH:
            break
        words = shapes.words[block]
        text = document.texts[block]
        if not _LEAST_WORDS <= words <= _MOST_WORDS or text[-1] in ".:…。：" or _is_dated(text, hits.hints.get(block, ())):
            continue
        is_heading = document.blocks[block].role == "heading1"
        worth = (
            (100 if is_heading else 0)
            + min(words, 8) * 2
            - looked_at
            + (_NEXT_TO_BYLINE if _is_over_byline(block, taken, structure) else 0)
        )
        if best is None or worth > best[0]:
            best = (worth, block)
    return normal_form(document.texts[best[1]]) if best else None


def _is_dated(text: str, hints: Sequence[Rule]) -> bool:
    """Whether a line is a date, a count, or a byline with its date, as far as weak rules and its digits tell."""
    figures = count_figures(text) if COMPILED else sum(map(str.isdecimal, text))
    return figures > _FIGURES * len(text) or any(rule.label in _DATED for rule in hints)


def _is_over_byline(block: int, taken: dict[int, Verdict], structure: Structure) -> bool:
    """Whether what stands under a page's title stands right under this line: a byline, a date, the standfirst."""
    for below in (block + 1, block + 2):
        if below in taken and taken[below].label in _UNDER_TITLE:
            return True
        if below < len(structure.content) and below not in taken and structure.content[below]:
            return True
    return False


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _SAME * max(len(one), len(other))
