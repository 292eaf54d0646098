"""Rules on whole lines: exact lines by a look-up, patterns only where a line begins, or holds, what they ask for."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from cleaner.classify.shape import has_digit, normal_form
from cleaner.load.literals import WORD, Clause
from cleaner.load.patterns import PatternSet, pattern_set
from cleaner.load.rules import EDGES, MOST_WORDS_WITHOUT_LITERAL, Rule, probe
from cleaner.load.terms import expand

#: whole-line phrases and glued words are looked for in lines of at most this many characters
LONGEST_PHRASE = 200
#: patterns are tried on lines of at most this many characters
_LONGEST_LINE = 1_200
#: rules are found by so many characters of what a line must begin with
_START = 6
#: what so many lines begin with is remembered
_MOST_STARTS = 16_384
#: more literals than this cost more to look for in a line than they save
_MOST_CHECKED = 40
#: groups of literals of which the plain text is kept: the same are in the rules of many languages
_MOST_GROUPS = 16_384
#: a line that a rule takes with this score, whatever stands around it, needs no other rule
_SURE = 0.9
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


class Lead(NamedTuple):
    """A rule that a literal, or a line's beginning, points to."""

    most_words: int
    number: int
    #: of those found by a line's beginning: it must go on as one of these does, if there are any
    starts: tuple[str, ...]
    #: the line must hold a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]


class LineRules:
    """The rules on whole lines, made ready. Nothing in it changes but a cache of patterns, so it is safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._phrases: dict[str, list[Rule]] = {}
        self._words: dict[str, list[tuple[Rule, frozenset[str]]]] = {}
        #: the first characters of lines -> numbers of the rules, with their clauses that ask for them
        self._by_start: defaultdict[str, list[tuple[int, Clause]]] = defaultdict(list)
        self._digit_rules: list[Rule] = []
        self._digit_patterns: list[tuple[list[Rule], PatternSet]] | None = None
        #: literal (between `WORD`s where it must be a whole word) -> rules to try on a line that holds it
        self.leads: defaultdict[str, list[Lead]] = defaultdict(list)
        for number, rule in enumerate(rules):
            self._add(number, rule)
        self._start_lengths = sorted({len(start) for start in self._by_start})
        self._merged: dict[str, list[Lead]] = {}
        #: the first characters of lines -> rules whose starts these begin with
        self._started_with: dict[str, tuple[Lead, ...]] = {}
        most_words = [rule.max_words for rule in rules if rule.kind in ("line", "section") and rule.clauses]
        #: no line of more words is taken
        self.most_words = max(LONGEST_PHRASE // 2 if self._phrases or self._words or self._digit_rules else 0, *most_words, 0)
        self._probes: dict[int, PatternSet] = {}

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
                    for start in {start[:_START] for start in clause.starts}:
                        self._by_start[start].append((number, clause))
                else:
                    lead = Lead(rule.max_words, number, (), cheapest(*clause.also))
                    for literal in clause.trigger:
                        self.leads[literal].append(lead)

    def find(self, text: str, low: str, words: int, ends: bool, leads: Iterable[Sequence[Lead]]) -> LineHits:
        """The rules that take a line.

        Parameters: `text` is what a reader sees of the line, `low` the same in lower case, `words` how many words it has, `ends`
        whether it ends like a sentence, `leads` are those of the literals found in it.
        """
        if words > self.most_words or len(text) > _LONGEST_LINE:
            return NO_HITS
        found: list[Rule] = []
        openers: list[Rule] = []
        key = ""
        if len(text) <= LONGEST_PHRASE:
            key = normal_form(text)
            for rule in self._exact(key):
                if fits(rule, text, words, ends):
                    (openers if rule.kind == "sections" else found).append(rule)
        if not found or not any(map(_is_sure, found)):
            numbers = self._worth_trying(low, words, leads)
            if numbers:
                self._try(sorted(numbers), text, words, ends, found, openers)
            if "0" in key and words <= MOST_WORDS_WITHOUT_LITERAL:
                found += [rule for rule in self._of_digit_line(text) if fits(rule, text, words, ends)]
        if not found and not openers:
            return NO_HITS
        strong = tuple(rule for rule in found if rule.score >= HINT)
        return LineHits(strong, tuple(rule for rule in found if rule.score < HINT), openers[0] if openers else None)

    def _exact(self, key: str) -> Sequence[Rule]:
        """Rules that name the whole line, or all its words."""
        exact: Sequence[Rule] = self._phrases.get(key, ())
        first = key.partition(" ")[0]
        if first in self._words or not first.isalpha():
            parts = _WORD.findall(key)
            listed = self._words.get(next((part for part in parts if part != "0"), ""), ())
            return [*exact, *(rule for rule, members in listed if members.issuperset(parts))]
        return exact

    def _worth_trying(self, low: str, words: int, leads: Iterable[Sequence[Lead]]) -> set[int]:
        """Numbers of the rules that a line's beginning and the literals in it leave possible."""
        bare = low
        if not low[:1].isalnum():
            bare = low.lstrip(EDGES)
            if not bare[:1].isalnum():
                bare = _LEADING_SIGNS.sub("", low, count=1)
        first = bare[:_START]
        started = self._started_with.get(first)
        if started is None:
            started = self._remember_start(first)
        numbers: set[int] = set()
        # Written out: these lines are run for every line of every text.
        for sequence in (started, *leads):
            for most_words, number, starts, also in sequence:
                if words > most_words:
                    break
                if number in numbers or (starts and not bare.startswith(starts)):
                    continue
                for group in also:
                    for literal in group:
                        if literal in low:
                            break
                    else:
                        break
                else:
                    numbers.add(number)
        return numbers

    def _remember_start(self, first: str) -> tuple[Lead, ...]:
        """Leads to the rules that ask for a line which begins with these characters, longest lines first."""
        found: list[Lead] = []
        for length in self._start_lengths:
            start = first[:length]
            if start in self._by_start and len(start) == length:
                found += self._merged_start(start)
        if len(self._started_with) >= _MOST_STARTS:
            self._started_with.clear()
        leads = self._started_with[first] = tuple(sorted(found, key=_longest_lines_first)) if found else ()
        return leads

    def _merged_start(self, start: str) -> Sequence[Lead]:
        """Leads to the rules that ask for a line which begins with these characters. Few are ever met, so they are made then."""
        merged_leads = self._merged.get(start)
        if merged_leads is None:
            leads = []
            for number, clause in self._by_start[start]:
                longer = () if start in clause.starts else tuple(whole for whole in clause.starts if whole.startswith(start))
                leads.append(Lead(self._rules[number].max_words, number, longer, cheapest(tuple(clause.trigger), *clause.also)))
            merged_leads = self._merged[start] = merged(leads)
        return merged_leads

    def _try(self, numbers: Iterable[int], text: str, words: int, ends: bool, found: list[Rule], openers: list[Rule]) -> None:
        encoded = text.encode()
        for number in numbers:
            rule = self._rules[number]
            if not fits(rule, text, words, ends):
                continue
            pattern = self._probes.get(number)
            if pattern is None:
                pattern = self._probes[number] = probe(rule)
            if pattern.is_in(encoded):
                (openers if rule.kind == "section" else found).append(rule)

    def _of_digit_line(self, text: str) -> Iterable[Rule]:
        """The rules without a literal whose patterns are in the line: dates, times, counters."""
        if self._digit_patterns is None:
            # The rules of all languages in a set of their own: it, and what it remembers of lines, serves every language.
            everywhere = [rule for rule in self._digit_rules if "*" in rule.languages]
            others = [rule for rule in self._digit_rules if "*" not in rule.languages]
            self._digit_patterns = [
                (rules, pattern_set(tuple(expand(rule.pattern or "") for rule in rules))) for rules in (everywhere, others) if rules
            ]
        found = [rules[place] for rules, patterns in self._digit_patterns for place in patterns.matches(text)]
        return found if len(found) < 2 else [rule for rule in self._digit_rules if rule in found]


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


def has_all(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of each group of literals is in the text."""
    for group in groups:
        for literal in group:
            if literal in text:
                break
        else:
            return False
    return True


def cheapest(*groups: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Those of the groups of literals that are small enough to be worth a look, as plain text."""
    return tuple(_plain(group) for group in groups if len(group) <= _MOST_CHECKED)


@functools.lru_cache(maxsize=_MOST_GROUPS)
def _plain(group: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(literal.strip(WORD) for literal in group)


def merged(leads: Sequence[Lead]) -> list[Lead]:
    """The leads, with those to one rule that differ in one set of literals made one; longest lines first."""
    if len({lead.number for lead in leads}) == len(leads):
        return sorted(leads, key=_longest_lines_first)
    for place in (0, -1):
        sets: dict[tuple[int, Lead], dict[str, None]] = {}
        for lead in leads:
            rest = lead.also[1:] if place == 0 else lead.also[:-1]
            alike = sets.setdefault((len(lead.also), lead._replace(also=rest)), {})
            alike.update(dict.fromkeys(lead.also[place] if lead.also else ()))
        leads = [
            lead._replace(also=(tuple(union), *lead.also) if place == 0 else (*lead.also, tuple(union))) if count else lead
            for (count, lead), union in sets.items()
        ]
    return sorted(leads, key=_longest_lines_first)


def _longest_lines_first(lead: Lead) -> tuple[int, int, int]:
    return (-lead.most_words, lead.number, len(lead.also))
