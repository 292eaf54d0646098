"""All rules on a document: their literals are looked for all at once, and only what these point to is looked at."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from cleaner.classify.candidates import Candidates, Possible, candidates
from cleaner.classify.line_rules import LineRules
from cleaner.classify.packed_lines import INSIDE_PHRASES, block_rules
from cleaner.classify.shape import Shapes
from cleaner.classify.span_rules import SpanHit, SpanRules
from cleaner.kernel import COMPILED
from cleaner.load.package import package_rules
from cleaner.load.rules import AUTHOR_GROUP, Rule, author_finder, select
from cleaner.values import Document

if COMPILED:
    from cleaner.kernel.text import lower as kernel_lower
if TYPE_CHECKING:
    from cleaner.kernel.rule_facts import RuleFacts

#: where several rules take the same line, the more exact kind wins at the same score
EXACTNESS = {"lines": 0, "words": 1, "line": 2, "neighbour": 3}

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


#: the fields of `Hits`
_Found: TypeAlias = tuple[dict[int, tuple[Rule, ...]], dict[int, tuple[Rule, ...]], dict[int, Rule], list[SpanHit]]


class RuleBook:
    """The rules for one language, made ready. Safe to share between threads.

    Parameters: `compiled` says whether the kernel looks for them.
    """

    def __init__(self, rules: Sequence[Rule], *, compiled: bool = COMPILED) -> None:
        self.rules = tuple(rules)
        #: the reasons of the user's own rules: what these call a line, it is called
        self.users = frozenset([f"rule:{rule.id}" for rule in self.rules if not rule.trusted])
        self._by_id = {rule.id: rule for rule in self.rules}
        #: rule -> what finds the author in a byline
        self._authors: dict[str, Callable[[str], str | None]] = {}
        self._line_rules = LineRules(self.rules)
        self._span_rules = SpanRules(self.rules)
        self._neighbour_rules: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.kind == "neighbour" and rule.neighbour is not None:
                for label in rule.neighbour.previous or rule.neighbour.next:
                    self._neighbour_rules.setdefault(label, []).append(rule)
        self._kernel = block_rules(self.rules, self._line_rules, self._span_rules) if compiled else None
        self._plain_candidates: Candidates | None = None

    def find(self, document: Document, lowered: str, shapes: Shapes) -> Hits:
        """What the rules find in a document; `lowered` is its source in lower case, of the same length."""
        if self._kernel is not None:
            found = self._kernel.find(document.source, lowered, document.blocks, document.texts, shapes.words, shapes.ends)
        else:
            found = self._plain_find(document, lowered, shapes)
        found[3].sort(key=lambda hit: hit.start)
        return Hits(*found)

    def _plain_find(self, document: Document, lowered: str, shapes: Shapes) -> _Found:
        """The kernel's twin."""
        source, possible = document.source, self._possible(document, lowered, shapes)
        found: _Found = ({}, {}, {}, [])
        for block, (where, text, left) in enumerate(zip(document.blocks, document.texts, possible, strict=True)):
            numbers, parts = left or ((), None)
            line = self._line_rules.find(text, shapes.words[block], shapes.ends[block], numbers)
            if line.rules:
                found[0][block] = line.rules
            if line.hints:
                found[1][block] = line.hints
            if line.opener is not None:
                found[2][block] = line.opener
            for hit in self._span_rules.find(source[where.start : where.end], parts) if parts is not None else ():
                found[3].append(SpanHit(where.start + hit.start, where.start + hit.end, hit.rule))
        return found

    def _possible(self, document: Document, lowered: str, shapes: Shapes) -> Sequence[Possible]:
        """The rules that each block's literals leave possible."""
        lows: list[str] = []
        others: list[tuple[str, bool] | None] = []
        for where, text in zip(document.blocks, document.texts, strict=True):
            raw = document.source[where.start : where.end]
            lows.append(lowered[where.start : where.end])
            # What a reader sees of it is looked at only where it is not what stands in the source.
            others.append(None if raw == text else (text.lower(), any(sign in raw for sign in INSIDE_PHRASES)))
        return self._candidates().find(lows, others, shapes.words, shapes.ends)

    def _candidates(self) -> Candidates:
        found = self._plain_candidates
        if found is None:
            found = self._plain_candidates = candidates(self.rules, compiled=False)
        return found

    @functools.cached_property
    def facts(self) -> RuleFacts | None:
        """What the kernel asks for of these rules when it names lines; None where it cannot number their labels."""
        from cleaner.classify.label_facts import facts_of

        return facts_of(self.rules)

    def author(self, rule_id: str, text: str) -> str | None:
        """What a rule's pattern calls the author in a text; None where it calls nothing so."""
        find = self._authors.get(rule_id)
        if find is None:
            rule = self._by_id.get(rule_id)
            if rule is None or AUTHOR_GROUP not in (rule.pattern or ""):
                return None
            find = self._authors[rule_id] = author_finder(rule)
        return find(text)

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
    return rules[0] if len(rules) == 1 else min(rules, key=lambda rule: (-rule.score, EXACTNESS[rule.kind]))


def lower(source: str) -> str:
    """The source in lower case, of the same length, so that offsets stay true."""
    return (kernel_lower(source) if COMPILED else None) or plain_lower(source)


def plain_lower(source: str) -> str:
    """`lower`, in Python."""
    lowered = source.replace("İ", "i").lower()
    if len(lowered) == len(source):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in source)
