"""Body text that stands in the document twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cleaner.classify.shape import Shapes
from cleaner.values import Document

#: repeats of fewer words are refrains, table cells, speakers
LEAST_WORDS = 6
#: a pull quote has at least this many words, and stands in the body within this many characters
_LEAST_WORDS_QUOTE = 10
_MOST_WORDS_QUOTE = 45
_LEAST_CHARACTERS_QUOTE = 30
#: a shorter line that does not end like a sentence is a subheading that quotes the body
_LEAST_WORDS_WITHOUT_END = 14
_REACH = 30_000
_QUOTES = " \t\"'„“”‚‘’»«›‹.,!?…–—-"


def find_repeats(document: Document, shapes: Shapes, candidates: Sequence[int]) -> dict[int, int]:
    """Block -> the earlier block that says the same, for blocks among the candidates (ascending)."""
    first: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for block in candidates:
        if shapes.words[block] < LEAST_WORDS or document.blocks[block].role == "code":
            continue
        earlier = first.setdefault(document.texts[block].strip(_QUOTES).lower(), block)
        if earlier != block:
            repeats[block] = earlier
    return repeats


def find_pull_quotes(document: Document, shapes: Shapes, candidates: Sequence[int]) -> list[int]:
    """Blocks among the candidates (ascending) whose words stand inside another, longer candidate near them."""
    starts = [document.blocks[block].start for block in candidates]
    quotes = []
    source = document.source
    for block in candidates:
        if not _LEAST_WORDS_QUOTE <= shapes.words[block] <= _MOST_WORDS_QUOTE or document.blocks[block].role == "code":
            continue
        start, end = document.blocks[block].start, document.blocks[block].end
        text = source[start:end].strip(_QUOTES)
        if len(text) < _LEAST_CHARACTERS_QUOTE or (not shapes.ends[block] and shapes.words[block] < _LEAST_WORDS_WITHOUT_END):
            continue
        for low, high in ((end, end + _REACH), (max(0, start - _REACH), start)):
            at = source.find(text, low, high)
            if at < 0:
                continue
            other = candidates[bisect_right(starts, at) - 1]
            inside = document.blocks[other]
            if at + len(text) <= inside.end and inside.end - inside.start > 1.2 * len(text):
                quotes.append(block)
                break
    return quotes
