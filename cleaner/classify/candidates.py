"""Which rules the literals in a line, and its beginning, leave possible."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple, Protocol, TypeAlias

import ahocorasick_rs

from cleaner.classify.leads import Lead, SpanLead, cheapest, longest_lines_first, merged
from cleaner.classify.line_rules import fits
from cleaner.classify.span_candidates import PossibleSpans, possible_spans
from cleaner.load.frequency import WORD
from cleaner.load.literals import Clause
from cleaner.load.rules import EDGES, Rule

#: numbers of the rules on a whole line that are left possible, ascending, and those on parts of it; None: none at all
Possible: TypeAlias = tuple[Sequence[int], PossibleSpans | None] | None

#: rules are found by so many characters of what a line must begin with
_START = 6
#: what so many lines begin with is remembered
_MOST_STARTS = 16_384
_FAR = 1 << 60
_LEADING_SIGNS = re.compile(r"^[\W_]+")


class Candidates(Protocol):
    """The literals and beginnings that rules ask for, made ready."""

    def find(self, lows: list[str], texts: list[tuple[str, bool] | None], words: list[int], ends: list[bool]) -> list[Possible]:
        """The rules that are left possible for each of these lines.

        Parameters: `lows` are the lines as they stand in the source, in lower case; `texts` what a reader sees of each, in lower case, and
        whether signs stood inside its phrases, or None where that is the same; `words` how many words each has, and `ends` whether it
        ends like a sentence.
        """
        ...


def candidates(rules: Sequence[Rule], *, compiled: bool) -> Candidates:
    """The literals and beginnings that rules ask for, made ready; `compiled` says whether for the kernel."""
    if compiled:
        from cleaner.classify.packed_rules import packed

        return packed(rules)
    return _Candidates(rules)


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
    """A line to be looked at, and what the literals in it point to."""

    __slots__ = ("low", "to_line", "to_spans", "words")

    def __init__(self, low: str, words: int) -> None:
        self.low = low
        self.words = words
        #: by the leads' key
        self.to_line: dict[int, tuple[Lead, ...]] = {}
        #: with the offset of the literal's end
        self.to_spans: list[tuple[tuple[SpanLead, ...], int]] = []


class _Candidates:
    """The kernel's twin. Nothing in it changes but what it remembers, so it is safe to share between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        #: the first characters of lines -> numbers of the rules, with their clauses that ask for them
        self._by_start: defaultdict[str, list[tuple[int, Clause]]] = defaultdict(list)
        #: literal (between `WORD`s where it must be a whole word) -> rules to try on a line that holds it, or around it
        self._to_line: defaultdict[str, list[Lead]] = defaultdict(list)
        self._to_spans: defaultdict[str, list[SpanLead]] = defaultdict(list)
        keys = itertools.count()
        for number, rule in enumerate(rules):
            for clause in rule.clauses:
                self._add(next(keys), number, rule, clause)
        self._start_lengths = sorted({len(start) for start in self._by_start})
        self._merged: dict[str, list[Lead]] = {}
        #: the first characters of lines -> rules whose starts these begin with
        self._started_with: dict[str, tuple[Lead, ...]] = {}
        self._texts = sorted({literal.strip(WORD) for literal in (*self._to_line, *self._to_spans)})
        #: by the literals' numbers; None: not met yet
        self._literals: list[tuple[_Leads, ...] | None] = [None] * len(self._texts)
        self._automaton = ahocorasick_rs.AhoCorasick(self._texts, implementation=ahocorasick_rs.Implementation.ContiguousNFA)

    def _add(self, key: int, number: int, rule: Rule, clause: Clause) -> None:
        if rule.kind == "span":
            span_lead = SpanLead(key, rule.at, rule.reach, number, rule, cheapest(*clause.also), clause.ends)
            for literal in clause.trigger:
                self._to_spans[literal].append(span_lead)
        elif clause.starts:
            for start in {start[:_START] for start in clause.starts}:
                self._by_start[start].append((number, clause))
        else:
            lead = Lead(rule.max_words, number, (), cheapest(*clause.also))
            for literal in clause.trigger:
                self._to_line[literal].append(lead)

    def find(self, lows: list[str], texts: list[tuple[str, bool] | None], words: list[int], ends: list[bool]) -> list[Possible]:
        pieces = list(map(_Piece, lows, words))
        self._point(pieces)
        return [self._possible(*line) for line in zip(pieces, texts, ends, strict=True)]

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
                    piece.to_line[key] = line
                if is_near:
                    piece.to_spans.append((span, at - start))

    def _leads(self, number: int) -> tuple[_Leads, ...]:
        """What a literal points to. Of thousands few are ever met, so they are made ready one by one."""
        found: list[_Leads] = []
        for place, (before, behind) in enumerate(product(("", WORD), repeat=2)):
            literal = f"{before}{self._texts[number]}{behind}"
            to_line, to_spans = self._to_line.get(literal, ()), self._to_spans.get(literal, ())
            if to_line or to_spans:
                lines, key = tuple(merged(to_line)), 4 * number + place
                most_words = lines[0].most_words if lines else -1
                from_start = max((lead.reach if lead.at == "start" else _FAR for lead in to_spans if lead.at != "end"), default=-1)
                from_end = max((lead.reach for lead in to_spans if lead.at == "end"), default=-1)
                found.append(_Leads(key, bool(before), bool(behind), most_words, from_start, from_end, lines, tuple(to_spans)))
        leads = self._literals[number] = tuple(found)
        return leads

    def _possible(self, piece: _Piece, text: tuple[str, bool] | None, ends: bool) -> Possible:
        low = piece.low
        if text is not None:
            low, has_signs = text
            if has_signs:
                self._point_without_signs(piece, low)
        line = (low, piece.words, ends)
        numbers = [number for number in sorted(self._worth_trying(low, piece)) if fits(self._rules[number], *line)]
        spans = possible_spans(piece.low, line, piece.to_spans) if piece.to_spans else None
        return (numbers, spans) if numbers or spans else None

    def _point_without_signs(self, piece: _Piece, low: str) -> None:
        """Notes what is pointed to once Markdown's signs, which may stand inside a phrase, are out of the line."""
        for number, begin, at in self._automaton.find_matches_as_indexes(low, overlapping=True):
            for leads in self._literals[number] or self._leads(number):
                if (leads.at_word_start and low[max(0, begin - 1) : begin].isalnum()) or (leads.at_word_end and low[at : at + 1].isalnum()):
                    continue
                piece.to_line[leads.key] = leads.line

    def _worth_trying(self, low: str, piece: _Piece) -> set[int]:
        """Numbers of the rules that a line's beginning and the literals in it leave possible."""
        bare, words = low, piece.words
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
        for sequence in (started, *piece.to_line.values()):
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
        leads = self._started_with[first] = tuple(sorted(found, key=longest_lines_first)) if found else ()
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
