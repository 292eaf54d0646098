"""What literals, and lines' beginnings, point to: rules, and what else these ask of a line."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.load.frequency import WORD
from cleaner.load.rules import At, Rule

#: more literals than this cost more to look for in a line than they save
_MOST_CHECKED = 400
#: groups of literals of which the plain text is kept: the same are in the rules of many languages
_MOST_GROUPS = 16_384


class Lead(NamedTuple):
    """A rule that a literal, or a line's beginning, points to."""

    most_words: int
    number: int
    #: of those found by a line's beginning: it must go on as one of these does, if there are any
    starts: tuple[str, ...]
    #: the line must hold a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]


class SpanLead(NamedTuple):
    """A rule on a part of a line that a literal points to."""

    #: one for all literals of a clause
    key: int
    at: At
    reach: int
    number: int
    rule: Rule
    #: near it there must be a literal of each of these sets as well
    also: tuple[tuple[str, ...], ...]
    #: the text must end with one of these, if there are any, signs and white space aside
    ends: tuple[str, ...]


def has_all(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of each group of literals is in the text."""
    for group in groups:
        for literal in group:
            if literal in text:
                break
        else:
            return False
    return True


def cheapest(*groups: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Those of the groups of literals that are small enough to be worth a look, as plain text."""
    return tuple(_plain(group) for group in groups if len(group) <= _MOST_CHECKED)


@functools.lru_cache(maxsize=_MOST_GROUPS)
def _plain(group: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(literal.strip(WORD) for literal in group)


def merged(leads: Sequence[Lead]) -> list[Lead]:
    """The leads, with those to one rule that differ in one set of literals made one; longest lines first."""
    if len({lead.number for lead in leads}) == len(leads):
        return sorted(leads, key=longest_lines_first)
    for place in (0, -1):
        sets: dict[tuple[int, Lead], dict[str, None]] = {}
        for lead in leads:
            rest = lead.also[1:] if place == 0 else lead.also[:-1]
            alike = sets.setdefault((len(lead.also), lead._replace(also=rest)), {})
            alike.update(dict.fromkeys(lead.also[place] if lead.also else ()))
        leads = [
            lead._replace(also=(tuple(union), *lead.also) if place == 0 else (*lead.also, tuple(union))) if count else lead
            for (count, lead), union in sets.items()
        ]
    return sorted(leads, key=longest_lines_first)


def longest_lines_first(lead: Lead) -> tuple[int, int, int]:
    """The order in which leads are looked at, so that the rest can be left out once a line is too long."""
    return (-lead.most_words, lead.number, len(lead.also))
