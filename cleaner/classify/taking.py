"""The lines that rules take: by their words, as parts of a section, for the lines beside them."""

from __future__ import annotations

import functools
from itertools import chain

from cleaner.classify import tails
from cleaner.classify.label_facts import label_names
from cleaner.classify.line_rules import fits
from cleaner.classify.rules import Hits, RuleBook, strongest
from cleaner.classify.shape import SENTENCE_STOPS, Shapes
from cleaner.classify.structure import Structure, in_position
from cleaner.classify.verdicts import on_block
from cleaner.kernel import COMPILED
from cleaner.load.rules import Rule
from cleaner.values import Document, Verdict

if COMPILED:
    from cleaner.kernel.section_tails import Tails
    from cleaner.kernel.taken_lines import Taker

#: a paragraph of so many words before another, or of fewer if it quotes somebody, is no prompt
_LONG_WORDS, _QUOTING_WORDS = 60, 30
_QUOTES = '„“”«»"「'
#: words of a caption under its credit; fewer are a subheading
_CAPTION_WORDS = (10, 40)
#: passes over neighbour rules: a credit makes a caption, the caption makes the line before it a counter
_NEIGHBOUR_PASSES = 2


def take_lines(
    document: Document,
    book: RuleBook,
    hits: Hits,
    shapes: Shapes,
    structure: Structure,
    threshold: float,
    *,
    compiled: bool = COMPILED,
) -> dict[int, Verdict]:
    """The verdicts on lines that rules take, by block.

    Parameters: a rule takes a line if it is at least as sure as `threshold`; `compiled` says whether the kernel is asked.
    """
    facts = book.facts if compiled else None
    if facts is None:
        return _plain(document, book, hits, shapes, structure, threshold)
    return _taker().take(
        facts,
        document.blocks,
        document.texts,
        hits.lines,
        shapes.words,
        shapes.ends,
        structure.prose,
        structure.content,
        structure.section,
        structure.is_opener,
        structure.first,
        structure.last,
        threshold,
    )


@functools.cache
def _taker() -> Taker:
    numbers = {name: number for number, name in enumerate(label_names())}
    beneath = Tails(
        numbers,
        tails.OWN_LABEL_IN_TAIL,
        tails.OF_ITS_OWN,
        tails.CHROME,
        tails.BENEATH_TITLES,
        (tails.TITLE_WORDS, tails.ENTRY_WORDS, tails.FEW_LINES, tails.KNOWN_SHARE, tails.FIGURES_SHARE, tails.PAGE_DIGITS),
        tails.SURE_IN_TAIL,
        SENTENCE_STOPS,
    )
    return Taker(numbers, beneath, (_LONG_WORDS, _QUOTING_WORDS, _QUOTES), _CAPTION_WORDS, _NEIGHBOUR_PASSES, Verdict)


def _plain(document: Document, book: RuleBook, hits: Hits, shapes: Shapes, structure: Structure, threshold: float) -> dict[int, Verdict]:
    taken = _lines(document, shapes, hits, structure, threshold)
    tails.label_tails(document, shapes, structure, taken)
    _neighbours(document, book, hits, shapes, structure, taken, threshold)
    return taken


def _by_rule(document: Document, block: int, rule: Rule) -> Verdict:
    return on_block(document, block, rule.label, f"rule:{rule.id}", rule.score)


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
