"""Rules on parts of lines: stamps at a line's start, credits at its end, prompts anywhere."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from cleaner.classify.line_rules import cheapest, fits, has_all
from cleaner.load.patterns import Match, Pattern, PatternSet
from cleaner.load.rules import EDGES, RESIDUE_GROUP, At, Rule, compiled, probe

#: residue spans that may stand one behind the other at one end of a line
_MOST_AT_ONE_END = 4


class SpanHit(msgspec.Struct, frozen=True, gc=False):
    """A part of a text that a span rule takes."""

    start: int
    end: int
    rule: Rule


class SpanLead(NamedTuple):
    """A rule that a literal points to."""

    #: one for all literals of a clause
    key: int
    at: At
    reach: int
    number: int
    rule: Rule
    #: near it there must be a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]
    #: the text must end with one of these, if there are any, signs and white space aside
    ends: tuple[str, ...]


class SpanRules:
    """The rules on parts of lines, made ready. Nothing in it changes but a cache of patterns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._probes: dict[int, PatternSet] = {}
        self._patterns: dict[int, Pattern] = {}
        #: rule -> number of the group that holds what goes, where that is not all of the match
        self._groups: dict[int, int] = {}
        #: literal (between `WORD`s where it must be a whole word) -> rules to try around it
        self.leads: defaultdict[str, list[SpanLead]] = defaultdict(list)
        keys = itertools.count()
        for number, rule in enumerate(rules):
            if rule.kind == "span":
                for clause in rule.clauses:
                    lead = SpanLead(next(keys), rule.at, rule.reach, number, rule, cheapest(*clause.also), clause.ends)
                    for literal in clause.trigger:
                        self.leads[literal].append(lead)

    def find(self, raw: str, low: str, line: tuple[str, int, bool], leads: Iterable[tuple[Sequence[SpanLead], int]]) -> tuple[SpanHit, ...]:
        """The spans that rules take from one block, outermost first at its ends; offsets are in the block.

        Parameters: `raw` is the block as it stands in the source, `low` the same in lower case; `line` its text, words, and whether
        it ends like a sentence; `leads` are those of literals found in it, with the offset of each one's end.
        """
        near_start: list[tuple[SpanLead, int]] = []
        near_end: list[tuple[SpanLead, int]] = []
        anywhere: list[tuple[SpanLead, int]] = []
        start, end = 0, len(raw)
        for sequence, at in leads:
            for lead in sequence:
                where = lead.at
                if where == "end":
                    if at > end - lead.reach:
                        near_end.append((lead, at))
                elif where == "start":
                    if at <= lead.reach:
                        near_start.append((lead, at))
                else:
                    anywhere.append((lead, at))
        found: list[SpanHit] = []
        possible = _Possible(low, line)
        numbers = possible.numbers(near_start) if near_start else ()
        for _ in range(_MOST_AT_ONE_END if numbers else 0):
            hit = self._best(raw, start, end, numbers)
            if hit is None:
                break
            found.append(hit)
            start = hit.end
        # What ends like none of them has no second one at its end either.
        ending = _that_end(near_end, low) if near_end else ()
        numbers = possible.numbers(ending) if ending else ()
        for turn in range(_MOST_AT_ONE_END if ending else 0):
            if turn == 1:
                numbers = possible.numbers(near_end)
            hit = self._best(raw, start, end, numbers) if numbers else None
            if hit is None:
                break
            found.append(hit)
            end = hit.start
        if anywhere:
            candidates = ((lead.number, at) for lead, at in anywhere if possible.is_worth_trying(lead, at))
            self._add_anywhere(raw, start, end, candidates, found)
        return tuple(found)

    def _best(self, source: str, start: int, end: int, numbers: Sequence[int]) -> SpanHit | None:
        """The surest, then longest, span of these rules in a part of the source; their patterns know at which end it must stand."""
        best: SpanHit | None = None
        for number in numbers:
            rule = self._rules[number]
            low, high = (start, min(end, start + rule.reach)) if rule.at == "start" else (max(start, end - rule.reach), end)
            part = source[low:high]
            match = self._pattern(number).search(part) if self._probe(number).is_in(part.encode()) else None
            hit = _hit(source, low, match, rule, self._groups.get(number, 0)) if match else None
            if hit is not None and (best is None or _worth(hit) > _worth(best)):
                best = hit
        return best

    def _add_anywhere(self, source: str, start: int, end: int, candidates: Iterable[tuple[int, int]], found: list[SpanHit]) -> None:
        tried: set[tuple[int, int]] = set()
        for number, at in candidates:
            reach = self._rules[number].reach
            if (number, at // reach) in tried:
                continue
            tried.add((number, at // reach))
            low, high = max(start, at - reach), min(end, at + reach)
            part = source[low:high]
            if not self._probe(number).is_in(part.encode()):
                continue
            for match in self._pattern(number).finditer(part):
                hit = _hit(source, low, match, self._rules[number], self._groups.get(number, 0))
                if hit and not any(hit.start < other.end and other.start < hit.end for other in found):
                    found.append(hit)

    def _probe(self, number: int) -> PatternSet:
        pattern = self._probes.get(number)
        if pattern is None:
            pattern = self._probes[number] = probe(self._rules[number])
        return pattern

    def _pattern(self, number: int) -> Pattern:
        pattern = self._patterns.get(number)
        if pattern is None:
            rule = self._rules[number]
            has_group = RESIDUE_GROUP in (rule.pattern or "")
            pattern = compiled(rule, groups=has_group)
            if has_group:
                self._groups[number] = pattern.groupindex["residue"]
            self._patterns[number] = pattern
        return pattern


class _Possible:
    """What one line leaves possible of the rules that literals in it point to."""

    __slots__ = ("_by_lead", "_line", "_low")

    def __init__(self, low: str, line: tuple[str, int, bool]) -> None:
        self._low = low
        self._line = line
        #: whether the line as a whole leaves a lead possible: one is found again at every literal of its clause
        self._by_lead: dict[int, bool] = {}

    def numbers(self, leads: Iterable[tuple[SpanLead, int]]) -> list[int]:
        """The rules that the line, and what stands around the offsets that led to them, leave possible; ascending."""
        numbers: set[int] = set()
        for lead, at in leads:
            if lead.number not in numbers and self.is_worth_trying(lead, at):
                numbers.add(lead.number)
        return sorted(numbers)

    def is_worth_trying(self, lead: SpanLead, at: int) -> bool:
        """Whether the line, and what stands around an offset in it, leave a lead possible."""
        possible = self._by_lead.get(lead.key)
        if possible is None:
            possible = self._by_lead[lead.key] = fits(lead.rule, *self._line) and has_all(self._low, lead.also)
        if not possible or not lead.also or len(self._low) <= lead.reach:
            return possible
        return has_all(self._low[max(0, at - lead.reach) : at + lead.reach], lead.also)


def _that_end(leads: Iterable[tuple[SpanLead, int]], low: str) -> list[tuple[SpanLead, int]]:
    """The leads to rules that may end a text like this one."""
    bare = low.rstrip(EDGES)
    if not bare[-1:].isalnum():
        bare = bare[: next((at for at in range(len(bare), 0, -1) if bare[at - 1].isalnum()), 0)]
    return [(lead, at) for lead, at in leads if not lead.ends or bare.endswith(lead.ends)]


def _worth(hit: SpanHit) -> tuple[float, int]:
    return (hit.rule.score, hit.end - hit.start)


def _hit(source: str, offset: int, match: Match, rule: Rule, group: int) -> SpanHit | None:
    """The group of the match (0: all of it) without the white space at its ends, or None if nothing else is in it."""
    start, end = offset + match.start(group), offset + match.end(group)
    text = source[start:end]
    bare = text.strip()
    if not bare:
        return None
    start += len(text) - len(text.lstrip())
    return SpanHit(start, start + len(bare), rule)
