"""Rules on blocks: all literals at once, whole lines by a look-up, patterns only where one of their literals stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain

import ahocorasick_rs
import msgspec

from cleaner.classify.shape import Shapes, has_digit
from cleaner.load.patterns import Match, Pattern
from cleaner.load.rules import MOST_WORDS_WITHOUT_LITERAL, Rule, compiled, normalise
from cleaner.values import Document

#: whole-line phrases and glued words are looked for in lines of at most this many characters
_LONGEST_PHRASE = 200
#: `line` and `section` patterns are tried on lines of at most this many characters
_LONGEST_LINE = 1_200
#: spans at a line's start or end reach no further than this many characters into it
_REACH = 320
#: and spans anywhere no further than this from their literal
_WINDOW = 400
#: residue spans that may stand one behind the other at one end of a line
_MOST_AT_ONE_END = 4
#: where several rules take the same line, the more exact kind wins at the same score
_EXACTNESS = {"lines": 0, "words": 1, "line": 2, "neighbour": 3}
_WORD = re.compile(r"[^\W_]+")


class SpanHit(msgspec.Struct, frozen=True, gc=False):
    """A part of a block that a span rule takes."""

    start: int
    end: int
    rule: Rule


class Hits(msgspec.Struct, frozen=True):
    """What the rules found, before position and neighbours are looked at."""

    #: block -> rules that would take the whole line
    lines: dict[int, list[Rule]]
    #: block -> rules whose section it opens
    openers: dict[int, Rule]
    #: sorted, without overlap
    spans: list[SpanHit]


class RuleBook:
    """The rules for one language, made ready to be looked for all at once. Thread-safe: nothing in it changes but a cache of patterns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._numbers = {rule.id: number for number, rule in enumerate(self.rules)}
        self._phrases: dict[str, list[Rule]] = {}
        self._words: dict[str, list[tuple[Rule, frozenset[str]]]] = {}
        self._digit_rules: list[int] = []
        self._neighbour_rules: dict[str, list[Rule]] = {}
        literals: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            if rule.kind in ("lines", "sections"):
                for phrase in rule.phrases:
                    self._phrases.setdefault(phrase, []).append(rule)
            elif rule.kind == "words":
                members = frozenset(word for phrase in rule.phrases for word in _WORD.findall(phrase))
                for word in members - {"0"}:
                    self._words.setdefault(word, []).append((rule, members | {"0"}))
            elif rule.kind == "neighbour":
                assert rule.neighbour is not None
                for label in rule.neighbour.previous or rule.neighbour.next:
                    self._neighbour_rules.setdefault(label, []).append(rule)
            elif rule.literals:
                for literal in rule.literals:
                    literals.setdefault(literal, []).append(number)
            else:
                self._digit_rules.append(number)
        self._rules_of_literal = list(literals.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(literals)) if literals else None
        self._patterns: list[Pattern | None] = [None] * len(self.rules)

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, list[Rule]] = {}
        openers: dict[int, Rule] = {}
        self._find_phrases(document.texts, shapes, lines, openers)
        ends: dict[int, list[tuple[int, int]]] = {}
        seen: set[int] = set()
        many = len(self.rules)
        for block, number, at in self._candidates(document, lowered):
            rule = self.rules[number]
            if rule.kind == "span":
                ends.setdefault(block, []).append((number, at))
            elif (key := block * many + number) not in seen:
                seen.add(key)
                self._try_line(rule, number, block, document.texts[block], shapes, lines, openers)
        spans: list[SpanHit] = []
        for block, candidates in ends.items():
            spans.extend(self._spans(document, block, candidates))
        spans.sort(key=lambda hit: hit.start)
        return Hits(lines, openers, spans)

    def groups(self, rule_id: str, text: str) -> dict[str, str | None]:
        """The named groups that a rule's pattern finds in a text; empty where it has none."""
        number = self._numbers.get(rule_id)
        if number is None or self.rules[number].pattern is None:
            return {}
        match = self._pattern(number).search(text)
        return match.groupdict() if match else {}

    def neighbour_rules(self, previous: str, following: str) -> Iterable[Rule]:
        """Rules without words of their own that may take a line between two lines of these labels."""
        return chain(self._neighbour_rules.get(previous, ()), self._neighbour_rules.get(following, ()))

    def _find_phrases(self, texts: Sequence[str], shapes: Shapes, lines: dict[int, list[Rule]], openers: dict[int, Rule]) -> None:
        phrases, words = self._phrases.get, self._words.get
        for block, text in enumerate(texts):
            if len(text) > _LONGEST_PHRASE:
                continue
            key = normalise(text)
            for rule in phrases(key, ()):
                if fits(rule, text, block, shapes):
                    if rule.kind == "sections":
                        openers.setdefault(block, rule)
                    else:
                        lines.setdefault(block, []).append(rule)
            parts = _WORD.findall(key)
            first = next((part for part in parts if part != "0"), None)
            if first is not None:
                for rule, members in words(first, ()):
                    if members.issuperset(parts) and fits(rule, text, block, shapes):
                        lines.setdefault(block, []).append(rule)
            if self._digit_rules and shapes.words[block] <= MOST_WORDS_WITHOUT_LITERAL and "0" in key:
                for number in self._digit_rules:
                    self._try_line(self.rules[number], number, block, text, shapes, lines, openers)

    def _candidates(self, document: Document, lowered: str) -> Iterable[tuple[int, int, int]]:
        """(block, rule number, offset of the literal's end) for every literal found in a block."""
        if self._automaton is None:
            return
        starts = [block.start for block in document.blocks]
        rules_of = self._rules_of_literal
        for literal, _, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            block = bisect_right(starts, end - 1) - 1
            if block >= 0:
                for number in rules_of[literal]:
                    yield block, number, end

    def _pattern(self, number: int) -> Pattern:
        pattern = self._patterns[number]
        if pattern is None:
            pattern = self._patterns[number] = compiled(self.rules[number])
        return pattern

    def _try_line(
        self, rule: Rule, number: int, block: int, text: str, shapes: Shapes, lines: dict[int, list[Rule]], openers: dict[int, Rule]
    ) -> None:
        if len(text) > _LONGEST_LINE or not fits(rule, text, block, shapes) or not self._pattern(number).search(text):
            return
        if rule.kind == "section":
            openers.setdefault(block, rule)
        else:
            lines.setdefault(block, []).append(rule)

    def _spans(self, document: Document, block: int, candidates: list[tuple[int, int]]) -> list[SpanHit]:
        """The spans that rules take from one block, outermost first at its ends."""
        start, end = document.blocks[block].start, document.blocks[block].end
        found: list[SpanHit] = []
        numbers = sorted({number for number, _ in candidates})
        at_start = [number for number in numbers if self.rules[number].at == "start"]
        at_end = [number for number in numbers if self.rules[number].at == "end"]
        for _ in range(_MOST_AT_ONE_END if at_start else 0):
            hit = self._at_start(document.source, start, end, at_start)
            if hit is None:
                break
            found.append(hit)
            start = hit.end
        for _ in range(_MOST_AT_ONE_END if at_end else 0):
            hit = self._at_end(document.source, start, end, at_end)
            if hit is None:
                break
            found.append(hit)
            end = hit.start
        tried: set[tuple[int, int]] = set()
        for number, at in candidates:
            rule = self.rules[number]
            if rule.at != "anywhere" or (number, at // _WINDOW) in tried:
                continue
            tried.add((number, at // _WINDOW))
            low, high = max(start, at - _WINDOW), min(end, at + _WINDOW)
            for match in self._pattern(number).finditer(document.source[low:high]):
                hit = _hit(document.source, low, match, rule)
                if hit and not any(hit.start < other.end and other.start < hit.end for other in found):
                    found.append(hit)
        return found

    def _at_start(self, source: str, start: int, end: int, numbers: Sequence[int]) -> SpanHit | None:
        head = source[start : min(end, start + _REACH)]
        hits = (_hit(source, start, match, self.rules[number]) for number in numbers if (match := self._pattern(number).match(head)))
        return max((hit for hit in hits if hit), key=_span_worth, default=None)

    def _at_end(self, source: str, start: int, end: int, numbers: Sequence[int]) -> SpanHit | None:
        low = max(start, end - _REACH)
        tail = source[low:end]
        hits = (_hit(source, low, match, self.rules[number]) for number in numbers if (match := self._pattern(number).search(tail)))
        return max((hit for hit in hits if hit), key=_span_worth, default=None)


def _span_worth(hit: SpanHit) -> tuple[float, int]:
    return (hit.rule.score, hit.end - hit.start)


def _hit(source: str, offset: int, match: Match, rule: Rule) -> SpanHit | None:
    """The match without the white space at its ends, or None if nothing else is in it."""
    start, end = offset + match.start(), offset + match.end()
    text = source[start:end]
    bare = text.strip()
    if not bare:
        return None
    start += len(text) - len(text.lstrip())
    return SpanHit(start, start + len(bare), rule)


def fits(rule: Rule, text: str, block: int, shapes: Shapes) -> bool:
    """Whether the line meets the rule's conditions on itself."""
    if not rule.min_words <= shapes.words[block] <= rule.max_words:
        return False
    if rule.digits is not None and has_digit(text) is not rule.digits:
        return False
    return rule.sentence is None or shapes.ends[block] is rule.sentence


def strongest(rules: Sequence[Rule]) -> Rule:
    """The rule whose label and reason a line gets."""
    return min(rules, key=lambda rule: (-rule.score, _EXACTNESS[rule.kind]))


def lower(source: str) -> str:
    """The source in lower case, of the same length, so that offsets stay true."""
    lowered = source.lower()
    if len(lowered) == len(source):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in source)
