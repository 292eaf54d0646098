"""Rules on whole lines: exact lines by a look-up, patterns only where a line begins, or holds, what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from cleaner.classify.shape import has_digit
from cleaner.load.literals import WORD
from cleaner.load.patterns import Pattern, PatternSet
from cleaner.load.rules import EDGES, MOST_WORDS_WITHOUT_LITERAL, Rule, compiled, normalise
from cleaner.load.terms import expand

#: whole-line phrases and glued words are looked for in lines of at most this many characters
_LONGEST_PHRASE = 200
#: patterns are tried on lines of at most this many characters
_LONGEST_LINE = 1_200
#: rules are found by so many characters of what a line must begin with
_START = 6
#: more literals than this cost more to look for in a line than they save
_MOST_CHECKED = 10
#: a line that a rule takes with this score, whatever stands around it, needs no other rule
_SURE = 0.9
#: lines whose hits are remembered: buttons, prompts and headings stand on every page of a site
_MOST_REMEMBERED = 16_384
_LEADING_SIGNS = re.compile(r"^[\W_]+")
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


class Lead(msgspec.Struct, frozen=True, gc=False):
    """A rule that a literal, or a line's beginning, points to."""

    number: int
    #: the line must hold a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]
    #: the line must begin with one of these, if there are any, signs and white space aside
    starts: tuple[str, ...]
    most_words: int


class LineRules:
    """The rules on whole lines, made ready. Nothing in it changes but what it remembers, so it is safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._phrases: dict[str, list[Rule]] = {}
        self._words: dict[str, list[tuple[Rule, frozenset[str]]]] = {}
        self._by_start: dict[str, list[Lead]] = {}
        self._digit_rules: list[Rule] = []
        self._digit_patterns: PatternSet | None = None
        #: literal (between `WORD`s where it must be a whole word) -> rules to try on a line that holds it, longest lines first
        self.leads: dict[str, list[Lead]] = {}
        for number, rule in enumerate(rules):
            self._add(number, rule)
        for leads in (*self.leads.values(), *self._by_start.values()):
            leads.sort(key=lambda lead: (-lead.most_words, lead.number))
        self._start_lengths = sorted({len(start) for start in self._by_start}, reverse=True)
        most_words = [lead.most_words for leads in (*self.leads.values(), *self._by_start.values()) for lead in leads]
        #: no line of more words is taken
        self.most_words = max(_LONGEST_PHRASE // 2 if self._phrases or self._words or self._digit_rules else 0, *most_words, 0)
        self._patterns: dict[int, Pattern] = {}
        self._remembered: dict[str, LineHits] = {}

    def _add(self, number: int, rule: Rule) -> None:
        if rule.kind in ("lines", "sections"):
            for phrase in rule.phrases:
                self._phrases.setdefault(phrase, []).append(rule)
        elif rule.kind == "words":
            members = frozenset(word for phrase in rule.phrases for word in _WORD.findall(phrase))
            for word in members - {"0"}:
                self._words.setdefault(word, []).append((rule, members | {"0"}))
        elif rule.kind in ("line", "section"):
            if not rule.clauses:
                self._digit_rules.append(rule)
            for clause in rule.clauses:
                if clause.starts:
                    lead = Lead(number, cheapest(clause.trigger, *clause.also), clause.starts, rule.max_words)
                    for start in {start[:_START] for start in clause.starts}:
                        self._by_start.setdefault(start, []).append(lead)
                else:
                    lead = Lead(number, cheapest(*clause.also), (), rule.max_words)
                    for literal in clause.trigger:
                        self.leads.setdefault(literal, []).append(lead)

    def find(self, text: str, words: int, ends: bool, leads: Iterable[Sequence[Lead]]) -> LineHits:
        """The rules that take a line.

        Parameters: `text` is what a reader sees of the line, `words` how many words it has, `ends` whether it ends like a
        sentence, `leads` are those of the literals found in it.
        """
        if len(text) > _LONGEST_PHRASE:
            return self._judge(text, words, ends, leads) if len(text) <= _LONGEST_LINE else NO_HITS
        known = self._remembered.get(text)
        if known is None:
            known = self._judge(text, words, ends, leads)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[text] = known
        return known

    def _judge(self, text: str, words: int, ends: bool, leads: Iterable[Sequence[Lead]]) -> LineHits:
        found: list[Rule] = []
        openers: list[Rule] = []
        key = ""
        if len(text) <= _LONGEST_PHRASE:
            key = normalise(text)
            for rule in self._exact(key):
                if fits(rule, text, words, ends):
                    (openers if rule.kind == "sections" else found).append(rule)
        if words <= self.most_words and not any(map(_is_sure, found)):
            low = text.lower()
            numbers = {lead.number for lead in self._started(low, words)}
            numbers.update(lead.number for lead in _worth(leads, low, words))
            for number in sorted(numbers):
                self._try(number, text, words, ends, found, openers)
            if "0" in key and words <= MOST_WORDS_WITHOUT_LITERAL:
                found += [rule for rule in self._of_digit_line(text) if fits(rule, text, words, ends)]
        if not found and not openers:
            return NO_HITS
        strong = tuple(rule for rule in found if rule.score >= HINT)
        return LineHits(strong, tuple(rule for rule in found if rule.score < HINT), openers[0] if openers else None)

    def _exact(self, key: str) -> Iterable[Rule]:
        """Rules that name the whole line, or all its words."""
        yield from self._phrases.get(key, ())
        first = key.partition(" ")[0]
        if first in self._words or not first.isalpha():
            parts = _WORD.findall(key)
            for rule, members in self._words.get(next((part for part in parts if part != "0"), ""), ()):
                if members.issuperset(parts):
                    yield rule

    def _started(self, low: str, words: int) -> Iterable[Lead]:
        """Rules that ask for what the line begins with."""
        bare = low.lstrip(EDGES)
        if not bare[:1].isalnum():
            bare = _LEADING_SIGNS.sub("", low, count=1)
        for length in self._start_lengths:
            for lead in self._by_start.get(bare[:length], ()):
                if words > lead.most_words:
                    break
                if bare.startswith(lead.starts) and (not lead.also or has_all(low, lead.also)):
                    yield lead

    def _try(self, number: int, text: str, words: int, ends: bool, found: list[Rule], openers: list[Rule]) -> None:
        rule = self._rules[number]
        if not fits(rule, text, words, ends):
            return
        pattern = self._patterns.get(number)
        if pattern is None:
            pattern = self._patterns[number] = compiled(rule)
        if pattern.search(text):
            (openers if rule.kind == "section" else found).append(rule)

    def _of_digit_line(self, text: str) -> Iterable[Rule]:
        """The rules without a literal whose patterns are in the line: dates, times, counters."""
        if self._digit_patterns is None:
            self._digit_patterns = PatternSet([expand(rule.pattern or "") for rule in self._digit_rules])
        return [self._digit_rules[place] for place in self._digit_patterns.matches(text)]


def _worth(leads: Iterable[Sequence[Lead]], low: str, words: int) -> Iterable[Lead]:
    """Those of the leads that a line of so many words may be taken by."""
    for sequence in leads:
        for lead in sequence:
            if words > lead.most_words:
                break
            if not lead.also or has_all(low, lead.also):
                yield lead


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


def has_all(text: str, groups: tuple[tuple[str, ...], ...], start: int = 0, end: int | None = None) -> bool:
    """Whether one of each group of literals is in that part of the text."""
    for group in groups:
        for literal in group:
            if text.find(literal, start, end) >= 0:
                break
        else:
            return False
    return True


def cheapest(*groups: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Those of the groups of literals that are small enough to be worth a look, as plain text."""
    return tuple(tuple(literal.strip(WORD) for literal in group) for group in map(tuple, groups) if len(group) <= _MOST_CHECKED)
