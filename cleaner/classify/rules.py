"""All rules on a document: their literals are looked for all at once, and only what these point to is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import ahocorasick_rs
import msgspec

from cleaner.classify.line_rules import NO_HITS, Lead, LineRules
from cleaner.classify.shape import Shapes
from cleaner.classify.span_rules import SpanHit, SpanRules
from cleaner.load.literals import WORD
from cleaner.load.patterns import Pattern
from cleaner.load.rules import Rule, compiled
from cleaner.values import Document

#: where several rules take the same line, the more exact kind wins at the same score
_EXACTNESS = {"lines": 0, "words": 1, "line": 2, "neighbour": 3}


class Hits(msgspec.Struct, frozen=True):
    """What the rules found, before position and neighbours are looked at."""

    #: block -> rules that would take the whole line
    lines: dict[int, tuple[Rule, ...]]
    #: block -> rules too weak to take the line, which name it where something else does
    hints: dict[int, tuple[Rule, ...]]
    #: block -> rule whose section it opens
    openers: dict[int, Rule]
    #: sorted, without overlap
    spans: list[SpanHit]


class _Literal(msgspec.Struct, frozen=True, gc=False):
    """What a literal points to, and what it points to only as a whole word."""

    line: tuple[Lead, ...]
    span: tuple[Lead, ...]
    line_as_word: tuple[Lead, ...]
    span_as_word: tuple[Lead, ...]


class RuleBook:
    """The rules for one language, made ready. Safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._with_groups: dict[str, Pattern] = {}
        self._line_rules = LineRules(self.rules)
        self._span_rules = SpanRules(self.rules)
        self._neighbour_rules: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.kind == "neighbour" and rule.neighbour is not None:
                for label in rule.neighbour.previous or rule.neighbour.next:
                    self._neighbour_rules.setdefault(label, []).append(rule)
        texts = sorted({literal.strip(WORD) for literal in (*self._line_rules.leads, *self._span_rules.leads)})
        self._literals = [
            _Literal(
                *(
                    tuple(leads.get(key, ()))
                    for key in (text, f"{WORD}{text}{WORD}")
                    for leads in (self._line_rules.leads, self._span_rules.leads)
                )
            )
            for text in texts
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(texts) if texts else None

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, tuple[Rule, ...]] = {}
        hints: dict[int, tuple[Rule, ...]] = {}
        openers: dict[int, Rule] = {}
        spans: list[SpanHit] = []
        line_leads, span_leads = self._leads(document, lowered, shapes.words)
        most_words, find_line = self._line_rules.most_words, self._line_rules.find
        for block, (text, words, ends) in enumerate(zip(document.texts, shapes.words, shapes.ends, strict=True)):
            if words > most_words:
                continue
            hits = find_line(text, words, ends, line_leads.get(block, ()))
            if hits is not NO_HITS:
                if hits.rules:
                    lines[block] = hits.rules
                if hits.hints:
                    hints[block] = hits.hints
                if hits.opener is not None:
                    openers[block] = hits.opener
        for block, leads in span_leads.items():
            where = document.blocks[block]
            line = (document.texts[block], shapes.words[block], shapes.ends[block])
            spans += self._span_rules.find(document.source, lowered, (where.start, where.end), line, leads)
        spans.sort(key=lambda hit: hit.start)
        return Hits(lines, hints, openers, spans)

    def _leads(
        self, document: Document, lowered: str, words: Sequence[int]
    ) -> tuple[dict[int, list[tuple[Lead, ...]]], dict[int, list[tuple[tuple[Lead, ...], int]]]]:
        """By block: the leads of the literals in it to whole lines, and to parts of lines with the offset of each literal's end."""
        to_lines: dict[int, list[tuple[Lead, ...]]] = {}
        to_spans: dict[int, list[tuple[tuple[Lead, ...], int]]] = {}
        if self._automaton is None:
            return to_lines, to_spans
        blocks, literals, last = document.blocks, self._literals, len(document.blocks) - 1
        block, start, end = -1, 0, 0
        # A paragraph may lie over several lines, a phrase that is looked for lies on one.
        for number, begin, at in self._automaton.find_matches_as_indexes(lowered.replace("\n", " "), overlapping=True):
            while at > end and block < last:
                block += 1
                start, end = blocks[block].start, blocks[block].end
            if not start <= begin < at <= end:
                continue
            literal = literals[number]
            if literal.line and words[block] <= literal.line[0].most_words:
                to_lines.setdefault(block, []).append(literal.line)
            if literal.span:
                to_spans.setdefault(block, []).append((literal.span, at))
            if (literal.line_as_word or literal.span_as_word) and not (
                lowered[begin - 1 : begin].isalnum() or lowered[at : at + 1].isalnum()
            ):
                if literal.line_as_word and words[block] <= literal.line_as_word[0].most_words:
                    to_lines.setdefault(block, []).append(literal.line_as_word)
                if literal.span_as_word:
                    to_spans.setdefault(block, []).append((literal.span_as_word, at))
        if "](" in lowered:
            self._add_linked(document, words, to_lines)
        return to_lines, to_spans

    def _add_linked(self, document: Document, words: Sequence[int], to_lines: dict[int, list[tuple[Lead, ...]]]) -> None:
        """Adds what is found in a line once Markdown's links are out of it."""
        assert self._automaton is not None
        for block, (where, text) in enumerate(zip(document.blocks, document.texts, strict=True)):
            if len(text) == where.end - where.start or words[block] > self._line_rules.most_words:
                continue
            for number in {match[0] for match in self._automaton.find_matches_as_indexes(text.lower(), overlapping=True)}:
                literal = self._literals[number]
                to_lines.setdefault(block, []).extend(leads for leads in (literal.line, literal.line_as_word) if leads)

    def groups(self, rule_id: str, text: str) -> dict[str, str | None]:
        """The named groups that a rule's pattern finds in a text; empty where it has none."""
        rule = self._by_id.get(rule_id)
        if rule is None or "(?P<" not in (rule.pattern or ""):
            return {}
        pattern = self._with_groups.get(rule_id)
        if pattern is None:
            pattern = self._with_groups[rule_id] = compiled(rule, groups=True)
        match = pattern.search(text)
        return match.groupdict() if match else {}

    def neighbour_rules(self, previous: str, following: str) -> Iterable[Rule]:
        """Rules without words of their own that may take a line between two lines of these labels."""
        return chain(self._neighbour_rules.get(previous, ()), self._neighbour_rules.get(following, ()))


def strongest(rules: Sequence[Rule]) -> Rule:
    """The rule whose label and reason a line gets."""
    return min(rules, key=lambda rule: (-rule.score, _EXACTNESS[rule.kind]))


def lower(source: str) -> str:
    """The source in lower case, of the same length, so that offsets stay true."""
    lowered = source.lower()
    if len(lowered) == len(source):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in source)
