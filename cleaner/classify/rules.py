"""Rules on blocks: all literals at once, whole lines by a look-up, patterns only where one of their literals stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import ahocorasick_rs
import msgspec

from cleaner.classify.shape import Shapes, has_digit
from cleaner.load.literals import WORD
from cleaner.load.patterns import Match, Pattern, compile_pattern
from cleaner.load.rules import EDGES, MOST_WORDS_WITHOUT_LITERAL, Rule, compiled, normalise
from cleaner.load.terms import expand
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
#: a line that a whole-line rule takes with this score needs no pattern any more
_SURE = 0.9
#: rules are found by so many characters of what a line must begin with
_START = 6
#: more literals than this cost more to look for in a line than they save
_MOST_CHECKED = 10
_LEADING_SIGNS = re.compile(r"^[\W_]+")
_WORD = re.compile(r"[^\W_]+")


class SpanHit(msgspec.Struct, frozen=True, gc=False):
    """A part of a block that a span rule takes."""

    start: int
    end: int
    rule: Rule


class _Lead(msgspec.Struct, frozen=True, gc=False):
    """A rule that a literal points to."""

    number: int
    #: the block must hold a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]
    #: the line must begin with one of these, if there are any, signs and white space aside
    starts: tuple[str, ...]
    most_words: int


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
        self._digit_gate: Pattern | None = None
        self._neighbour_rules: dict[str, list[Rule]] = {}
        self._by_start: dict[str, list[_Lead]] = {}
        literals: dict[str, int] = {}
        line_leads: dict[tuple[int, bool], list[_Lead]] = {}
        span_leads: dict[tuple[int, bool], list[_Lead]] = {}
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
            elif rule.clauses:
                for clause in rule.clauses:
                    if clause.starts and rule.kind != "span":
                        lead = _Lead(number, _cheapest(clause.trigger, *clause.also), clause.starts, rule.max_words)
                        for start in {start[:_START] for start in clause.starts}:
                            self._by_start.setdefault(start, []).append(lead)
                        continue
                    lead = _Lead(number, _cheapest(*clause.also), (), rule.max_words)
                    for literal in clause.trigger:
                        leads = span_leads if rule.kind == "span" else line_leads
                        text = literal.strip(WORD)
                        key = (literals.setdefault(text, len(literals)), text != literal)
                        leads.setdefault(key, []).append(lead)
            else:
                self._digit_rules.append(number)
        # Leads of a literal stand under its number, those for which it must be a whole word under that plus the count of literals.
        self._count = len(literals)
        order = [(literal, whole) for whole in (False, True) for literal in range(self._count)]
        self._line_leads = [tuple(line_leads.get(key, ())) for key in order]
        self._span_leads = [tuple(span_leads.get(key, ())) for key in order]
        self._wanted_whole = [bool(self._line_leads[number] or self._span_leads[number]) for number in range(self._count, 2 * self._count)]
        self._most_words = max((lead.most_words for leads in self._line_leads for lead in leads), default=0)
        self._start_lengths = sorted({len(start) for start in self._by_start}, reverse=True)
        self._most_words_started = max((lead.most_words for leads in self._by_start.values() for lead in leads), default=0)
        self._automaton = ahocorasick_rs.AhoCorasick(list(literals)) if literals else None
        self._patterns: list[Pattern | None] = [None] * len(self.rules)
        self._with_groups: dict[int, Pattern] = {}

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, list[Rule]] = {}
        openers: dict[int, Rule] = {}
        self._find_phrases(document.texts, shapes, lines, openers)
        spans: list[SpanHit] = []
        for block, literals, parts in self._literals(document, lowered):
            if literals and shapes.words[block] <= self._most_words:
                self._try_lines(literals, block, document, lowered, shapes, lines, openers)
            if parts:
                spans.extend(self._spans(document, block, lowered, parts, shapes))
        spans.sort(key=lambda hit: hit.start)
        return Hits(lines, openers, spans)

    def groups(self, rule_id: str, text: str) -> dict[str, str | None]:
        """The named groups that a rule's pattern finds in a text; empty where it has none."""
        number = self._numbers.get(rule_id)
        if number is None or "(?P<" not in (self.rules[number].pattern or ""):
            return {}
        pattern = self._with_groups.get(number)
        if pattern is None:
            pattern = self._with_groups[number] = compiled(self.rules[number], groups=True)
        match = pattern.search(text)
        return match.groupdict() if match else {}

    def neighbour_rules(self, previous: str, following: str) -> Iterable[Rule]:
        """Rules without words of their own that may take a line between two lines of these labels."""
        return chain(self._neighbour_rules.get(previous, ()), self._neighbour_rules.get(following, ()))

    def _find_phrases(self, texts: Sequence[str], shapes: Shapes, lines: dict[int, list[Rule]], openers: dict[int, Rule]) -> None:
        phrases, words = self._phrases.get, self._words.get
        for block, text in enumerate(texts):
            if len(text) > _LONGEST_PHRASE:
                if shapes.words[block] <= self._most_words_started and len(text) <= _LONGEST_LINE:
                    self._try_starts(block, text, shapes, lines, openers)
                continue
            key = normalise(text)
            for rule in phrases(key, ()):
                if fits(rule, text, block, shapes):
                    if rule.kind == "sections":
                        openers.setdefault(block, rule)
                    else:
                        lines.setdefault(block, []).append(rule)
            first = key.partition(" ")[0]
            if first in self._words or not first.isalpha():
                parts = _WORD.findall(key)
                for rule, members in words(next((part for part in parts if part != "0"), ""), ()):
                    if members.issuperset(parts) and fits(rule, text, block, shapes):
                        lines.setdefault(block, []).append(rule)
            if shapes.words[block] <= self._most_words_started and not (block in lines and any(map(_is_sure, lines[block]))):
                self._try_starts(block, text, shapes, lines, openers)
            if "0" in key and shapes.words[block] <= MOST_WORDS_WITHOUT_LITERAL and self._may_be_digit_line(text):
                for number in self._digit_rules:
                    if any(map(_is_sure, lines.get(block, ()))):
                        break
                    self._try_line(self.rules[number], number, block, text, shapes, lines, openers)

    def _may_be_digit_line(self, text: str) -> bool:
        """Whether any of the rules that have no literal can match: all their patterns in one."""
        if self._digit_gate is None and self._digit_rules:
            self._digit_gate = compile_pattern("|".join(f"(?:{expand(self.rules[number].pattern or '')})" for number in self._digit_rules))
        return self._digit_gate is not None and self._digit_gate.search(text) is not None

    def _literals(self, document: Document, lowered: str) -> Iterator[tuple[int, set[int], list[tuple[int, int]]]]:
        """For each block that holds any: the literals in it, and (literal, offset of its end) of those that point to spans."""
        if self._automaton is None:
            return
        blocks, span_leads, line_leads, wanted_whole, count = (
            document.blocks,
            self._span_leads,
            self._line_leads,
            self._wanted_whole,
            self._count,
        )
        block, start, end = -1, 0, 0
        found: set[int] = set()
        parts: list[tuple[int, int]] = []
        for literal, begin, at in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            while at > end and block + 1 < len(blocks):
                if found or parts:
                    yield block, found, parts
                    found, parts = set(), []
                block += 1
                start, end = blocks[block].start, blocks[block].end
            if not start < at <= end:
                continue
            if line_leads[literal]:
                found.add(literal)
            if span_leads[literal]:
                parts.append((literal, at))
            if wanted_whole[literal] and not (lowered[begin - 1 : begin].isalnum() or lowered[at : at + 1].isalnum()):
                if line_leads[literal + count]:
                    found.add(literal + count)
                if span_leads[literal + count]:
                    parts.append((literal + count, at))
        if found or parts:
            yield block, found, parts

    def _try_starts(
        self, block: int, text: str, shapes: Shapes, lines: dict[int, list[Rule]], openers: dict[int, Rule]
    ) -> None:
        """Tries the rules on one line that ask for what it begins with."""
        low = text.lower()
        bare = low.lstrip(EDGES)
        if not bare[:1].isalnum():
            bare = _LEADING_SIGNS.sub("", low, count=1)
        words = shapes.words[block]
        by_start = self._by_start
        tried: set[int] = set()
        for length in self._start_lengths:
            for lead in by_start.get(bare[:length], ()):
                if (
                    words <= lead.most_words
                    and lead.number not in tried
                    and bare.startswith(lead.starts)
                    and (not lead.also or _has_all(low, lead.also))
                ):
                    tried.add(lead.number)
                    self._try_line(self.rules[lead.number], lead.number, block, text, shapes, lines, openers)

    def _try_lines(
        self,
        literals: set[int],
        block: int,
        document: Document,
        lowered: str,
        shapes: Shapes,
        lines: dict[int, list[Rule]],
        openers: dict[int, Rule],
    ) -> None:
        """Tries the rules on one line that the literals found in it point to."""
        where = document.blocks[block]
        if where.end - where.start > _LONGEST_LINE:
            return
        known = block in lines and any(map(_is_sure, lines[block]))
        words = shapes.words[block]
        text = lowered[where.start : where.end]
        worth: set[int] = set()
        for literal in literals:
            for lead in self._line_leads[literal]:
                if words <= lead.most_words and lead.number not in worth and (not lead.also or _has_all(text, lead.also)):
                    worth.add(lead.number)
        for number in sorted(worth):
            if not (known and self.rules[number].kind == "line"):
                self._try_line(self.rules[number], number, block, document.texts[block], shapes, lines, openers)

    def _pattern(self, number: int) -> Pattern:
        pattern = self._patterns[number]
        if pattern is None:
            pattern = self._patterns[number] = compiled(self.rules[number])
        return pattern

    def _try_line(
        self, rule: Rule, number: int, block: int, text: str, shapes: Shapes, lines: dict[int, list[Rule]], openers: dict[int, Rule]
    ) -> None:
        if not fits(rule, text, block, shapes) or not self._pattern(number).search(text):
            return
        if rule.kind == "section":
            openers.setdefault(block, rule)
        else:
            lines.setdefault(block, []).append(rule)

    def _spans(
        self, document: Document, block: int, lowered: str, parts: list[tuple[int, int]], shapes: Shapes
    ) -> list[SpanHit]:
        """The spans that rules take from one block, outermost first at its ends."""
        start, end = document.blocks[block].start, document.blocks[block].end
        text = document.texts[block]
        candidates: list[tuple[int, int]] = []
        for literal, at in parts:
            for lead in self._span_leads[literal]:
                rule = self.rules[lead.number]
                near = rule.at == "anywhere" or (at <= start + _REACH if rule.at == "start" else at > end - _REACH)
                if near and _has_all(lowered, lead.also, max(start, at - _WINDOW), min(end, at + _WINDOW)) and fits(rule, text, block, shapes):
                    candidates.append((lead.number, at))
        if not candidates:
            return []
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


def _has_all(text: str, groups: tuple[tuple[str, ...], ...], start: int = 0, end: int | None = None) -> bool:
    """Whether one of each group of literals is in that part of the text."""
    for group in groups:
        for literal in group:
            if text.find(literal, start, end) >= 0:
                break
        else:
            return False
    return True


def _cheapest(*groups: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Those of the groups that are small enough to be worth a look."""
    return tuple(tuple(literal.strip(WORD) for literal in group) for group in map(tuple, groups) if len(group) <= _MOST_CHECKED)


def _is_sure(rule: Rule) -> bool:
    """Whether nothing that is found out later can make the rule step back."""
    return rule.position is None and rule.neighbour is None and rule.score >= _SURE


def strongest(rules: Sequence[Rule]) -> Rule:
    """The rule whose label and reason a line gets."""
    return min(rules, key=lambda rule: (-rule.score, _EXACTNESS[rule.kind]))


def lower(source: str) -> str:
    """The source in lower case, of the same length, so that offsets stay true."""
    lowered = source.lower()
    if len(lowered) == len(source):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in source)
