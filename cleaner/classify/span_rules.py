"""Rules on parts of lines: stamps at a line's start, credits at its end, prompts anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from cleaner.classify.span_candidates import PossibleSpans
from cleaner.load.patterns import Match, Pattern, PatternSet
from cleaner.load.rules import RESIDUE_GROUP, Rule, compiled, probe

#: residue spans that may stand one behind the other at one end of a line
_MOST_AT_ONE_END = 4


class SpanHit(msgspec.Struct, frozen=True, gc=False):
    """A part of a text that a span rule takes."""

    start: int
    end: int
    rule: Rule


class SpanRules:
    """The rules on parts of lines, made ready. Nothing in it changes but a cache of patterns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._probes: dict[int, PatternSet] = {}
        self._patterns: dict[int, Pattern] = {}
        #: rule -> number of the group that holds what goes, where that is not all of the match
        self._groups: dict[int, int] = {}

    def find(self, raw: str, possible: PossibleSpans) -> tuple[SpanHit, ...]:
        """The spans that rules take from one block, outermost first at its ends; offsets are in the block.

        Parameters: `raw` is the block as it stands in the source, `possible` are the rules that its literals leave possible.
        """
        at_start, at_end, at_any_end, anywhere = possible
        found: list[SpanHit] = []
        start, end = 0, len(raw)
        for _ in range(_MOST_AT_ONE_END if at_start else 0):
            hit = self._best(raw, start, end, at_start)
            if hit is None:
                break
            found.append(hit)
            start = hit.end
        for turn in range(_MOST_AT_ONE_END if at_end else 0):
            hit = self._best(raw, start, end, at_any_end if turn else at_end)
            if hit is None:
                break
            found.append(hit)
            end = hit.start
        if anywhere:
            self._add_anywhere(raw, start, end, anywhere, found)
        return tuple(found)

    def _best(self, source: str, start: int, end: int, numbers: Sequence[int]) -> SpanHit | None:
        """The surest, then longest, span of these rules in a part of the source; their patterns know at which end it must stand."""
        best: SpanHit | None = None
        for number in numbers:
            rule = self._rules[number]
            low, high = (start, min(end, start + rule.reach)) if rule.at == "start" else (max(start, end - rule.reach), end)
            part = source[low:high]
            place = self.place(number, part)
            hit = _hit(source, low, place, rule) if place else None
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
            for place in self.places(number, part):
                hit = _hit(source, low, place, self._rules[number])
                if hit and not any(hit.start < other.end and other.start < hit.end for other in found):
                    found.append(hit)

    def place(self, number: int, part: str) -> tuple[int, int] | None:
        """Where what the rule takes stands in a part of the source."""
        probe = self._probe(number)
        encoded = part.encode()
        if probe.program is not None and probe.has_places:
            try:
                return probe.program.search(encoded)
            except OverflowError:  # the text is too long for the kernel: as RE2 has it
                pass
        match = self._pattern(number).search(part) if probe.found(encoded) else None
        return self._place_of(match, number) if match else None

    def places(self, number: int, part: str) -> Sequence[tuple[int, int]]:
        """Where what the rule takes stands in a part of the source, each time."""
        probe = self._probe(number)
        encoded = part.encode()
        if probe.program is not None and probe.has_places:
            try:
                return probe.program.search_all(encoded)
            except OverflowError:
                pass
        if not probe.found(encoded):
            return ()
        return [self._place_of(match, number) for match in self._pattern(number).finditer(part)]

    def _place_of(self, match: Match, number: int) -> tuple[int, int]:
        group = self._groups.get(number, 0)
        return match.start(group), match.end(group)

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


def _worth(hit: SpanHit) -> tuple[float, int]:
    return (hit.rule.score, hit.end - hit.start)


def _hit(source: str, offset: int, place: tuple[int, int], rule: Rule) -> SpanHit | None:
    """What stands there without the white space at its ends, or None if nothing else is in it."""
    start, end = offset + place[0], offset + place[1]
    text = source[start:end]
    bare = text.strip()
    if not bare:
        return None
    start += len(text) - len(text.lstrip())
    return SpanHit(start, start + len(bare), rule)
