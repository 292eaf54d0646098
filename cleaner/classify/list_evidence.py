"""Evidence that short lines are part of an article: announced lists and rows of facts.

The weights are natural logarithms of odds, as in `structure`.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes
from cleaner.values import Document

#: for each of so many short lines beneath a line of so many words that ends in a colon
_ANNOUNCED, _ANNOUNCED_REACH, _ANNOUNCING_WORDS = 0.2, 10, 6
_COLONS = (":", "：")
#: for each of so many rows of facts or more, about as much as shortness alone takes from a line
_FACT, _LEAST_FACTS = 0.7, 4
#: what stands before a fact's colon: so many characters, and spaces
_NAME_CHARACTERS, _NAME_SPACES = (2, 40), 3
#: between links that stand in one line
_LINK_SEPARATOR = "|"
#: the same as the kernel wants it
WEIGHTS = {
    "announced": _ANNOUNCED,
    "announced_reach": _ANNOUNCED_REACH,
    "announcing_words": _ANNOUNCING_WORDS,
    "fact": _FACT,
    "least_facts": _LEAST_FACTS,
    "fact_low": _NAME_CHARACTERS[0],
    "fact_high": _NAME_CHARACTERS[1],
    "fact_spaces": _NAME_SPACES,
}


def add_list_evidence(
    evidence: list[float], document: Document, shapes: Shapes, hits: Hits, prose: Sequence[bool], residue: Sequence[str | None]
) -> None:
    """Raises the evidence of short lines that stand together as in a list of the article's own.

    Parameters: `evidence` is changed; `prose` says which blocks are real paragraphs; `residue` has the label that sure rules give a
    block.
    """
    colons = sum(map(document.source.count, _COLONS))
    if not colons:
        return
    unknown = [
        not is_prose and label is None and block not in hits.openers
        for block, (is_prose, label) in enumerate(zip(prose, residue, strict=True))
    ]
    _add_announced(evidence, document, shapes, residue, unknown)
    if colons >= _LEAST_FACTS:
        _add_facts(evidence, document, shapes, hits, unknown)


def _add_announced(
    evidence: list[float], document: Document, shapes: Shapes, residue: Sequence[str | None], unknown: Sequence[bool]
) -> None:
    """Raises the evidence of short lines that a line with a colon at its end announces, up to a paragraph or a rule's line."""
    left = 0
    for block, words in enumerate(shapes.words):
        if not unknown[block]:
            left = 0
        elif left:
            left -= 1
            evidence[block] += _ANNOUNCED
        if words >= _ANNOUNCING_WORDS and residue[block] is None and document.texts[block].endswith(_COLONS):
            left = _ANNOUNCED_REACH


def _add_facts(evidence: list[float], document: Document, shapes: Shapes, hits: Hits, unknown: Sequence[bool]) -> None:
    """Raises the evidence of rows of facts, each a name, a colon and a value, and of single short lines between them."""
    first, last, facts = 0, -2, 0
    for block, text in enumerate(document.texts):
        if not unknown[block] or shapes.ends[block] or block in hits.lines:
            is_fact, goes_on = False, False
        else:
            is_fact = _is_fact(text)
            goes_on = is_fact or last == block - 1
        if not goes_on:
            _raise_facts(evidence, first, last, facts)
            facts = 0
        elif is_fact:
            if not facts:
                first = block
            last = block
            facts += 1
    _raise_facts(evidence, first, last, facts)


def _raise_facts(evidence: list[float], first: int, last: int, facts: int) -> None:
    if facts >= _LEAST_FACTS:
        for block in range(first, last + 1):
            evidence[block] += _FACT


def _is_fact(text: str) -> bool:
    """Whether a line is a name, a colon and a value, as `Length: 4 m` and `長さ：4 m` are."""
    low, high = _NAME_CHARACTERS
    at = text.find(": ", low, high)
    if at < 0:
        at = text.find("：", low, high)
    return at > 0 and text.count(" ", 0, at) <= _NAME_SPACES and _LINK_SEPARATOR not in text
