"""Labels as numbers, and what of a book's rules the kernel asks for when it names lines."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping

from cleaner.classify.rules import EXACTNESS
from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.load.rules import Rule

if COMPILED:
    from cleaner.kernel.rule_facts import RuleFacts

#: labels that the kernel speaks of, in the order of its numbers (`kernel/left_lines.pyx`)
_SPOKEN_OF = (
    "byline",
    "navigation",
    "headline",
    "timestamp",
    "photo_credit",
    "caption",
    "section",
    "share",
    "comments",
    "author_bio",
    "teaser_list",
    "promotion",
    "advert",
    "media",
)
#: beside labels, a rule may ask for these, which get the next numbers
_BESIDE = ("prose", "none")
#: labels are bits of a number
_MOST_NUMBERS = 62
_POSITIONS = {None: 0, "before": 1, "after": 2, "outside": 3, "inside": 4}


@functools.cache
def label_names() -> tuple[str, ...]:
    """All labels, by number."""
    return (*_SPOKEN_OF, *(name for name in labels() if name not in _SPOKEN_OF))


def facts_of(rules: tuple[Rule, ...]) -> RuleFacts | None:
    """What of a book's rules the kernel asks for when it names lines; None where it cannot number their labels."""
    names = label_names()
    numbers = {name: number for number, name in enumerate((*names, *_BESIDE))}
    if len(numbers) > _MOST_NUMBERS:
        return None
    beside: list[list[int]] = [[] for _ in numbers]
    rows = []
    for number, rule in enumerate(rules):
        wanted = rule.neighbour
        if rule.label not in names or (wanted is not None and not wanted.previous | wanted.next <= numbers.keys()):
            return None
        if wanted is not None and rule.kind == "neighbour":
            for label in wanted.previous or wanted.next:
                beside[numbers[label]].append(number)
        rows.append(
            (
                rule.label,
                f"rule:{rule.id}",
                rule.score,
                _POSITIONS[rule.position],
                EXACTNESS.get(rule.kind, len(EXACTNESS)),
                None if wanted is None else (_bits(wanted.previous, numbers), _bits(wanted.next, numbers)),
                rule.min_words,
                rule.max_words,
                rule.digits,
                rule.sentence,
            )
        )
    return RuleFacts(rules, names, rows, beside)


def _bits(names: Collection[str], numbers: Mapping[str, int]) -> int:
    return sum(1 << numbers[name] for name in names)
