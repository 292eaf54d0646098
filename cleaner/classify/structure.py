"""Where the body is: the document as a sequence of blocks, each more or less like prose.

Every block gets evidence for content (above 0) or residue (below), from its length, its end and what the rules say of it. The
sequence of states with the most evidence, changes of state costing something, is found by dynamic programming (Viterbi 1967; for
page cleaning: Pasternack and Roth 2009, "Extracting article text from the Web with maximum subsequence segmentation"). A short
line between paragraphs so stays, a run of short lines goes, a subheading between two boxes goes with them.

The weights are natural logarithms of odds. They were set by hand and rounded; docs/architecture.md says how they were measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from cleaner.classify import evidence, list_evidence, restoring, sections
from cleaner.classify.article_end import ENDS, restore_end
from cleaner.classify.evidence import INSIDE, ITEMS, best_states, evidence_of, raise_calm
from cleaner.classify.list_evidence import add_list_evidence
from cleaner.classify.restoring import restore_inside, restore_lead
from cleaner.classify.restoring import run_end as run_end
from cleaner.classify.rules import Hits
from cleaner.classify.sections import mark_sections
from cleaner.classify.shape import Shapes
from cleaner.kernel import COMPILED
from cleaner.load.rules import Position, Rule
from cleaner.values import Bias, Block, Document

if COMPILED:
    from cleaner.kernel.sequence import Body

#: words from which on a block that ends like a sentence counts as a real paragraph
PROSE_WORDS = 18
#: evidence for each short line of a text in which no rule finds anything; gone where rules know one short line in so many
_CLEAN_TEXT = 0.9
_SCRAPED = 12
_RULE_SURE = 0.5
#: what `bias` adds to each block
_SHIFT: dict[Bias, float] = {"precision": -0.3, "balanced": 0.0, "recall": 0.8}
#: places and sure labels as the kernel has them
_PLACES: dict[Position | None, int] = {None: 0, "before": 1, "after": 2, "outside": 3, "inside": 4}
_SURE_INSIDE, _SURE_OUTSIDE = 1, 2


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
    #: whether the block is a section's heading
    is_opener: list[bool]
    #: the first block of the body, standfirst included
    first: int
    #: the first real paragraph after a standfirst
    first_body: int
    #: one past the last block of the body; `first` and `last` are equal where there is none
    last: int


if COMPILED:
    _body = Body(
        {
            **evidence.WEIGHTS,
            **list_evidence.WEIGHTS,
            **sections.WEIGHTS,
            **restoring.WEIGHTS,
            "prose_words": PROSE_WORDS,
            "clean_text": _CLEAN_TEXT,
            "scraped": _SCRAPED,
        },
        ITEMS,
        Block(0, 0).role,
    )


def segment(document: Document, shapes: Shapes, hits: Hits, bias: Bias = "balanced") -> Structure:
    """Finds the body in a document's blocks."""
    if not COMPILED:
        return plain_segment(document, shapes, hits, bias)
    source, blocks = document.source, document.blocks
    sure = {}
    for block, rules in hits.lines.items():
        for rule in rules:
            if rule.score >= _RULE_SURE and rule.position is None and rule.neighbour is None:
                sure[block] = _SURE_INSIDE if rule.label in INSIDE else _SURE_OUTSIDE
                break
    openers = {}
    gaps = None
    for block, rule in hits.openers.items():
        until = rule.until
        most = max(-1, min(until, len(blocks))) if isinstance(until, int) else len(blocks)
        openers[block] = (rule, _PLACES[rule.position], most, until == "end", until == "blank", rule.label == "section")
        if until == "blank" and gaps is None:
            gaps = [False, *[source.count("\n", above.end, below.start) > 1 for above, below in pairwise(blocks)]]
    found = Structure(*_body.find(shapes.words, shapes.ends, document.texts, blocks, hits.lines, sure, openers, gaps, _SHIFT[bias]))
    return _with_end(found, hits)


def plain_segment(document: Document, shapes: Shapes, hits: Hits, bias: Bias = "balanced") -> Structure:
    """`segment`, in Python."""
    residue: list[str | None] = [None] * len(document.blocks) if not hits.lines else _sure_labels(hits, len(document.blocks))
    prose = [ends and words >= PROSE_WORDS for words, ends in zip(shapes.words, shapes.ends, strict=True)]
    known = [block for block in hits.lines if residue[block] is not None]
    for block in known:
        prose[block] = False
    weights = evidence_of(document, shapes, residue, _cleanness(prose, residue, hits), _SHIFT[bias])
    raise_calm(weights, prose, sorted({*known, *hits.openers}))
    add_list_evidence(weights, document, shapes, hits, prose, residue)
    section = mark_sections(document, shapes, hits, prose, weights)
    content = best_states(weights)
    if hits.openers:
        for block, rule in enumerate(section):
            if rule is not None and (rule is hits.openers.get(block) or not prose[block]):
                content[block] = False
    restore_inside(content, shapes, prose, hits, section)
    inside = [block for block, kept in enumerate(content) if kept and prose[block]]
    first_body, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    first = restore_lead(content, first_body, shapes, residue, section) if inside else 0
    is_opener = [False] * len(content)
    for block, rule in hits.openers.items():
        is_opener[block] = section[block] is rule
    return _with_end(Structure(prose, content, weights, section, is_opener, first, first_body, last), hits)


def _with_end(structure: Structure, hits: Hits) -> Structure:
    """The structure with the paragraphs given back that stand right above a line with which an article ends."""
    last = structure.last
    for end, rules in hits.lines.items():
        above = end - 1
        if structure.first_body < above and structure.prose[above] and not structure.content[above] and _sure_label(rules) in ENDS:
            for block in restore_end(structure.content, structure.prose, end, structure.first_body):
                structure.section[block] = None
                last = max(last, block + 1)
    return structure if last == structure.last else msgspec.structs.replace(structure, last=last)


def _sure_label(rules: Sequence[Rule]) -> str | None:
    """The label of the first rule that is sure of a line, whatever stands around it."""
    return next((rule.label for rule in rules if rule.score >= _RULE_SURE and rule.position is None and rule.neighbour is None), None)


def in_position(rule: Rule, block: int, structure: Structure) -> bool:
    """Whether a block stands where a rule wants its lines to stand."""
    if rule.position is None:
        return True
    before, after = block < structure.first, block >= structure.last
    if rule.position == "inside":
        return not before and not after
    if structure.first == structure.last:
        return False
    return before if rule.position == "before" else after if rule.position == "after" else before or after


def _sure_labels(hits: Hits, count: int) -> list[str | None]:
    residue: list[str | None] = [None] * count
    for block, rules in hits.lines.items():
        residue[block] = _sure_label(rules)
    return residue


def _cleanness(prose: list[bool], residue: list[str | None], hits: Hits) -> float:
    """Evidence for each short line: in a scrape the rules know a good part of them, in a clean body next to none."""
    short = prose.count(False)
    known = len(residue) - residue.count(None) + len(hits.openers)
    return _CLEAN_TEXT * max(0.0, 1 - _SCRAPED * known / max(1, short))
