"""Where the body is: the document as a sequence of blocks, each more or less like prose.

Every block gets evidence for content (above 0) or residue (below), from its length, its end and what the rules say of it. The
sequence of states with the most evidence, changes of state costing something, is found by dynamic programming (Viterbi 1967; for
page cleaning: Pasternack and Roth 2009, "Extracting article text from the Web with maximum subsequence segmentation"). A short
line between paragraphs so stays, a run of short lines goes, a subheading between two boxes goes with them.

The weights are natural logarithms of odds. They were set by hand and rounded; docs/architecture.md says how they were measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes
from cleaner.load.rules import Rule
from cleaner.values import Bias, Document

#: words from which on a block that ends like a sentence counts as a real paragraph
PROSE_WORDS = 18
#: evidence a word of prose gives, and the most that a block gives
_PER_WORD = 0.07
_MOST = 4.0
_LONG_WITHOUT_END = 40
_EVIDENCE_LONG_WITHOUT_END = 1.5
_SHORT_SENTENCE = 0.3
#: heading-like lines, by their words: up to 3, up to 14, more
_HEADING = ((3, -0.8), (14, -0.6), (1_000_000, -0.2))
_ITEM = 0.3
#: what rules know: labels that stand between paragraphs too say little of their surroundings
_RESIDUE_INSIDE = -0.3
_RESIDUE_OUTSIDE = -1.5
_INSIDE = frozenset({"caption", "photo_credit", "advert", "related_link", "promotion", "media", "duplicate", "artifact", "agency_credit", "consent"})
_INTO_RESIDUE, _INTO_CONTENT = 1.5, 2.0
#: evidence for each short line of a text in which no rule finds anything
_CLEAN_TEXT = 1.2
#: in a section's tail
_TAIL_SHORT = -1.5
_TAIL_PROSE = -1.8
_TAIL_TO_THE_END = -5.0
#: the body has resumed after a section when blocks of so many words of prose have come in a row
_RESUMED_WORDS = 70
_RULE_SURE = 0.5
#: what `bias` adds to each block
_SHIFT: dict[Bias, float] = {"precision": -0.3, "balanced": 0.0, "recall": 0.8}


class Structure(msgspec.Struct, frozen=True):
    """What the sequence says, one entry a block."""

    #: whether the block is a real paragraph: long enough, and ending like a sentence
    prose: list[bool]
    #: whether it lies in the body
    content: list[bool]
    #: evidence for content of the block itself, natural log of odds
    evidence: list[float]
    #: the section rule in whose tail (or at whose head) the block lies
    section: list[Rule | None]
    #: the first and one past the last block of the body; equal where there is none
    first: int
    last: int


def segment(document: Document, shapes: Shapes, hits: Hits, bias: Bias = "balanced") -> Structure:
    """Finds the body in a document's blocks."""
    residue = [None] * len(document.blocks) if not hits.lines else _sure_labels(hits, len(document.blocks))
    prose = [words >= PROSE_WORDS and ends for words, ends in zip(shapes.words, shapes.ends, strict=True)]
    for block in hits.lines:
        if residue[block] is not None:
            prose[block] = False
    evidence = _evidence(document, shapes, residue, bool(hits.lines or hits.openers), _SHIFT[bias])
    section = _mark_sections(document, shapes, hits, prose, evidence)
    content = _best_states(evidence)
    inside = [block for block, kept in enumerate(content) if kept and prose[block]]
    first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    return Structure(prose, content, evidence, section, first, last)


def _sure_labels(hits: Hits, count: int) -> list[str | None]:
    residue: list[str | None] = [None] * count
    for block, rules in hits.lines.items():
        sure = [rule for rule in rules if rule.score >= _RULE_SURE and rule.position is None and rule.neighbour is None]
        if sure:
            residue[block] = sure[0].label
    return residue


def _evidence(document: Document, shapes: Shapes, residue: Sequence[str | None], has_residue: bool, shift: float) -> list[float]:
    clean = 0.0 if has_residue else _CLEAN_TEXT
    evidence: list[float] = []
    for block, label, words, ends in zip(document.blocks, residue, shapes.words, shapes.ends, strict=True):
        if label is not None:
            weight = _RESIDUE_INSIDE if label in _INSIDE else _RESIDUE_OUTSIDE
        elif ends and words >= 12:
            weight = min(_MOST, _PER_WORD * words)
        elif words >= _LONG_WITHOUT_END:
            weight = _EVIDENCE_LONG_WITHOUT_END
        elif ends and words >= 4:
            weight = _SHORT_SENTENCE + clean
        else:
            weight = next(value for most, value in _HEADING if words <= most) + clean
        if block.role in ("list_item", "table_row", "code", "quote"):
            weight += _ITEM
        evidence.append(weight + shift)
    return evidence


def _mark_sections(document: Document, shapes: Shapes, hits: Hits, prose: list[bool], evidence: list[float]) -> list[Rule | None]:
    """Marks section heads and tails, and lowers the evidence in them."""
    section: list[Rule | None] = [None] * len(document.blocks)
    if not hits.openers:
        return section
    source, blocks = document.source, document.blocks
    prose_before = 0
    prose_after = sum(words for words, is_prose in zip(shapes.words, prose, strict=True) if is_prose)
    rule: Rule | None = None
    to_the_end = False
    resumed = left = 0
    for block, words in enumerate(shapes.words):
        opener = hits.openers.get(block)
        if opener is not None:
            rule, resumed = opener, 0
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
        if left == 0 or gap_is_blank:
            rule = None
            continue
        left -= 1
        section[block] = rule
        if to_the_end:
            evidence[block] = min(evidence[block], 0) + _TAIL_TO_THE_END
            continue
        resumed = resumed + words if prose[block] else (resumed if resumed and words <= 12 else 0)
        if resumed >= _RESUMED_WORDS:
            rule = None
            section[block] = None
            continue
        evidence[block] += _TAIL_PROSE if prose[block] else _TAIL_SHORT
    return section


def _best_states(evidence: Sequence[float]) -> list[bool]:
    """The states (content or not) with the most evidence, where each change of state costs something."""
    kept = removed = 0.0
    from_kept: list[bool] = []
    from_removed: list[bool] = []
    for weight in evidence:
        stay, enter = kept, removed - _INTO_CONTENT
        rest, leave = removed, kept - _INTO_RESIDUE
        from_kept.append(stay >= enter)
        from_removed.append(rest >= leave)
        kept = max(stay, enter) + weight
        removed = max(rest, leave)
    state = kept > removed
    states = [False] * len(evidence)
    for block in range(len(evidence) - 1, -1, -1):
        states[block] = state
        state = from_kept[block] if state else not from_removed[block]
    return states
