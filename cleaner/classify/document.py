"""All classifiers on one document, in the order in which they need each other."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from cleaner.classify.body import with_body
from cleaner.classify.company import keep_company
from cleaner.classify.duplicates import find_pull_quotes, find_repeats
from cleaner.classify.guess import guess_labels
from cleaner.classify.headlines import find_headlines
from cleaner.classify.line_rules import HINT, fits
from cleaner.classify.rules import Hits, RuleBook, strongest
from cleaner.classify.shape import Shapes, measure
from cleaner.classify.standfirst import find_standfirst
from cleaner.classify.structure import Structure, in_position, run_end, segment
from cleaner.classify.tails import label_tails
from cleaner.load.rules import Rule
from cleaner.values import Bias, Document, Verdict

#: what stands among the titles of a teaser list
_PART_OF_TEASER = frozenset({"timestamp", "section", "byline", "photo_credit", "headline"})
#: a paragraph of so many words before another, or of fewer if it quotes somebody, is no prompt
_LONG_WORDS, _QUOTING_WORDS = 60, 30
_QUOTES = '„“”«»"「'
#: words of a caption under its credit; fewer are a subheading
_CAPTION_WORDS = (10, 40)
#: so much of a run of removed blocks, on either side, says how sure it is of one of them
_SURE_REACH = 8
#: means of evidence of which the probability is remembered: short lines give but a few
_MOST_REMEMBERED = 4_096
#: passes over neighbour rules: a credit makes a caption, the caption makes the line before it a counter
_NEIGHBOUR_PASSES = 2
#: a rule takes a line if it is at least this sure
RULE_THRESHOLD: dict[Bias, float] = {"precision": 0.35, "balanced": 0.5, "recall": 0.9}


class Judgement(msgspec.Struct, frozen=True):
    """What rules, structure and repetition say of a document, and what they saw on the way."""

    shapes: Shapes
    hits: Hits
    structure: Structure
    #: block -> why it should go
    taken: dict[int, Verdict]
    #: on whole blocks and on parts of blocks, in no order that matters; a block without one is content
    verdicts: tuple[Verdict, ...]
    #: the reasons of the user's own rules: what these call a line, it is called
    users: frozenset[str]


def classify(
    document: Document,
    lowered: str,
    book: RuleBook,
    *,
    bias: Bias = "balanced",
    title: str | None = None,
    threshold: float | None = None,
    body: Sequence[bool] | None = None,
) -> Judgement:
    """What rules, structure and repetition say of a document.

    Parameters: `lowered` is the document's source in lower case, of the same length; `book` holds the rules for its language;
    `title` is the page's title, where it is known; `threshold` is how sure a rule must be to be heard, where it is not the
    bias's own; `body` says which blocks are content where that is known better than from the text.
    """
    heard = RULE_THRESHOLD[bias] if threshold is None else threshold
    shapes = measure(document)
    hits = book.find(document, lowered, shapes)
    if heard < HINT:
        hits = msgspec.structs.replace(
            hits, lines={block: hits.lines.get(block, ()) + hits.hints.get(block, ()) for block in hits.lines | hits.hints}
        )
    structure = segment(document, shapes, hits, bias)
    if body is not None:
        structure = with_body(structure, body)
    taken = _lines(document, shapes, hits, structure, heard)
    label_tails(document, shapes, structure, taken)
    _neighbours(document, book, hits, shapes, structure, taken, heard)
    standfirst = find_standfirst(document, hits, shapes, structure, taken) if body is None else []
    for block in standfirst:
        structure.content[block] = True
    for block in find_headlines(document, hits, shapes, structure, taken, title):
        taken[block] = _whole(document, block, "headline", "structure", 0.9)
    left = [block for block, stays in enumerate(structure.content) if not stays and block not in taken]
    sureness = _sureness(structure, left)
    for block, label in guess_labels(document, hits, shapes, structure, taken, left):
        taken[block] = _whole(document, block, label, "structure", sureness[block])
    _join_teasers(structure, taken, book.users)
    keep_company(structure, shapes, taken, book.users)
    kept = [block for block in range(len(document.blocks)) if block not in taken]
    for block in find_repeats(document, shapes, kept):
        taken[block] = _whole(document, block, "duplicate", "duplicate", 0.98)
    kept = [block for block in kept if block not in taken]
    for block in find_pull_quotes(document, shapes, kept):
        taken[block] = _whole(document, block, "duplicate", "duplicate", 0.9)
    parts = (
        Verdict(hit.start, hit.end, hit.rule.label, f"rule:{hit.rule.id}", hit.rule.score) for hit in hits.spans if hit.rule.score >= heard
    )
    verdicts = (*taken.values(), *parts, *_content(document, shapes, structure, taken, standfirst))
    return Judgement(shapes, hits, structure, taken, verdicts, book.users)


def _join_teasers(structure: Structure, taken: dict[int, Verdict], users: frozenset[str]) -> None:
    """Dates, kickers and names between the titles of a teaser list are part of it."""
    for block in range(structure.last, len(structure.content)):
        verdict = taken.get(block)
        if verdict is None or verdict.label not in _PART_OF_TEASER or verdict.reason in users:
            continue
        above = next(
            (taken[other].label for other in (block - 1, block - 2) if other in taken and taken[other].label not in _PART_OF_TEASER), ""
        )
        below = next(
            (taken[other].label for other in (block + 1, block + 2) if other in taken and taken[other].label not in _PART_OF_TEASER), ""
        )
        if above == below == "teaser_list":
            taken[block] = msgspec.structs.replace(verdict, label="teaser_list")


def _whole(document: Document, block: int, label: str, reason: str, score: float) -> Verdict:
    where = document.blocks[block]
    return Verdict(where.start, where.end, label, reason, score)


def _by_rule(document: Document, block: int, rule: Rule) -> Verdict:
    return _whole(document, block, rule.label, f"rule:{rule.id}", rule.score)


def _lines(document: Document, shapes: Shapes, hits: Hits, structure: Structure, threshold: float) -> dict[int, Verdict]:
    taken: dict[int, Verdict] = {}
    for block, rules in hits.lines.items():
        fitting = [
            rule
            for rule in rules
            if rule.score >= threshold and rule.neighbour is None and (rule.position is None or in_position(rule, block, structure))
        ]
        if fitting and document.blocks[block].role != "code" and not _is_about_it(document, shapes, structure, block):
            taken[block] = _by_rule(document, block, strongest(fitting))
    return taken


def _is_about_it(document: Document, shapes: Shapes, structure: Structure, block: int) -> bool:
    """Whether a line that a rule takes is rather a paragraph about cookies, or newsletters: long, or quoting, inside the body."""
    words = shapes.words[block]
    if words < _QUOTING_WORDS or not structure.first < block < structure.last - 1 or not any(structure.prose[block + 1 : block + 3]):
        return False
    return words >= _LONG_WORDS or any(quote in document.texts[block] for quote in _QUOTES)


def _neighbours(
    document: Document, book: RuleBook, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], threshold: float
) -> None:
    """Takes lines that the lines beside them give away."""
    count = len(document.blocks)
    worded: dict[int, list[Rule]] = {}
    for block, rules in hits.lines.items():
        for rule in rules:
            if rule.neighbour is not None:
                worded.setdefault(block, []).append(rule)
    waiting = {*worded, *[known - 1 for known in taken], *[known + 1 for known in taken]}
    for _ in range(_NEIGHBOUR_PASSES):
        fresh: set[int] = set()
        for block in sorted(waiting - taken.keys()):
            if not 0 <= block < count or block in taken or document.blocks[block].role == "code":
                continue
            previous = _as_neighbour(block - 1, count, structure, taken)
            following = _as_neighbour(block + 1, count, structure, taken)
            for rule in chain(worded.get(block, ()), book.neighbour_rules(previous, following)):
                if (
                    rule.score >= threshold
                    and _beside(rule, previous, following)
                    and fits(rule, document.texts[block], shapes.words[block], shapes.ends[block])
                    and in_position(rule, block, structure)
                    and not (rule.label == "caption" and _is_over_next_caption(shapes, structure, taken, block))
                ):
                    taken[block] = _by_rule(document, block, rule)
                    fresh |= {block - 1, block + 1}
                    break
        if not fresh:
            break
        waiting = fresh


def _beside(rule: Rule, previous: str, following: str) -> bool:
    wanted = rule.neighbour
    return wanted is not None and (not wanted.previous or previous in wanted.previous) and (not wanted.next or following in wanted.next)


def _is_over_next_caption(shapes: Shapes, structure: Structure, taken: dict[int, Verdict], block: int) -> bool:
    """Whether the credit under a block inside the body stands over its own caption, a line without a full stop."""
    caption = block + 2
    return (
        structure.first <= block < len(shapes.ends) - 2
        and block + 1 in taken
        and taken[block + 1].label == "photo_credit"
        and not shapes.ends[caption]
        and _CAPTION_WORDS[0] <= shapes.words[caption] <= _CAPTION_WORDS[1]
        and (caption not in taken or taken[caption].label == "caption")
    )


def _as_neighbour(block: int, count: int, structure: Structure, taken: dict[int, Verdict]) -> str:
    if not 0 <= block < count:
        return "none"
    verdict = taken.get(block)
    if verdict is not None:
        return verdict.label
    return "prose" if structure.prose[block] else ""


def _sureness(structure: Structure, blocks: Sequence[int]) -> dict[int, float]:
    """How sure the sequence is of each of these removed blocks (ascending): the mean evidence of its run, as a probability."""
    sureness: dict[int, float] = {}
    content, evidence = structure.content, structure.evidence
    start = stop = 0
    for block in blocks:
        if block >= stop:
            start, stop = block, run_end(content, block)
            while start > 0 and not content[start - 1]:
                start -= 1
        run = evidence[max(start, block - _SURE_REACH) : min(stop, block + _SURE_REACH + 1)]
        sureness[block] = _probability(sum(run) / len(run))
    return sureness


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _probability(evidence: float) -> float:
    return round(1 / (1 + math.exp(max(-6.0, min(6.0, evidence - 0.5)))), 4)


def _content(
    document: Document, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], standfirst: Sequence[int]
) -> Iterable[Verdict]:
    """Names the content that is not plain body: headings inside it, and the standfirst."""
    last = len(document.blocks) - 1
    for block in range(len(document.blocks)):
        if block in taken or document.glued:
            continue
        if block in standfirst or (block < structure.first_body and structure.content[block] and shapes.ends[block]):
            yield _whole(document, block, "lead", "structure", 0.7)
            continue
        if shapes.words[block] > 20:
            continue
        role = document.blocks[block].role
        if role.startswith("heading") or (
            role == "paragraph" and not shapes.ends[block] and block < last and block + 1 not in taken and structure.prose[block + 1]
        ):
            yield _whole(document, block, "subheading", "structure", 0.8)
