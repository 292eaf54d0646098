"""The standfirst that does not look like prose: a line or two without a full stop between the title and the byline."""

from __future__ import annotations

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes, is_name, is_run_together, normal_form
from cleaner.classify.structure import Structure
from cleaner.values import Document, Verdict

#: how far above the first paragraph a byline is looked for, in blocks
_REACH = 30
#: words of a standfirst, and the fewest of the title over it
_LEAST_WORDS, _MOST_WORDS = 7, 40
_LEAST_TITLE_WORDS = 6
#: over a title, a line of no more words is its kicker
_MOST_KICKER_WORDS = 7
#: a title and more lines than so many are a list of titles
_MOST_LINES = 3
#: what stands under a standfirst
_UNDER = frozenset({"byline", "timestamp"})
#: a line that even a weak rule takes for one of these is neither title nor standfirst
_NOT_TITLES = frozenset({"byline", "timestamp", "caption", "photo_credit", "media", "author_bio"})


def find_standfirst(document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> list[int]:
    """Blocks that the structure removed and that are the standfirst by their place, ascending.

    Parameters: `taken` has what rules took so far, and not what the structure removed.
    """
    first = structure.first
    if first == structure.last:
        return []
    for below in range(first - 1, max(1, first - _REACH), -1):
        if below not in taken or taken[below].label not in _UNDER or below - 1 in taken:
            continue
        start = below
        while start > 0 and _is_free(start - 1, document, hits, shapes, structure, taken):
            start -= 1
        if below - start > 2 and shapes.words[start] <= _MOST_KICKER_WORDS:
            start += 1
        lines = range(start, below)
        if 1 < len(lines) <= _MOST_LINES + 1 and all(shapes.words[block] >= _LEAST_WORDS for block in lines[1:]):
            return _once(document, list(lines[1:]))
    return []


def _is_free(block: int, document: Document, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> bool:
    """Whether a block may be a title or a standfirst: some words of which neither a rule nor the structure knows what they are."""
    text = document.texts[block]
    return (
        block not in taken
        and not structure.content[block]
        and structure.section[block] is None
        and block not in hits.lines
        and not any(rule.label in _NOT_TITLES for rule in hits.hints.get(block, ()))
        and _LEAST_TITLE_WORDS <= shapes.words[block] <= _MOST_WORDS
        and text[-1] not in ")]:"
        and not is_name(text)
        and not is_run_together(text)
    )


def _once(document: Document, lines: list[int]) -> list[int]:
    """These blocks, if their text stands nowhere else in the document: what does is a title."""
    keys = {normal_form(document.texts[block]) for block in lines}
    longest = 2 * max(len(document.texts[block]) for block in lines)
    others = (text for block, text in enumerate(document.texts) if block not in lines and len(text) <= longest)
    return [] if any(normal_form(text) in keys for text in others) else lines
