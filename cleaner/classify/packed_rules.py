"""What rules ask of a line, as the arrays of numbers that the kernel reads."""

from __future__ import annotations

import functools
import operator
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.classify.leads import cheapest
from cleaner.load.frequency import WORD
from cleaner.load.letters import letter_figures
from cleaner.load.literals import Clause
from cleaner.load.rules import Rule

if TYPE_CHECKING:
    from cleaner.kernel.candidates import Candidates

Numbers: TypeAlias = npt.NDArray[np.int32]

#: as in the kernel: what a rule looks at, and what the two lowest bits of a trigger say
_LINE, _PLACES = 0, {"start": 1, "end": 2, "anywhere": 3}
_WORD_END, _WORD_START, _EDGES = 1, 2, 3
#: a clause has so many numbers: among them what its rule looks at, its most words, its reach
_FIELDS, _KIND, _MOST_WORDS, _REACH = 10, 1, 3, 6
#: more than any line has
_UNLIMITED = (1 << 29) - 1
_EITHER = {None: -1, False: 0, True: 1}


class _Sorted(NamedTuple):
    """Texts in the order of their bytes, and what they point to."""

    texts: list[str]
    encoded: list[bytes]
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

    def copy(self) -> _Texts:
        """The same texts, to which others may be added."""
        same = _Texts()
        same._places, same._owners, same._numbers = self._places.copy(), self._owners[:], self._numbers[:]
        return same

    def place(self, text: str) -> int:
        """How many other texts were added before it."""
        return self._places.setdefault(text, len(self._places))

    def add(self, texts: Sequence[str], numbers: Sequence[int]) -> None:
        """Lets each of these texts point to one of the numbers, too."""
        places = self._places
        self._owners.extend([places.setdefault(text, len(places)) for text in texts])
        self._numbers.extend(numbers)

    def sorted(self, renumbered: Callable[[Numbers], Numbers] | None = None, step: int = 1) -> _Sorted:
        """The texts, sorted, with the numbers that they point to; with a step of -1 their bytes are read backwards."""
        encoded = [text.encode("utf-8", "surrogatepass")[::step] for text in self._places]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        owners, numbers = ranks[np.asarray(self._owners)], np.asarray(self._numbers)
        numbers = renumbered(numbers) if renumbered else numbers
        # The twin looks first at what does not ask for a word's edge.
        by_owner = np.lexsort((numbers, numbers & _EDGES, owners))
        starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=len(order)))))
        texts = list(self._places)
        return _Sorted(
            [texts[place] for place in order], [encoded[place] for place in order], ranks, _filled(starts), _filled(numbers[by_owner])
        )


class _Packing:
    """Clauses, as they are added to the arrays; each has the place of its rule among the rules added."""

    def __init__(self) -> None:
        self.clauses = array("i")
        #: numbers of the sets that they need
        self.needed = array("i")
        self.literals, self.starts, self.endings = _Texts(), _Texts(), _Texts()
        #: the literals that sets have, with their numbers
        self.texts: dict[str, int] = {}
        #: where the members of sets begin, and past the last one's end; their numbers, or -1 - their places among the endings
        self.sets, self.members = array("i", [0]), array("i")
        self._literal_sets: dict[tuple[str, ...], int] = {}
        self._ending_sets: dict[tuple[str, ...], int] = {}
        self._count = self._rules = 0

    def copy(self) -> _Packing:
        """The same clauses, to which others may be added."""
        same = _Packing()
        for name, value in vars(self).items():
            same.__dict__[name] = value if isinstance(value, int) else value[:] if isinstance(value, array) else value.copy()
        return same

    def add_rules(self, rules: Iterable[Rule]) -> None:
        """Adds all clauses of some rules."""
        for rule in rules:
            for clause in rule.clauses:
                self._add(rule, clause)
            self._rules += 1

    def _add(self, rule: Rule, clause: Clause) -> None:
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
        self.clauses.extend((self._rules, place, *conditions, endings, first, len(self.needed)))

    def _literal_set(self, literals: tuple[str, ...]) -> int:
        number = self._literal_sets.get(literals)
        if number is None:
            number = self._literal_sets[literals] = self._added(self.texts.setdefault(literal, len(self.texts)) for literal in literals)
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


class _Rules(tuple[Rule, ...]):
    """Rules that are told apart by which objects they are: what is in them takes long to compare."""

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and len(self) == len(other) and all(map(operator.is_, self, other))


@functools.lru_cache(maxsize=2)
def _shared_packing(rules: _Rules) -> _Packing:
    """The clauses of the package's rules for all languages, which take longest, and are the same in each of them."""
    packing = _Packing()
    packing.add_rules(rules)
    return packing


def packed(rules: Sequence[Rule]) -> Candidates:
    """The literals and beginnings that rules ask for, made ready for the kernel."""
    from cleaner.kernel.anchors import Anchors
    from cleaner.kernel.candidates import Candidates
    from cleaner.kernel.tries import Trie

    everywhere = [number for number, rule in enumerate(rules) if rule.trusted and "*" in rule.languages]
    others = [number for number, rule in enumerate(rules) if not (rule.trusted and "*" in rule.languages)]
    packing = _shared_packing(_Rules(rules[number] for number in everywhere)).copy()
    packing.add_rules(rules[number] for number in others)
    # Clauses stand in the order of their rules.
    clauses, texts = np.asarray(packing.clauses).reshape(-1, _FIELDS), list(packing.texts)
    clauses = np.column_stack((np.asarray(everywhere + others, dtype=np.int32)[clauses[:, 0]], clauses[:, 1:]))
    order = np.argsort(clauses[:, 0], kind="stable")
    ranks = np.empty(len(order), dtype=np.int32)
    clauses, ranks[order] = clauses[order], np.arange(len(order), dtype=np.int32)
    literals = packing.literals.sorted(lambda numbers: ranks[numbers >> 2] << 2 | numbers & _EDGES)
    # A line's end is read backwards.
    starts, endings = packing.starts.sorted(lambda numbers: ranks[numbers]), packing.endings.sorted(step=-1)
    limits = _limits(clauses, literals.numbers) if literals.texts else np.zeros(1, dtype=np.int32)
    return Candidates(
        Anchors(literals.texts, _uses(literals, limits), letter_figures()),
        Trie(starts.encoded),
        Trie(endings.encoded),
        texts,
        len(rules),
        _filled(clauses.ravel()),
        _filled(np.asarray(packing.needed)),
        _filled(np.asarray(packing.sets)),
        _filled(_members(np.asarray(packing.members), endings.ranks, texts).ravel()),
        literals.starts,
        _filled(np.column_stack((literals.numbers, limits)).ravel()),
        starts.starts,
        starts.numbers,
    )


def _limits(clauses: npt.NDArray[np.integer], numbers: Numbers) -> Numbers:
    """For each trigger what its clause looks at, and four times its most words, or its reach."""
    kinds = clauses[:, _KIND]
    limits = np.minimum(np.where(kinds == _LINE, clauses[:, _MOST_WORDS], clauses[:, _REACH]), _UNLIMITED)
    found: Numbers = (kinds + (limits << 2)).astype(np.int32)[numbers >> 2]
    return found


def _uses(literals: _Sorted, limits: Numbers) -> Numbers:
    """For each literal the edges that all its triggers ask for, and where it is of use to one of them at least."""
    if not literals.texts:
        return np.zeros((1, 4), dtype=np.int32)
    firsts, kinds, limits = literals.starts[:-1], limits & 3, limits >> 2
    anywhere = np.where(kinds == _PLACES["anywhere"], _UNLIMITED, -1)
    at_start, most_words = np.where(kinds == _PLACES["start"], limits, anywhere), np.where(kinds == _LINE, limits, -1)
    at_end = np.where(kinds == _PLACES["end"], limits, -1)
    most = [np.maximum.reduceat(of_triggers, firsts) for of_triggers in (most_words, at_start, at_end)]
    return np.column_stack((np.bitwise_and.reduceat(literals.numbers & _EDGES, firsts), *most)).astype(np.int32)


def _members(members: npt.NDArray[np.integer], ranks: Numbers, texts: list[str]) -> Numbers:
    """The members of sets, each with the bit that a text has which holds it."""
    from cleaner.kernel.anchors import groups_of

    groups = np.zeros(len(texts) + 1, dtype=np.int32)
    groups_of(texts, groups, letter_figures())
    is_text = members >= 0
    found = np.zeros((len(members), 2), dtype=np.int32)
    found[is_text, 0], found[is_text, 1] = members[is_text], groups[members[is_text]]
    found[~is_text, 0] = ranks[-1 - members[~is_text]]
    return found


def _filled(numbers: npt.NDArray[np.integer]) -> Numbers:
    """An array of which a pointer can be taken: one of nothing gets a number that nothing reads."""
    return np.ascontiguousarray(numbers, dtype=np.int32) if len(numbers) else np.zeros(1, dtype=np.int32)
