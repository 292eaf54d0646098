"""Which rules on parts of lines the literals in a line leave possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.classify.leads import SpanLead, has_all
from cleaner.classify.line_rules import fits
from cleaner.load.rules import EDGES


class PossibleSpans(NamedTuple):
    """Numbers of the rules on parts of a line that are left possible, ascending."""

    at_start: list[int]
    #: of those at a line's end: the ones that this line's end leaves possible, and, if there are any, all
    at_end: list[int]
    at_any_end: list[int]
    #: in the order in which they are tried, each with the offset of the literal's end
    anywhere: list[tuple[int, int]]


def possible_spans(low: str, line: tuple[str, int, bool], leads: Iterable[tuple[Sequence[SpanLead], int]]) -> PossibleSpans | None:
    """The rules on parts of a line that the line, and what stands around the literals, leave possible.

    Parameters: `low` is the line as it stands in the source, `line` what a reader sees of it, both in lower case, with its words, and
    whether it ends like a sentence; `leads` are those of the literals found in it, with the offset of each one's end.
    """
    near_start: list[tuple[SpanLead, int]] = []
    near_end: list[tuple[SpanLead, int]] = []
    anywhere: list[tuple[SpanLead, int]] = []
    for sequence, at in leads:
        for lead in sequence:
            where = lead.at
            if where == "end":
                if at > len(low) - lead.reach:
                    near_end.append((lead, at))
            elif where == "start":
                if at <= lead.reach:
                    near_start.append((lead, at))
            else:
                anywhere.append((lead, at))
    possible = _Possible(low, line)
    at_start = possible.numbers(near_start) if near_start else []
    # What ends like none of them has no second one at its end either.
    ending = _that_end(near_end, low) if near_end else ()
    at_end = possible.numbers(ending) if ending else []
    at_any_end = possible.numbers(near_end) if at_end else []
    elsewhere = [(lead.number, at) for lead, at in anywhere if possible.is_worth_trying(lead, at)]
    return PossibleSpans(at_start, at_end, at_any_end, elsewhere) if at_start or at_end or elsewhere else None


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
