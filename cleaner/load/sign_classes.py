"""Classes of signs in patterns, as RE2 reads them once `patterns` translated them."""

from __future__ import annotations

import functools
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.load.letter_case import Ranges, joined, same_letters, with_both_cases

LAST = 0x10FFFF
ANY: Ranges = ((0, 9), (11, LAST))


def others(ranges: Ranges) -> Ranges:
    """All signs that are in none of the ranges, which are in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for low, high in ranges:
        if at < low:
            found.append((at, low - 1))
        at = high + 1
    if at <= LAST:
        found.append((at, LAST))
    return tuple(found)


@functools.lru_cache(maxsize=4096)
def class_of_token(token: str, *, ignores_case: bool) -> Ranges:
    """The signs of a class such as `[a-z]`; its shorthands must have been written out.

    Raises `re.error` where it is none, `OverflowError` where it has what RE2 may read otherwise.
    """
    parsed = list(parser.parse(token))
    if len(parsed) != 1:
        raise OverflowError
    code, argument = parsed[0]
    if code is codes.LITERAL:
        members, is_negated = [(codes.LITERAL, argument)], False
    elif code is codes.NOT_LITERAL:
        members, is_negated = [(codes.LITERAL, argument)], True
    elif code is codes.IN:
        members, is_negated = list(argument), False
        if members[0][0] is codes.NEGATE:
            members, is_negated = members[1:], True
    else:
        raise OverflowError
    ranges = joined([_range(kind, value) for kind, value in members])
    if ignores_case:
        ranges = with_both_cases(ranges)
    return others(ranges) if is_negated else ranges


def _range(kind: Any, value: Any) -> tuple[int, int]:
    if kind is codes.LITERAL:
        return value, value
    if kind is codes.RANGE:
        low, high = value
        return low, high
    raise OverflowError


@functools.lru_cache(maxsize=4096)
def class_of_sign(sign: int, *, ignores_case: bool) -> Ranges:
    """One sign, in either case where that is ignored."""
    return joined([(other, other) for other in (same_letters(sign) if ignores_case else (sign,))])
