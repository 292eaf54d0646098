"""All rules on a document: their literals are looked for all at once, and only what these point to is looked at."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from cleaner.classify.candidates import candidates
from cleaner.classify.line_rules import NO_HITS, LineHits, LineRules
from cleaner.classify.shape import Shapes
from cleaner.classify.span_rules import SpanHit, SpanRules
from cleaner.kernel import COMPILED
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


class RuleBook:
    """The rules for one language, made ready. Safe to share between threads.

    Parameters: `compiled` says whether the kernel looks for their literals.
    """

    def __init__(self, rules: Sequence[Rule], *, compiled: bool = COMPILED) -> None:
        self.rules = tuple(rules)
        #: the reasons of the user's own rules: what these call a line, it is called
        self.users = frozenset([f"rule:{rule.id}" for rule in self.rules if not rule.trusted])
        self._by_id = {rule.id: rule for rule in self.rules}
        self._with_groups: dict[str, Pattern] = {}
        self._line_rules = LineRules(self.rules, compiled=compiled)
        self._span_rules = SpanRules(self.rules)
        self._neighbour_rules: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.kind == "neighbour" and rule.neighbour is not None:
                for label in rule.neighbour.previous or rule.neighbour.next:
                    self._neighbour_rules.setdefault(label, []).append(rule)
        self._candidates = candidates(self.rules, compiled=compiled)
        self._remembered: dict[str, _BlockHits] = {}

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        lines: dict[int, tuple[Rule, ...]] = {}
        hints: dict[int, tuple[Rule, ...]] = {}
        openers: dict[int, Rule] = {}
        spans: list[SpanHit] = []
        for block, hits in enumerate(self._of_blocks(document, lowered, shapes)):
            if hits is _NOTHING:
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

    def _of_blocks(self, document: Document, lowered: str, shapes: Shapes) -> list[_BlockHits]:
        """What the rules find in each block, which depends on nothing but the block."""
        source, remembered = document.source, self._remembered
        found: list[_BlockHits] = []
        #: what blocks that were not seen before are remembered by -> those blocks
        fresh: dict[str, list[int]] = {}
        lows: list[str] = []
        texts: list[str] = []
        others: list[tuple[str, bool] | None] = []
        for block, (where, text) in enumerate(zip(document.blocks, document.texts, strict=True)):
            start, end = where.start, where.end
            raw = source[start:end]
            is_same = raw == text
            # All that a block's hits depend on.
            key = raw if is_same else f"{raw}\0{text}"
            known = remembered.get(key)
            if known is None:
                known = _NOTHING
                if key in fresh:
                    fresh[key].append(block)
                else:
                    fresh[key] = [block]
                    lows.append(lowered[start:end])
                    texts.append(text)
                    # What a reader sees of it is looked at only where it is not what stands in the source.
                    others.append(None if is_same else (text.lower(), any(sign in raw for sign in _INSIDE_PHRASES)))
            found.append(known)
        if not fresh:
            return found
        words, ends = [shapes.words[blocks[0]] for blocks in fresh.values()], [shapes.ends[blocks[0]] for blocks in fresh.values()]
        possible = self._candidates.find(lows, others, words, ends)
        if len(remembered) + len(fresh) > _MOST_REMEMBERED:
            remembered.clear()
        lines = self._line_rules.find_all(texts, words, ends, possible)
        for place, (key, blocks) in enumerate(fresh.items()):
            left, where = possible[place], document.blocks[blocks[0]]
            spans = self._span_rules.find(source[where.start : where.end], left[1]) if left is not None and left[1] is not None else ()
            hits = _BlockHits(lines.get(place, NO_HITS), spans) if spans or place in lines else _NOTHING
            if hits is not _NOTHING:
                for block in blocks:
                    found[block] = hits
            if where.end - where.start <= _LONGEST_REMEMBERED:
                remembered[key] = hits
        return found

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
