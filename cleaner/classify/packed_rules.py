"""What rules ask of a line, as the arrays of numbers that the kernel reads."""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cleaner.classify.leads import cheapest
from cleaner.load.literals import WORD, Clause
from cleaner.load.rules import Rule

if TYPE_CHECKING:
    from cleaner.kernel.candidates import Candidates

#: as in the kernel: what a rule looks at, and what the two lowest bits of a trigger say
_LINE, _PLACES = 0, {"start": 1, "end": 2, "anywhere": 3}
_WORD_END, _WORD_START, _EDGES = 1, 2, 3
_EITHER = {None: -1, False: 0, True: 1}


class _Packing:
    """Clauses, as they are put into the arrays."""

    def __init__(self) -> None:
        self.clauses = array("i")
        #: numbers of the sets that they need
        self.needed = array("i")
        #: literal, or beginning of a line -> what it points to
        self.triggers: defaultdict[str, list[int]] = defaultdict(list)
        self.started: defaultdict[str, list[int]] = defaultdict(list)
        self.literal_sets: dict[tuple[str, ...], int] = {}
        self.ending_sets: dict[tuple[str, ...], int] = {}
        self._count = itertools.count()

    @property
    def sets_count(self) -> int:
        """Of literals and of endings together; no two have one number."""
        return len(self.literal_sets) + len(self.ending_sets)

    def add(self, number: int, rule: Rule, clause: Clause) -> None:
        """Adds a clause of the rule with this number."""
        is_span, sets, own = rule.kind == "span", cheapest(*clause.also), next(self._count)
        if clause.starts and not is_span:
            sets = (*cheapest(tuple(clause.trigger)), *sets)
            for start in clause.starts:
                self.started[start].append(own)
        else:
            for literal in clause.trigger:
                edges = _WORD_START * literal.startswith(WORD) + _WORD_END * literal.endswith(WORD)
                self.triggers[literal.strip(WORD)].append(own * (_EDGES + 1) + edges)
        first = len(self.needed)
        for literals in sets:
            self.needed.append(self.literal_sets.setdefault(literals, self.sets_count))
        endings = self.ending_sets.setdefault(clause.ends, self.sets_count) if is_span and clause.ends else -1
        place = _PLACES[rule.at] if is_span else _LINE
        words = (rule.min_words, rule.max_words)
        self.clauses.extend(
            (number, place, *words, _EITHER[rule.digits], _EITHER[rule.sentence], rule.reach, endings, first, len(self.needed))
        )


def packed(rules: Sequence[Rule]) -> Candidates:
    """The literals and beginnings that rules ask for, made ready for the kernel."""
    from cleaner.kernel.candidates import Candidates
    from cleaner.kernel.tries import Trie

    packing = _Packing()
    for number, rule in enumerate(rules):
        for clause in rule.clauses:
            packing.add(number, rule, clause)
    literals = _encoded({*packing.triggers, *itertools.chain.from_iterable(packing.literal_sets)})
    starts = _encoded(packing.started)
    # A line's end is read backwards.
    endings = sorted((letters[::-1], text) for letters, text in _encoded(set(itertools.chain.from_iterable(packing.ending_sets))))
    sets: dict[int, list[int]] = {}
    for found, texts in ((packing.literal_sets, literals), (packing.ending_sets, endings)):
        numbers = {text: number for number, (_, text) in enumerate(texts)}
        sets |= {number: [numbers[text] for text in members] for members, number in found.items()}
    triggers = (sorted(packing.triggers.get(text, ()), key=_by_edges) for _, text in literals)
    of_literals, of_starts, of_endings = (Trie([letters for letters, _ in texts]) for texts in (literals, starts, endings))
    return Candidates(
        of_literals,
        of_starts,
        of_endings,
        len(rules),
        _filled(packing.clauses),
        _filled(packing.needed),
        *_joined(sets[number] for number in range(len(sets))),
        *_joined(triggers),
        *_joined(packing.started[text] for _, text in starts),
        _filled(array("i", [len(text) for _, text in literals])),
    )


def _by_edges(trigger: int) -> tuple[int, int]:
    """The order in which the twin looks at what a literal points to."""
    return (trigger & _EDGES, trigger)


def _encoded(texts: Iterable[str]) -> list[tuple[bytes, str]]:
    """Texts in the order of their letters in UTF-8, which is that of their code points."""
    return [(text.encode("utf-8", "surrogatepass"), text) for text in sorted(texts)]


def _joined(lists: Iterable[Sequence[int]]) -> tuple[array[int], array[int]]:
    """Where each list begins, and past the last one ends, in an array of all of them; and that array."""
    starts, members = array("i", [0]), array("i")
    for numbers in lists:
        members.extend(numbers)
        starts.append(len(members))
    return starts, _filled(members)


def _filled(numbers: array[int]) -> array[int]:
    """An array of which a pointer can be taken: one of nothing gets a number that nothing reads."""
    return numbers or array("i", [0])
