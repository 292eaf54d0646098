"""Rules that ask for no literal: dates, times, counters. They are tried on all short lines with a digit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from cleaner.load.patterns import PatternSet, pattern_set, widened
from cleaner.load.required_lists import required_lists
from cleaner.load.rules import Rule
from cleaner.load.terms import expand

#: a list of terms.toml that so many rules cannot do without is looked for first
_SHARED = 3


class DigitRules:
    """Rules without a literal, made ready when one is asked for. Safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._patterns: _Patterns | None = None
        required = [required_lists(rule.pattern or "") for rule in self._rules]
        counts = Counter(chain.from_iterable(frozenset[str]().union(*lists) for lists in required))
        #: lists that are looked for first
        self.lists = tuple(name for name, count in counts.items() if count >= _SHARED)
        #: of each rule: sets of these lists, by their bits, of each of which a line must have one
        self.asked = [
            [sum(1 << self.lists.index(name) for name in names) for names in lists if names <= frozenset(self.lists)] for lists in required
        ]

    def places(self, encoded: bytes) -> list[int]:
        """The places among these rules, ascending, of those whose patterns are in a line, given in UTF-8."""
        patterns = self._patterns
        if patterns is None:
            patterns = self._patterns = _Patterns(self._rules, self.lists, self.asked)
        return patterns.places(encoded)


def list_probe(name: str) -> PatternSet:
    """The terms of a list, to ask whether one is in a text."""
    return pattern_set((expand(f"{{{name}}}"),))


class _Patterns:
    """The rules' patterns, compiled.

    All at once, patterns with dates and names in them have more states than lines are ever met, and RE2 makes new ones for each line: that
    took twenty times as long as walking them. So these are tried one by one, and only where there is a date, or a name.
    """

    def __init__(self, rules: Sequence[Rule], lists: Sequence[str], asked: Sequence[list[int]]) -> None:
        patterns = [expand(rule.pattern or "") for rule in rules]
        #: lists that are looked for first
        self._lists = [list_probe(name) for name in lists]
        #: places of rules, sets of lists of each of which one must be there, and what must be found then, what is found sooner first
        self._alone = [
            (place, sets, [pattern_set((one,)) for one in dict.fromkeys((widened(pattern), pattern))])
            for place, (pattern, sets) in enumerate(zip(patterns, asked, strict=True))
            if sets
        ]
        #: the bits of lists that are there -> those of the rules that are left
        self._left: dict[int, list[tuple[int, list[PatternSet]]]] = {}
        together = [place for place, sets in enumerate(asked) if not sets]
        # The rules of all languages in a set of their own: it, and what it remembers of lines, serves every language.
        everywhere = [place for place in together if "*" in rules[place].languages]
        others = [place for place in together if "*" not in rules[place].languages]
        self._together = [(places, pattern_set(tuple(patterns[place] for place in places))) for places in (everywhere, others) if places]

    def places(self, encoded: bytes) -> list[int]:
        """The places, ascending, of the patterns that are in a line."""
        found: list[int] = []
        for places, patterns in self._together:
            numbers = patterns.found(encoded)
            if numbers:
                found += [places[number] for number in numbers]
        there = sum(1 << number for number, pattern in enumerate(self._lists) if pattern.found(encoded))
        left = self._left.get(there)
        if left is None:
            left = self._left[there] = [(place, probes) for place, sets, probes in self._alone if all(there & bits for bits in sets)]
        for place, probes in left:
            for probe in probes:
                if not probe.found(encoded):
                    break
            else:
                found.append(place)
        return sorted(found) if len(found) > 1 else found
