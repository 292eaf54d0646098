"""Rules on blocks: all literals at once, whole lines by a look-up, patterns only where one of their literals stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

import ahocorasick_rs
import msgspec

from cleaner.classify.shape import Shapes, has_digit
from cleaner.load.patterns import Match, Pattern, compile_pattern
from cleaner.load.rules import MOST_WORDS_WITHOUT_LITERAL, Rule, compiled, normalise
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
_LEADING_SIGNS = re.compile(r"[\W_]*")
_WORD = re.compile(r"[^\W_]+")


class SpanHit(msgspec.Struct, frozen=True, gc=False):
    """A part of a block that a span rule takes."""

    start: int
    end: int
    rule: Rule


class _Lead(msgspec.Struct, frozen=True, gc=False):
    """A rule that a literal points to."""

    number: int
    #: the line must hold a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]
    #: the line must begin with one of these, if there are any, signs and white space aside
    starts: tuple[str, ...]
    most_words: int


class _Leads(msgspec.Struct, frozen=True):
    """The rules that one literal points to, by where they look."""

    line: tuple[_Lead, ...]
    start: tuple[_Lead, ...]
    end: tuple[_Lead, ...]
    anywhere: tuple[_Lead, ...]
    #: no rule in `line` takes a longer line
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
        leads: dict[str, list[_Lead]] = {}
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
                    lead = _Lead(number, clause.also, clause.starts, rule.max_words)
                    for literal in clause.trigger:
                        leads.setdefault(literal, []).append(lead)
            else:
                self._digit_rules.append(number)
        self._leads = [self._sorted_leads(found) for found in leads.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(leads)) if leads else None
        self._patterns: list[Pattern | None] = [None] * len(self.rules)

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, list[Rule]] = {}
        openers: dict[int, Rule] = {}
        self._find_phrases(document.texts, shapes, lines, openers)
        whole, parts = self._candidates(document, lowered, shapes)
        for block, found in whole.items():
            self._try_lines(found, block, document, lowered, shapes, lines, openers)
        spans: list[SpanHit] = []
        for block, candidates in parts.items():
            spans.extend(self._spans(document, block, candidates, shapes))
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
            if "0" in key and shapes.words[block] <= MOST_WORDS_WITHOUT_LITERAL and self._may_be_digit_line(text):
                for number in self._digit_rules:
                    if any(map(_is_sure, lines.get(block, ()))):
                        break
                    self._try_line(self.rules[number], number, block, text, shapes, lines, openers)

    def _sorted_leads(self, leads: Sequence[_Lead]) -> _Leads:
        def of_spans(at: str) -> tuple[_Lead, ...]:
            return tuple(lead for lead in leads if self.rules[lead.number].kind == "span" and self.rules[lead.number].at == at)

        line = tuple(lead for lead in leads if self.rules[lead.number].kind != "span")
        most_words = max((lead.most_words for lead in line), default=0)
        return _Leads(line, of_spans("start"), of_spans("end"), of_spans("anywhere"), most_words)

    def _may_be_digit_line(self, text: str) -> bool:
        """Whether any of the rules that have no literal can match: all their patterns in one."""
        if self._digit_gate is None and self._digit_rules:
            self._digit_gate = compile_pattern("|".join(f"(?:{expand(self.rules[number].pattern or '')})" for number in self._digit_rules))
        return self._digit_gate is not None and self._digit_gate.search(text) is not None

    def _candidates(
        self, document: Document, lowered: str, shapes: Shapes
    ) -> tuple[dict[int, set[int]], dict[int, list[tuple[_Lead, int]]]]:
        """By block: the literals found that point to rules for whole lines, and (lead, offset) of those for parts of a line."""
        whole: dict[int, set[int]] = {}
        parts: dict[int, list[tuple[_Lead, int]]] = {}
        if self._automaton is None:
            return whole, parts
        blocks, words = document.blocks, shapes.words
        leads = self._leads
        block, start, end = -1, 0, 0
        for literal, _, at in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            while at > end and block + 1 < len(blocks):
                block += 1
                start, end = blocks[block].start, blocks[block].end
            if not start < at <= end:
                continue
            found = leads[literal]
            if words[block] <= found.most_words and end - start <= _LONGEST_LINE:
                if block in whole:
                    whole[block].add(literal)
                else:
                    whole[block] = {literal}
            if found.start and at <= start + _REACH:
                parts.setdefault(block, []).extend([(lead, at) for lead in found.start])
            if found.end and at > end - _REACH:
                parts.setdefault(block, []).extend([(lead, at) for lead in found.end])
            if found.anywhere:
                parts.setdefault(block, []).extend([(lead, at) for lead in found.anywhere])
        return whole, parts

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
        known = any(_is_sure(rule) for rule in lines.get(block, ()))
        text = lowered[document.blocks[block].start : document.blocks[block].end]
        words = shapes.words[block]
        bare = text[_LEADING_SIGNS.match(text).end() :]  # type: ignore[union-attr]
        worth: set[int] = set()
        for literal in literals:
            for lead in self._leads[literal].line:
                if words > lead.most_words or lead.number in worth or (lead.starts and not bare.startswith(lead.starts)):
                    continue
                if not lead.also or _has_all(text, lead.also):
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

    def _spans(self, document: Document, block: int, candidates: list[tuple[_Lead, int]], shapes: Shapes) -> list[SpanHit]:
        """The spans that rules take from one block, outermost first at its ends."""
        start, end = document.blocks[block].start, document.blocks[block].end
        found: list[SpanHit] = []
        text = document.texts[block]
        lower_text = text.lower()
        numbers = [
            number
            for number in sorted({lead.number for lead, _ in candidates if _has_all(lower_text, lead.also)})
            if fits(self.rules[number], text, block, shapes)
        ]
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
        for lead, at in candidates:
            number, rule = lead.number, self.rules[lead.number]
            if rule.at != "anywhere" or number not in numbers or (number, at // _WINDOW) in tried:
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


def _has_all(text: str, sets: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the text holds a literal of each set."""
    for literals in sets:
        for literal in literals:
            if literal in text:
                break
        else:
            return False
    return True


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
