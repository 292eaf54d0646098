"""Rules on whole lines: exact lines by a look-up, patterns only where a line begins, or holds, what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from cleaner.classify.digit_rules import DigitRules
from cleaner.classify.shape import has_digit
from cleaner.load.patterns import PatternSet
from cleaner.load.rules import MOST_WORDS_WITHOUT_LITERAL, Rule, normalise, probe

#: whole-line phrases and glued words are looked for in lines of at most this many characters
LONGEST_PHRASE = 200
#: patterns are tried on lines of at most this many characters
LONGEST_LINE = 1_200
#: a line that a rule takes with this score, whatever stands around it, needs no other rule
_SURE = 0.9
_WORD = re.compile(r"[^\W_]+")


class LineHits(msgspec.Struct, frozen=True, gc=False):
    """The rules that take a line, its neighbours and its place aside."""

    #: rules that would take the whole line
    rules: tuple[Rule, ...] = ()
    #: rules too weak to take it
    hints: tuple[Rule, ...] = ()
    #: the rule whose section it opens
    opener: Rule | None = None


NO_HITS = LineHits()
#: a rule with a lower score never removes, it names what something else removes
HINT = 0.35


class LineRules:
    """The rules on whole lines, made ready. Nothing in it changes but a cache of patterns, so it is safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        #: phrase -> numbers of its rules
        self.phrases: dict[str, list[int]] = {}
        #: numbers of rules, each with the words, figures aside, that lines are made of
        self.word_sets: list[tuple[int, frozenset[str]]] = []
        self._words: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for number, rule in enumerate(rules):
            self._add(number, rule)
        #: numbers of the rules that ask for no literal
        self.digit_numbers = [number for number, rule in enumerate(rules) if rule.kind in ("line", "section") and not rule.clauses]
        self.digit_rules = DigitRules([rules[number] for number in self.digit_numbers])
        most_words = [rule.max_words for rule in rules if rule.kind in ("line", "section") and rule.clauses]
        #: no line of more words is taken
        self.most_words = max(LONGEST_PHRASE // 2 if self.phrases or self._words or self.digit_numbers else 0, *most_words, 0)
        self._probes: dict[int, PatternSet] = {}

    def _add(self, number: int, rule: Rule) -> None:
        if rule.kind in ("lines", "sections"):
            for phrase in rule.phrases:
                self.phrases.setdefault(phrase, []).append(number)
        elif rule.kind == "words":
            members = frozenset(word for phrase in rule.phrases for word in _WORD.findall(phrase))
            self.word_sets.append((number, members - {"0"}))
            for word in members - {"0"}:
                self._words.setdefault(word, []).append((number, members | {"0"}))

    def find(self, text: str, words: int, ends: bool, numbers: Iterable[int]) -> LineHits:
        """The rules that take a line.

        Parameters: `text` is what a reader sees of the line, `words` how many words it has, `ends` whether it ends like a sentence,
        `numbers` are those of the rules that its literals leave possible, ascending.
        """
        if words > self.most_words or len(text) > LONGEST_LINE:
            return NO_HITS
        exact: list[Rule] = []
        key = ""
        if len(text) <= LONGEST_PHRASE:
            key = normalise(text)
            exact = [rule for rule in self._exact(key) if fits(rule, text, words, ends)]
        if any(rule.kind != "sections" and is_sure(rule) for rule in exact):
            return self._with_patterns(exact, text, words, ends, (), has_digit_rules=False)
        return self._with_patterns(exact, text, words, ends, numbers, has_digit_rules="0" in key and words <= MOST_WORDS_WITHOUT_LITERAL)

    def _with_patterns(
        self, exact: Iterable[Rule], text: str, words: int, ends: bool, numbers: Iterable[int], *, has_digit_rules: bool
    ) -> LineHits:
        """These rules, which name a line, and those whose patterns are in it."""
        matching = self._matching(numbers, text) if numbers else []
        if has_digit_rules:
            places = self.digit_rules.places(text.encode())
            digits = [self.digit_numbers[place] for place in places]
            matching += [number for number in digits if fits(self._rules[number], text, words, ends)]
        found: list[Rule] = []
        openers: list[Rule] = []
        # In their order, whatever they were found by.
        for rule in chain(exact, (self._rules[number] for number in sorted(matching))):
            (openers if rule.kind in ("section", "sections") else found).append(rule)
        if not found and not openers:
            return NO_HITS
        strong = tuple(rule for rule in found if rule.score >= HINT)
        return LineHits(strong, tuple(rule for rule in found if rule.score < HINT), openers[0] if openers else None)

    def _exact(self, key: str) -> Sequence[Rule]:
        """Rules that name the whole line, or all its words."""
        exact = [self._rules[number] for number in self.phrases.get(key, ())]
        first = key.partition(" ")[0]
        if not first.isalpha():
            first = next((word for found in _WORD.finditer(key) if (word := found[0]) != "0"), "")
        listed = self._words.get(first)
        if listed is None:
            return exact
        parts = _WORD.findall(key)
        return [*exact, *(self._rules[number] for number, members in listed if members.issuperset(parts))]

    def _matching(self, numbers: Iterable[int], text: str) -> list[int]:
        """Those of the rules whose patterns are in a line."""
        encoded = text.encode()
        found: list[int] = []
        for number in numbers:
            pattern = self._probes.get(number)
            if pattern is None:
                pattern = self._probes[number] = probe(self._rules[number])
            if pattern.found(encoded):
                found.append(number)
        return found


def is_sure(rule: Rule) -> bool:
    """Whether nothing that is found out later can make the rule step back."""
    return rule.position is None and rule.neighbour is None and rule.score >= _SURE


def fits(rule: Rule, text: str, words: int, ends: bool) -> bool:
    """Whether the line meets the rule's conditions on itself."""
    if not rule.min_words <= words <= rule.max_words:
        return False
    if rule.digits is not None and has_digit(text) is not rule.digits:
        return False
    return rule.sentence is None or ends is rule.sentence
