"""What rules ask of a line, as the arrays of numbers that the kernel reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.classify.leads import cheapest
from cleaner.load.literals import WORD, Clause
from cleaner.load.rules import Rule

if TYPE_CHECKING:
    from cleaner.kernel.candidates import Candidates

Numbers: TypeAlias = npt.NDArray[np.int32]

#: as in the kernel: what a rule looks at, and what the two lowest bits of a trigger say
_LINE, _PLACES = 0, {"start": 1, "end": 2, "anywhere": 3}
_WORD_END, _WORD_START, _EDGES = 1, 2, 3
_EITHER = {None: -1, False: 0, True: 1}


class _Sorted(NamedTuple):
    """Texts in the order of their bytes, and what they point to."""

    encoded: list[bytes]
    #: in code points
    lengths: Numbers
    #: their places here, in the order in which they were added
    ranks: Numbers
    #: where the numbers of each begin, and past the last one's end; and the numbers
    starts: Numbers
    numbers: Numbers


class _Texts:
    """Texts, as they are added, and the numbers that each points to. Numbers only: lists for each would take as long as all the rest."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._owners = array("i")
        self._numbers = array("i")

    def place(self, text: str) -> int:
        """How many other texts were added before it."""
        return self._places.setdefault(text, len(self._places))

    def add(self, texts: Sequence[str], numbers: Sequence[int]) -> None:
        """Lets each of these texts point to one of the numbers, too."""
        places = self._places
        self._owners.extend([places.setdefault(text, len(places)) for text in texts])
        self._numbers.extend(numbers)

    def sorted(self, step: int = 1) -> _Sorted:
        """The texts, sorted; with a step of -1 their bytes are read backwards."""
        encoded = [text.encode("utf-8", "surrogatepass")[::step] for text in self._places]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        owners, numbers = ranks[np.asarray(self._owners)], np.asarray(self._numbers)
        # The twin looks first at what does not ask for a word's edge.
        by_owner = np.lexsort((numbers, numbers & _EDGES, owners))
        starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=len(order)))))
        lengths = np.array([len(text) for text in self._places])[order]
        return _Sorted([encoded[place] for place in order], _filled(lengths), ranks, _filled(starts), _filled(numbers[by_owner]))


class _Packing:
    """Clauses, as they are added to the arrays."""

    def __init__(self) -> None:
        self.clauses = array("i")
        #: numbers of the sets that they need
        self.needed = array("i")
        self.literals, self.starts, self.endings = _Texts(), _Texts(), _Texts()
        #: where the members of sets begin, and past the last one's end; their places among the literals, or -1 - those among the endings
        self.sets, self.members = array("i", [0]), array("i")
        self._literal_sets: dict[tuple[str, ...], int] = {}
        self._ending_sets: dict[tuple[str, ...], int] = {}
        self._count = 0

    def add(self, number: int, rule: Rule, clause: Clause) -> None:
        """Adds a clause of the rule with this number."""
        is_span, groups, own = rule.kind == "span", cheapest(*clause.also), self._count
        self._count += 1
        if clause.starts and not is_span:
            groups = (*cheapest(tuple(clause.trigger)), *groups)
            self.starts.add(clause.starts, [own] * len(clause.starts))
        else:
            trigger, shifted = list(clause.trigger), own * (_EDGES + 1)
            edges = [(_WORD_START if literal[0] == WORD else 0) + (_WORD_END if literal[-1] == WORD else 0) for literal in trigger]
            self.literals.add([literal.strip(WORD) for literal in trigger], [shifted + bits for bits in edges])
        first = len(self.needed)
        self.needed.extend(map(self._literal_set, groups))
        endings = self._ending_set(clause.ends) if is_span and clause.ends else -1
        place = _PLACES[rule.at] if is_span else _LINE
        conditions = (rule.min_words, rule.max_words, _EITHER[rule.digits], _EITHER[rule.sentence], rule.reach)
        self.clauses.extend((number, place, *conditions, endings, first, len(self.needed)))

    def _literal_set(self, literals: tuple[str, ...]) -> int:
        number = self._literal_sets.get(literals)
        if number is None:
            number = self._literal_sets[literals] = self._added(map(self.literals.place, literals))
        return number

    def _ending_set(self, endings: tuple[str, ...]) -> int:
        number = self._ending_sets.get(endings)
        if number is None:
            number = self._ending_sets[endings] = self._added(-1 - self.endings.place(ending) for ending in endings)
        return number

    def _added(self, members: Iterable[int]) -> int:
        self.members.extend(members)
        self.sets.append(len(self.members))
        return len(self.sets) - 2


def packed(rules: Sequence[Rule]) -> Candidates:
    """The literals and beginnings that rules ask for, made ready for the kernel."""
    from cleaner.kernel.candidates import Candidates
    from cleaner.kernel.tries import Trie

    packing = _Packing()
    for number, rule in enumerate(rules):
        for clause in rule.clauses:
            packing.add(number, rule, clause)
    # A line's end is read backwards.
    literals, starts, endings = packing.literals.sorted(), packing.starts.sorted(), packing.endings.sorted(-1)
    members = np.asarray(packing.members)
    is_literal = members >= 0
    ranks = np.empty_like(members)
    ranks[is_literal], ranks[~is_literal] = literals.ranks[members[is_literal]], endings.ranks[-1 - members[~is_literal]]
    return Candidates(
        Trie(literals.encoded),
        Trie(starts.encoded),
        Trie(endings.encoded),
        len(rules),
        _filled(np.asarray(packing.clauses)),
        _filled(np.asarray(packing.needed)),
        _filled(np.asarray(packing.sets)),
        _filled(ranks),
        literals.starts,
        literals.numbers,
        starts.starts,
        starts.numbers,
        literals.lengths,
    )


def _filled(numbers: npt.NDArray[np.integer]) -> Numbers:
    """An array of which a pointer can be taken: one of nothing gets a number that nothing reads."""
    return np.ascontiguousarray(numbers, dtype=np.int32) if len(numbers) else np.zeros(1, dtype=np.int32)
