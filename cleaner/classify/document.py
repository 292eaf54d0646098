"""All classifiers on one document, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cleaner.classify.body import with_body
from cleaner.classify.duplicates import find_pull_quotes, find_repeats
from cleaner.classify.headlines import find_headlines
from cleaner.classify.kept import name_kept
from cleaner.classify.left import name_left
from cleaner.classify.line_rules import HINT
from cleaner.classify.rules import Hits, RuleBook
from cleaner.classify.shape import Shapes, measure
from cleaner.classify.standfirst import find_standfirst
from cleaner.classify.structure import Structure, segment
from cleaner.classify.taking import take_lines
from cleaner.classify.verdicts import on_block
from cleaner.values import Bias, Document, Verdict

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
    taken = take_lines(document, book, hits, shapes, structure, heard)
    standfirst = find_standfirst(document, hits, shapes, structure, taken) if body is None else []
    for block in standfirst:
        structure.content[block] = True
    for block in find_headlines(document, hits, shapes, structure, taken, title):
        taken[block] = on_block(document, block, "headline", "structure", 0.9)
    name_left(document, book, hits, shapes, structure, taken)
    kept = [block for block in range(len(document.blocks)) if block not in taken]
    for block in find_repeats(document, shapes, kept):
        taken[block] = on_block(document, block, "duplicate", "duplicate", 0.98)
    kept = [block for block in kept if block not in taken]
    for block in find_pull_quotes(document, shapes, kept):
        taken[block] = on_block(document, block, "duplicate", "duplicate", 0.9)
    parts = (
        Verdict(hit.start, hit.end, hit.rule.label, f"rule:{hit.rule.id}", hit.rule.score) for hit in hits.spans if hit.rule.score >= heard
    )
    verdicts = (*taken.values(), *parts, *name_kept(document, shapes, structure, taken, standfirst))
    return Judgement(shapes, hits, structure, taken, verdicts, book.users)
