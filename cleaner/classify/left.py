"""Names for lines that the structure removed and no rule took, and then for each removed line by the lines around it."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Sequence

import msgspec

from cleaner.classify import company, guess
from cleaner.classify.headlines import PATH_END
from cleaner.classify.label_facts import label_names
from cleaner.classify.rules import Hits, RuleBook
from cleaner.classify.shape import SENTENCE_STOPS, Shapes, is_name
from cleaner.classify.structure import Structure, run_end
from cleaner.classify.verdicts import on_block
from cleaner.kernel import COMPILED
from cleaner.values import Document, Verdict

if COMPILED:
    from cleaner.kernel.boxes import Boxes
    from cleaner.kernel.left_lines import Namer

#: what stands among the titles of a teaser list
_PART_OF_TEASER = frozenset({"timestamp", "section", "byline", "photo_credit", "headline"})
#: so much of a run of removed blocks, on either side, says how sure it is of one of them
_SURE_REACH = 8
#: means of evidence of which the probability is remembered: short lines give but a few
_MOST_REMEMBERED = 4_096


def name_left(
    document: Document,
    book: RuleBook,
    hits: Hits,
    shapes: Shapes,
    structure: Structure,
    taken: dict[int, Verdict],
    *,
    compiled: bool = COMPILED,
) -> None:
    """Names, in `taken`, what the structure removed and no rule took, and renames removed lines for what they stand among.

    Parameters: `compiled` says whether the kernel is asked.
    """
    facts = book.facts if compiled else None
    if facts is None:
        _plain(document, book, hits, shapes, structure, taken)
        return
    _namer().name(
        facts,
        document.blocks,
        document.texts,
        taken,
        hits.hints,
        shapes.words,
        structure.content,
        structure.evidence,
        structure.first,
        structure.first_body,
        structure.last,
        book.users,
    )


@functools.cache
def _namer() -> Namer:
    votes = (company.REACH, company.MAJORITY, company.PASSES)
    boxes = Boxes(label_names(), company.BOX, company.YIELDS, company.CLOSED, _PART_OF_TEASER, votes)
    return Namer(
        label_names(),
        guess.SIZES,
        guess.MENU_SHARE,
        is_name,
        SENTENCE_STOPS,
        PATH_END,
        boxes,
        _SURE_REACH,
        round,
        Verdict,
    )


def _plain(document: Document, book: RuleBook, hits: Hits, shapes: Shapes, structure: Structure, taken: dict[int, Verdict]) -> None:
    left = [block for block, stays in enumerate(structure.content) if not stays and block not in taken]
    sureness = _sureness(structure, left)
    for block, label in guess.guess_labels(document, hits, shapes, structure, taken, left):
        taken[block] = on_block(document, block, label, "structure", sureness[block])
    _join_teasers(structure, taken, book.users)
    company.keep_company(structure, shapes, taken, book.users)


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
        sureness[block] = _probability(functools.reduce(operator.add, run, 0.0) / len(run))
    return sureness


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _probability(evidence: float) -> float:
    return round(1 / (1 + math.exp(max(-6.0, min(6.0, evidence - 0.5)))), 4)
