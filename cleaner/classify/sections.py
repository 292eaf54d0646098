"""Sections that a heading opens (`classify.structure`): their heads and tails, and what these take from the evidence of their blocks.

The weights are natural logarithms of odds.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes
from cleaner.load.rules import Rule
from cleaner.values import Document

#: in a section's tail
_TAIL_SHORT = -1.5
_TAIL_PROSE = -1.8
_TAIL_TO_THE_END = -5.0
#: behind the body there is no more than this share of the text's prose
_AFTER_SHARE = 0.3
#: a list of tags holds short lines only
_TAG_WORDS = 8
#: the body has resumed after a section with a paragraph of so many words, or with two paragraphs in a row
_RESUMED_WORDS = 50
#: the same as the kernel wants it
WEIGHTS = {
    "tail_short": _TAIL_SHORT,
    "tail_prose": _TAIL_PROSE,
    "tail_to_the_end": _TAIL_TO_THE_END,
    "after_share": _AFTER_SHARE,
    "tag_words": _TAG_WORDS,
    "resumed_words": _RESUMED_WORDS,
}


def mark_sections(document: Document, shapes: Shapes, hits: Hits, prose: list[bool], evidence: list[float]) -> list[Rule | None]:
    """Marks section heads and tails, and lowers the evidence in them."""
    section: list[Rule | None] = [None] * len(document.blocks)
    if not hits.openers:
        return section
    source, blocks = document.source, document.blocks
    prose_before = 0
    prose_after = sum(words for words, is_prose in zip(shapes.words, prose, strict=True) if is_prose)
    rule: Rule | None = None
    to_the_end = False
    left = tail = 0
    for block, words in enumerate(shapes.words):
        opener = hits.openers.get(block)
        if opener is not None and _opens_here(opener, prose_before, prose_after):
            rule = opener
            tail = 0
            left = opener.until if isinstance(opener.until, int) else len(blocks)
            to_the_end = opener.until == "end" and prose_before >= prose_after
            section[block] = rule
            evidence[block] = _TAIL_SHORT
            continue
        if prose[block]:
            prose_before, prose_after = prose_before + words, prose_after - words
        if rule is None:
            continue
        gap_is_blank = rule.until == "blank" and source.count("\n", blocks[block - 1].end, blocks[block].start) > 1
        is_tag = words <= _TAG_WORDS and not shapes.ends[block]
        if left == 0 or gap_is_blank or (rule.label == "section" and not is_tag):
            rule = None
            continue
        left -= 1
        section[block] = rule
        if to_the_end:
            evidence[block] = min(evidence[block], 0) + _TAIL_TO_THE_END
            continue
        if prose[block] and (words >= _RESUMED_WORDS or tail == 0 or _goes_on(block, prose, hits)):
            rule = None
            section[block] = None
            continue
        tail += 1
        evidence[block] += _TAIL_PROSE if prose[block] else _TAIL_SHORT
    return section


def _opens_here(rule: Rule, prose_before: int, prose_after: int) -> bool:
    """Whether a section may open where so many words of prose stand before and after; the body's edges are not known yet."""
    before = prose_before == 0
    after = prose_after <= _AFTER_SHARE * (prose_before + prose_after)
    allowed = {None: True, "before": before, "after": after and not before, "outside": before or after, "inside": not before and not after}
    return allowed[rule.position]


def _goes_on(block: int, prose: Sequence[bool], hits: Hits) -> bool:
    """Whether what follows a paragraph in a section's tail shows that it is no teaser's summary: prose, or a line that rules know."""
    following = block + 1
    return following < len(prose) and (prose[following] or (following in hits.lines and following not in hits.openers))
