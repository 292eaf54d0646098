"""Rules on whole lines: exact lines by a look-up, patterns only where a line begins, or holds, what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from cleaner.classify.digit_rules import DigitRules
from cleaner.classify.shape import has_digit
from cleaner.kernel import COMPILED
from cleaner.load.patterns import PatternSet
from cleaner.load.rules import MOST_WORDS_WITHOUT_LITERAL, Rule, normalise, probe

if TYPE_CHECKING:
    from cleaner.classify.candidates import Possible
    from cleaner.kernel.exact_lines import ExactLines

#: whole-line phrases and glued words are looked for in lines of at most this many characters
LONGEST_PHRASE = 200
#: patterns are tried on lines of at most this many characters
_LONGEST_LINE = 1_200
#: a line that a rule takes with this score, whatever stands around it, needs no other rule
_SURE = 0.9
_WORD = re.compile(r"[^\W_]+")
#: more words than any line has
_MANY = 1 << 60
_EITHER = {None: -1, False: 0, True: 1}


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
    """The rules on whole lines, made ready. Nothing in it changes but a cache of patterns, so it is safe to share between threads.

    Parameters: `compiled` says whether the kernel looks up lines and words.
    """

    def __init__(self, rules: Sequence[Rule], *, compiled: bool = COMPILED) -> None:
        self._rules = rules
        #: phrase, or word -> numbers of its rules
        self._phrases: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._word_sets: list[tuple[int, frozenset[str]]] = []
        for number, rule in enumerate(rules):
            self._add(number, rule)
        self._digit_rules = DigitRules([rule for rule in rules if rule.kind in ("line", "section") and not rule.clauses])
        most_words = [rule.max_words for rule in rules if rule.kind in ("line", "section") and rule.clauses]
        #: no line of more words is taken
        self.most_words = max(LONGEST_PHRASE // 2 if self._phrases or self._words or self._digit_rules.rules else 0, *most_words, 0)
        self._probes: dict[int, PatternSet] = {}
        self._exact_lines = self._packed() if compiled else None

    def _add(self, number: int, rule: Rule) -> None:
        if rule.kind in ("lines", "sections"):
            for phrase in rule.phrases:
                self._phrases.setdefault(phrase, []).append(number)
        elif rule.kind == "words":
            members = frozenset(word for phrase in rule.phrases for word in _WORD.findall(phrase))
            self._word_sets.append((number, members - {"0"}))
            for word in members - {"0"}:
                self._words.setdefault(word, []).append((number, members | {"0"}))

    def _packed(self) -> ExactLines:
        """What is looked up, as the kernel reads it."""
        from cleaner.kernel.exact_lines import ExactLines
        from cleaner.load.rules import normal_forms

        conditions = [
            (
                min(rule.min_words, _MANY),
                min(rule.max_words, _MANY),
                _EITHER[rule.digits],
                _EITHER[rule.sentence],
                rule.kind == "sections",
                _is_sure(rule),
            )
            for rule in self._rules
        ]
        limits = (self.most_words, _LONGEST_LINE, LONGEST_PHRASE, MOST_WORDS_WITHOUT_LITERAL)
        return ExactLines(normal_forms, tuple(self._rules), conditions, self._phrases, self._word_sets, *limits)

    def find_all(self, texts: list[str], words: list[int], ends: list[bool], possible: list[Possible]) -> dict[int, LineHits]:
        """The rules that take lines, by the lines' places; lines that none takes are left out.

        Parameters: `texts` are what a reader sees of the lines, `words` how many words each has, `ends` whether it ends like a sentence,
        `possible` are the rules that its literals leave possible.
        """
        hits: dict[int, LineHits] = {}
        if self._exact_lines is None:
            for place, (text, left) in enumerate(zip(texts, possible, strict=True)):
                line = self.find(text, words[place], ends[place], left[0] if left else ())
                if line is not NO_HITS:
                    hits[place] = line
            return hits
        for place, exact, has_patterns, has_digit_rules in self._exact_lines.find(texts, words, ends, possible):
            left, text = possible[place], texts[place]
            numbers = left[0] if left and has_patterns else ()
            if exact is None:
                line = self.find(text, words[place], ends[place], numbers)
            else:
                line = self._with_patterns(exact, text, words[place], ends[place], numbers, has_digit_rules=has_digit_rules)
            if line is not NO_HITS:
                hits[place] = line
        return hits

    def find(self, text: str, words: int, ends: bool, numbers: Iterable[int]) -> LineHits:
        """The rules that take a line.

        Parameters: `text` is what a reader sees of the line, `words` how many words it has, `ends` whether it ends like a sentence,
        `numbers` are those of the rules that its literals leave possible, ascending.
        """
        if words > self.most_words or len(text) > _LONGEST_LINE:
            return NO_HITS
        exact: list[Rule] = []
        key = ""
        if len(text) <= LONGEST_PHRASE:
            key = normalise(text)
            exact = [rule for rule in self._exact(key) if fits(rule, text, words, ends)]
        if any(rule.kind != "sections" and _is_sure(rule) for rule in exact):
            return self._with_patterns(exact, text, words, ends, (), has_digit_rules=False)
        return self._with_patterns(exact, text, words, ends, numbers, has_digit_rules="0" in key and words <= MOST_WORDS_WITHOUT_LITERAL)

    def _with_patterns(
        self, exact: Iterable[Rule], text: str, words: int, ends: bool, numbers: Iterable[int], *, has_digit_rules: bool
    ) -> LineHits:
        """These rules, which name a line, and those whose patterns are in it."""
        found: list[Rule] = []
        openers: list[Rule] = []
        for rule in exact:
            (openers if rule.kind == "sections" else found).append(rule)
        if numbers:
            self._try(numbers, text, found, openers)
        if has_digit_rules:
            found += [rule for rule in self._digit_rules.find(text.encode()) if fits(rule, text, words, ends)]
        if not found and not openers:
            return NO_HITS
        strong = tuple(rule for rule in found if rule.score >= HINT)
        return LineHits(strong, tuple(rule for rule in found if rule.score < HINT), openers[0] if openers else None)

    def _exact(self, key: str) -> Sequence[Rule]:
        """Rules that name the whole line, or all its words."""
        exact = [self._rules[number] for number in self._phrases.get(key, ())]
        first = key.partition(" ")[0]
        if not first.isalpha():
            first = next((word for found in _WORD.finditer(key) if (word := found[0]) != "0"), "")
        listed = self._words.get(first)
        if listed is None:
            return exact
        parts = _WORD.findall(key)
        return [*exact, *(self._rules[number] for number, members in listed if members.issuperset(parts))]

    def _try(self, numbers: Iterable[int], text: str, found: list[Rule], openers: list[Rule]) -> None:
        encoded = text.encode()
        for number in numbers:
            pattern = self._probes.get(number)
            if pattern is None:
                pattern = self._probes[number] = probe(self._rules[number])
            if pattern.found(encoded):
                rule = self._rules[number]
                (openers if rule.kind == "section" else found).append(rule)


def _is_sure(rule: Rule) -> bool:
    """Whether nothing that is found out later can make the rule step back."""
    return rule.position is None and rule.neighbour is None and rule.score >= _SURE


def fits(rule: Rule, text: str, words: int, ends: bool) -> bool:
    """Whether the line meets the rule's conditions on itself."""
    if not rule.min_words <= words <= rule.max_words:
        return False
    if rule.digits is not None and has_digit(text) is not rule.digits:
        return False
    return rule.sentence is None or ends is rule.sentence
