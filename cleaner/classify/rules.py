"""All rules on a document: their literals are looked for all at once, and only what these point to is looked at."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain, product
from typing import NamedTuple

import ahocorasick_rs
import msgspec

from cleaner.classify.line_rules import NO_HITS, Lead, LineHits, LineRules, merged
from cleaner.classify.shape import Shapes
from cleaner.classify.span_rules import SpanHit, SpanLead, SpanRules
from cleaner.kernel import COMPILED
from cleaner.load.literals import WORD
from cleaner.load.package import package_rules
from cleaner.load.patterns import Pattern
from cleaner.load.rules import Rule, compiled, select
from cleaner.values import Document

if COMPILED:
    from cleaner.kernel.text import lower as kernel_lower

#: where several rules take the same line, the more exact kind wins at the same score
_EXACTNESS = {"lines": 0, "words": 1, "line": 2, "neighbour": 3}

#: blocks whose hits are remembered, and their most characters: buttons, prompts and headings stand on every page of a site
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 2_048, 200
#: Markdown's signs that may stand inside a phrase: of links, of emphasis
_INSIDE_PHRASES = ("](", "**", "__")
_FAR = 1 << 60
#: languages for which the package's rules stay ready
_MOST_BOOKS = 32


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


class _BlockHits(msgspec.Struct, frozen=True, gc=False):
    """What the rules found in one block."""

    line: LineHits
    #: offsets in the block
    spans: tuple[SpanHit, ...]


_NOTHING = _BlockHits(NO_HITS, ())


class _Leads(NamedTuple):
    """The rules that a literal points to: those on lines, those on parts of them."""

    #: a number of their own
    key: int
    #: whether it does so only where a word begins with it, and where one ends with it
    at_word_start: bool
    at_word_end: bool
    #: no rule on a line of more words is among them
    most_words: int
    #: nor one on a part that ends further from a block's start, and from its end
    from_start: int
    from_end: int
    #: longest lines first
    line: tuple[Lead, ...]
    span: tuple[SpanLead, ...]


class _Piece:
    """A block to be looked at, and what the literals in it point to."""

    __slots__ = ("block", "low", "raw", "text", "to_line", "to_spans", "words")

    def __init__(self, block: int, raw: str, low: str, text: str, words: int) -> None:
        self.block = block
        self.raw = raw
        self.low = low
        #: what a reader sees of it
        self.text = text
        self.words = words
        #: by the leads' key
        self.to_line: dict[int, tuple[Lead, ...]] | None = None
        #: with the offset of the literal's end
        self.to_spans: list[tuple[tuple[SpanLead, ...], int]] | None = None


class RuleBook:
    """The rules for one language, made ready. Safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        #: the reasons of the user's own rules: what these call a line, it is called
        self.users = frozenset([f"rule:{rule.id}" for rule in self.rules if not rule.trusted])
        self._by_id = {rule.id: rule for rule in self.rules}
        self._with_groups: dict[str, Pattern] = {}
        self._line_rules = LineRules(self.rules)
        self._span_rules = SpanRules(self.rules)
        self._neighbour_rules: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.kind == "neighbour" and rule.neighbour is not None:
                for label in rule.neighbour.previous or rule.neighbour.next:
                    self._neighbour_rules.setdefault(label, []).append(rule)
        self._texts = sorted({literal.strip(WORD) for literal in (*self._line_rules.leads, *self._span_rules.leads)})
        #: by the literals' numbers; None: not met yet
        self._literals: list[tuple[_Leads, ...] | None] = [None] * len(self._texts)
        self._automaton = ahocorasick_rs.AhoCorasick(self._texts, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
        self._remembered: dict[str, _BlockHits] = {}

    def _leads(self, number: int) -> tuple[_Leads, ...]:
        """What a literal points to. Of thousands few are ever met, so they are made ready one by one."""
        found: list[_Leads] = []
        for place, (before, behind) in enumerate(product(("", WORD), repeat=2)):
            literal = f"{before}{self._texts[number]}{behind}"
            to_line, to_spans = self._line_rules.leads.get(literal, ()), self._span_rules.leads.get(literal, ())
            if to_line or to_spans:
                lines, key = tuple(merged(to_line)), 4 * number + place
                most_words = lines[0].most_words if lines else -1
                from_start = max((lead.reach if lead.at == "start" else _FAR for lead in to_spans if lead.at != "end"), default=-1)
                from_end = max((lead.reach for lead in to_spans if lead.at == "end"), default=-1)
                found.append(_Leads(key, bool(before), bool(behind), most_words, from_start, from_end, lines, tuple(to_spans)))
        leads = self._literals[number] = tuple(found)
        return leads

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, tuple[Rule, ...]] = {}
        hints: dict[int, tuple[Rule, ...]] = {}
        openers: dict[int, Rule] = {}
        spans: list[SpanHit] = []
        for block, hits in enumerate(self._of_blocks(document, lowered, shapes)):
            if hits is None or hits is _NOTHING:
                continue
            if hits.line.rules:
                lines[block] = hits.line.rules
            if hits.line.hints:
                hints[block] = hits.line.hints
            if hits.line.opener is not None:
                openers[block] = hits.line.opener
            if hits.spans:
                start = document.blocks[block].start
                spans += [SpanHit(start + hit.start, start + hit.end, hit.rule) for hit in hits.spans]
        spans.sort(key=lambda hit: hit.start)
        return Hits(lines, hints, openers, spans)

    def _of_blocks(self, document: Document, lowered: str, shapes: Shapes) -> list[_BlockHits | None]:
        """What the rules find in each block, which depends on nothing but the block."""
        source, remembered = document.source, self._remembered
        found: list[_BlockHits | None] = []
        fresh: list[_Piece] = []
        for where, text, words in zip(document.blocks, document.texts, shapes.words, strict=True):
            start, end = where.start, where.end
            raw = source[start:end]
            known = remembered.get(_key(raw, text)) if end - start <= _LONGEST_REMEMBERED else None
            if known is None:
                fresh.append(_Piece(len(found), raw, lowered[start:end], text, words))
            found.append(known)
        if not fresh:
            return found
        self._point(fresh)
        if len(remembered) + len(fresh) > _MOST_REMEMBERED:
            remembered.clear()
        for piece in fresh:
            hits = found[piece.block] = self._judge(piece, shapes.ends[piece.block])
            if len(piece.raw) <= _LONGEST_REMEMBERED:
                remembered[_key(piece.raw, piece.text)] = hits
        return found

    def _point(self, pieces: Sequence[_Piece]) -> None:
        """Looks for all literals in the pieces, and notes what those found point to."""
        # A paragraph may lie over several lines, a phrase that is looked for lies on one.
        joined = "\n".join([piece.low.replace("\n", " ") for piece in pieces])
        rest, literals = iter(pieces), self._literals
        start, end = 0, -1
        for number, begin, at in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            while at > end:
                piece = next(rest)
                start, end = end + 1, end + 1 + len(piece.low)
            for key, at_word_start, at_word_end, most_words, from_start, from_end, line, span in literals[number] or self._leads(number):
                is_short = piece.words <= most_words
                is_near = at - start <= from_start or end - at < from_end
                if not (is_short or is_near):
                    continue
                if (at_word_start and joined[begin - 1 : begin].isalnum()) or (at_word_end and joined[at : at + 1].isalnum()):
                    continue
                if is_short:
                    if piece.to_line is None:
                        piece.to_line = {}
                    piece.to_line[key] = line
                if is_near:
                    if piece.to_spans is None:
                        piece.to_spans = []
                    piece.to_spans.append((span, at - start))

    def _judge(self, piece: _Piece, ends: bool) -> _BlockHits:
        low = piece.low
        if piece.text != piece.raw:
            low = piece.text.lower()
            if any(sign in piece.raw for sign in _INSIDE_PHRASES):
                self._point_without_signs(piece, low)
        line = self._line_rules.find(piece.text, low, piece.words, ends, piece.to_line.values() if piece.to_line else ())
        if piece.to_spans:
            spans = self._span_rules.find(piece.raw, piece.low, (piece.text, piece.words, ends), piece.to_spans)
            if spans:
                return _BlockHits(line, spans)
        return _BlockHits(line, ()) if line is not NO_HITS else _NOTHING

    def _point_without_signs(self, piece: _Piece, low: str) -> None:
        """Notes what is pointed to once Markdown's signs, which may stand inside a phrase, are out of the line."""
        found = dict(piece.to_line or ())
        for number, _, _ in self._automaton.find_matches_as_indexes(low, overlapping=True):
            found.update((leads.key, leads.line) for leads in self._literals[number] or self._leads(number))
        piece.to_line = found

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


def book_of(rules: Sequence[Rule], language: str | None) -> RuleBook:
    """The rules for a language, made ready: where they are the package's own, once in a process, and cleaners share them."""
    return _package_book(language) if rules is package_rules() else RuleBook(select(rules, language))


@functools.lru_cache(maxsize=_MOST_BOOKS)
def _package_book(language: str | None) -> RuleBook:
    return RuleBook(select(package_rules(), language))


def _key(raw: str, text: str) -> str:
    """What a block is remembered by: all that its hits depend on."""
    return raw if raw == text else f"{raw}\0{text}"


def strongest(rules: Sequence[Rule]) -> Rule:
    """The rule whose label and reason a line gets."""
    return rules[0] if len(rules) == 1 else min(rules, key=lambda rule: (-rule.score, _EXACTNESS[rule.kind]))


def lower(source: str) -> str:
    """The source in lower case, of the same length, so that offsets stay true."""
    return (kernel_lower(source) if COMPILED else None) or plain_lower(source)


def plain_lower(source: str) -> str:
    """`lower`, in Python."""
    lowered = source.replace("İ", "i").lower()
    if len(lowered) == len(source):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in source)
