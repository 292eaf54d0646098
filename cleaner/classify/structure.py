"""Where the body is: the document as a sequence of blocks, each more or less like prose.

Every block gets evidence for content (above 0) or residue (below), from its length, its end and what the rules say of it. The
sequence of states with the most evidence, changes of state costing something, is found by dynamic programming (Viterbi 1967; for
page cleaning: Pasternack and Roth 2009, "Extracting article text from the Web with maximum subsequence segmentation"). A short
line between paragraphs so stays, a run of short lines goes, a subheading between two boxes goes with them.

The weights are natural logarithms of odds. They were set by hand and rounded; docs/architecture.md says how they were measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cleaner.classify.article_end import restore_end
from cleaner.classify.evidence import best_states, evidence_of, raise_calm
from cleaner.classify.list_evidence import add_list_evidence
from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes
from cleaner.load.rules import Rule
from cleaner.values import Bias, Document

#: words from which on a block that ends like a sentence counts as a real paragraph
PROSE_WORDS = 18
#: evidence for each short line of a text in which no rule finds anything; gone where rules know one short line in so many
_CLEAN_TEXT = 0.9
_SCRAPED = 12
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
#: a run of short lines is inside the body if so many words of prose stand in a row with it on both sides
_ISLAND_WORDS = 60
#: a standfirst stands so many lines before the first paragraph at the most, so many of which no rule knows, and has so many words
_LEAD_REACH, _LEAD_REACH_UNKNOWN = 30, 10
_LEAD_WORDS = (10, 70)
#: its second line, and any further one
_LEAD_LINE_WORDS = 4
_HEADING_WORDS = (5, 15)
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
    #: whether the block is a section's heading
    is_opener: list[bool]
    #: the first block of the body, standfirst included
    first: int
    #: the first real paragraph after a standfirst
    first_body: int
    #: one past the last block of the body; `first` and `last` are equal where there is none
    last: int


def segment(document: Document, shapes: Shapes, hits: Hits, bias: Bias = "balanced") -> Structure:
    """Finds the body in a document's blocks."""
    residue: list[str | None] = [None] * len(document.blocks) if not hits.lines else _sure_labels(hits, len(document.blocks))
    prose = [ends and words >= PROSE_WORDS for words, ends in zip(shapes.words, shapes.ends, strict=True)]
    known = [block for block in hits.lines if residue[block] is not None]
    for block in known:
        prose[block] = False
    evidence = evidence_of(document, shapes, residue, known, _cleanness(prose, residue, hits), _SHIFT[bias])
    raise_calm(evidence, prose, sorted({*known, *hits.openers}))
    add_list_evidence(evidence, document, shapes, hits, prose, residue)
    section = _mark_sections(document, shapes, hits, prose, evidence)
    content = best_states(evidence)
    if hits.openers:
        for block, rule in enumerate(section):
            if rule is not None and (rule is hits.openers.get(block) or not prose[block]):
                content[block] = False
    _restore_inside(content, shapes, prose, hits, section)
    inside = [block for block, kept in enumerate(content) if kept and prose[block]]
    first_body, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    for block in restore_end(content, prose, residue, known, first_body) if inside else ():
        section[block] = None
        last = max(last, block + 1)
    first = _restore_lead(content, first_body, shapes, residue, section) if inside else 0
    is_opener = [False] * len(content)
    for block, rule in hits.openers.items():
        is_opener[block] = section[block] is rule
    return Structure(prose, content, evidence, section, is_opener, first, first_body, last)


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


def _restore_inside(content: list[bool], shapes: Shapes, prose: list[bool], hits: Hits, section: list[Rule | None]) -> None:
    """Gives back runs of short lines inside the body of which no rule says anything: lists, tables, verse."""
    runs = [(start, stop) for start, stop in _runs(content, False) if start > 0 and stop < len(content)]
    silent = [run for run in runs if not any(block in hits.lines or section[block] is not None for block in range(*run))]
    if not silent:
        return
    words = _words_of_islands(content, shapes, prose)
    for start, stop in silent:
        if min(words[start - 1], words[stop]) >= _ISLAND_WORDS:
            content[start:stop] = [True] * (stop - start)


def _runs(states: list[bool], state: bool) -> Iterator[tuple[int, int]]:
    """(first, one past the last) of every run of blocks in this state."""
    stop = 0
    while stop < len(states):
        start, stop = stop, run_end(states, stop)
        if states[start] is state:
            yield start, stop


def run_end(states: list[bool], start: int) -> int:
    """Where the run of equal states ends that begins there, or goes on."""
    try:
        return states.index(not states[start], start)
    except ValueError:
        return len(states)


def _words_of_islands(content: list[bool], shapes: Shapes, prose: list[bool]) -> list[int]:
    """For each block the words of prose in the run of content that it is in."""
    words = [0] * len(content)
    for start, stop in _runs(content, True):
        total = sum([shapes.words[block] for block in range(start, stop) if prose[block]])
        words[start:stop] = [total] * (stop - start)
    return words


def _restore_lead(content: list[bool], first: int, shapes: Shapes, residue: Sequence[str | None], section: list[Rule | None]) -> int:
    """Gives back the standfirst: a sentence or two under the title, cut off from the body by byline, date and share bar.

    A title that then stands right over the first paragraph is a subheading.
    """
    start = first
    unknown = 0
    for block in range(first - 1, max(-1, first - 1 - _LEAD_REACH), -1):
        unknown += residue[block] is None
        if unknown > _LEAD_REACH_UNKNOWN:
            break
        if (
            residue[block] is None
            and section[block] is None
            and shapes.ends[block]
            and _LEAD_WORDS[0] <= shapes.words[block] <= _LEAD_WORDS[1]
        ):
            content[block] = True
            start = block
            for below in range(block + 1, first):
                if (
                    content[below]
                    or residue[below] is not None
                    or section[below] is not None
                    or not shapes.ends[below]
                    or shapes.words[below] < _LEAD_LINE_WORDS
                ):
                    break
                content[below] = True
    above = first - 1
    if (
        start < above
        and residue[above] is None
        and section[above] is None
        and _HEADING_WORDS[0] <= shapes.words[above] <= _HEADING_WORDS[1]
    ):
        content[above] = True
    return start


def _sure_labels(hits: Hits, count: int) -> list[str | None]:
    residue: list[str | None] = [None] * count
    for block, rules in hits.lines.items():
        for rule in rules:
            if rule.score >= _RULE_SURE and rule.position is None and rule.neighbour is None:
                residue[block] = rule.label
                break
    return residue


def _cleanness(prose: list[bool], residue: list[str | None], hits: Hits) -> float:
    """Evidence for each short line: in a scrape the rules know a good part of them, in a clean body next to none."""
    short = prose.count(False)
    known = len(residue) - residue.count(None) + len(hits.openers)
    return _CLEAN_TEXT * max(0.0, 1 - _SCRAPED * known / max(1, short))


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
