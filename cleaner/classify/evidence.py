"""Evidence of each block for its being content, and the sequence of states that has the most of it (`classify.structure`).

The weights are natural logarithms of odds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.classify.shape import Shapes
from cleaner.values import Document

#: evidence a word of prose gives, and the most that a block gives
_PER_WORD = 0.07
_MOST = 4.0
_LONG_WITHOUT_END = 40
_EVIDENCE_LONG_WITHOUT_END = 1.5
_LONG_SENTENCE, _SENTENCE_WORDS = 12, 4
_SHORT_SENTENCE = 0.3
#: heading-like lines, by their words: up to 3, up to 14, more
_FEW_WORDS, _SOME_WORDS = 3, 14
_FEW, _SOME, _MANY = -0.8, -0.6, -0.2
#: roles that a line is given for its looks
ITEMS = {"list_item": 0.3, "quote": 0.3, "code": 1.0, "table_row": 1.0}
#: a row of a table, a line-up, a result: so many words and numbers
_FIGURE_WORDS, _FIGURES = 4, 3
_FIGURE_LINE = 0.6
_NUMBER = re.compile(r"\d+")
#: evidence for a short line with no rule's line among so many on either side
_CALM, _CALM_REACH = 0.4, 5
#: what rules know: labels that stand between paragraphs too say little of their surroundings
_RESIDUE_INSIDE = -0.3
_RESIDUE_OUTSIDE = -1.5
INSIDE = frozenset(
    {"caption", "photo_credit", "advert", "related_link", "promotion", "media", "duplicate", "artifact", "agency_credit", "consent"}
)
_INTO_RESIDUE, _INTO_CONTENT = 1.0, 2.0


#: the same as the kernel wants it
WEIGHTS = {
    "long_sentence": _LONG_SENTENCE,
    "a_word": _PER_WORD,
    "most": _MOST,
    "long_without_end": _LONG_WITHOUT_END,
    "evidence_without_end": _EVIDENCE_LONG_WITHOUT_END,
    "sentence_words": _SENTENCE_WORDS,
    "short_sentence": _SHORT_SENTENCE,
    "few_words": _FEW_WORDS,
    "some_words": _SOME_WORDS,
    "few": _FEW,
    "some": _SOME,
    "many": _MANY,
    "figure_words": _FIGURE_WORDS,
    "figures": _FIGURES,
    "figure_line": _FIGURE_LINE,
    "calm": _CALM,
    "calm_reach": _CALM_REACH,
    "residue_inside": _RESIDUE_INSIDE,
    "residue_outside": _RESIDUE_OUTSIDE,
    "into_residue": _INTO_RESIDUE,
    "into_content": _INTO_CONTENT,
}


def evidence_of(document: Document, shapes: Shapes, residue: Sequence[str | None], clean: float, shift: float) -> list[float]:
    """What each block says for its being content, or against it.

    Parameters: `residue` holds the labels that sure rules give; `clean` is for short lines, `shift` for all blocks.
    Returns natural logarithms of odds.
    """
    evidence: list[float] = []
    for block, text, label, words, ends in zip(document.blocks, document.texts, residue, shapes.words, shapes.ends, strict=True):
        if label is not None:
            evidence.append((_RESIDUE_INSIDE if label in INSIDE else _RESIDUE_OUTSIDE) + shift)
            continue
        if ends and words >= _LONG_SENTENCE:
            weight = min(_MOST, _PER_WORD * words)
        elif words >= _LONG_WITHOUT_END:
            weight = _EVIDENCE_LONG_WITHOUT_END
        elif ends and words >= _SENTENCE_WORDS:
            weight = _SHORT_SENTENCE + clean
        else:
            weight = (_FEW if words <= _FEW_WORDS else _SOME if words <= _SOME_WORDS else _MANY) + clean
        if block.role in ITEMS:
            weight += ITEMS[block.role]
        elif not ends and words >= _FIGURE_WORDS and len(_NUMBER.findall(text)) >= _FIGURES:
            weight += _FIGURE_LINE
        evidence.append(weight + shift)
    return evidence


def raise_calm(evidence: list[float], prose: Sequence[bool], known: Sequence[int]) -> None:
    """Raises the evidence of short lines near which no rule finds anything (`known`, ascending): lists, tables, results."""
    count = len(evidence)
    above = -_CALM_REACH - 1
    for below in (*known, count + _CALM_REACH + 1):
        for block in range(max(0, above + _CALM_REACH + 1), min(count, below - _CALM_REACH)):
            if not prose[block]:
                evidence[block] += _CALM
        above = below


def best_states(evidence: Sequence[float]) -> list[bool]:
    """The states (content or not) with the most evidence, where each change of state costs something."""
    kept = removed = 0.0
    from_kept: list[bool] = []
    from_removed: list[bool] = []
    for weight in evidence:
        enter, leave = removed - _INTO_CONTENT, kept - _INTO_RESIDUE
        stays, rests = kept >= enter, removed >= leave
        from_kept.append(stays)
        from_removed.append(rests)
        kept = (kept if stays else enter) + weight
        removed = removed if rests else leave
    state = kept > removed
    states = [False] * len(evidence)
    for block in range(len(evidence) - 1, -1, -1):
        states[block] = state
        state = from_kept[block] if state else not from_removed[block]
    return states
