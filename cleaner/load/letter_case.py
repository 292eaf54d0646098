"""Letter case as RE2 ignores it: signs that are one sign to it, `k`, `K` and the Kelvin sign for instance."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

#: blocks with letters that have a case, beyond ASCII
_CASED = (
    (0x80, 0x587), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x1D70, 0x1D9F), (0x1E00, 0x1FFF), (0x2126, 0x2188),
    (0x24B0, 0x24EF), (0x2C00, 0x2D2F), (0xA640, 0xA7FF), (0xAB30, 0xABBF), (0xFF20, 0xFF5F), (0x10400, 0x10CFF), (0x118A0, 0x118FF),
    (0x16E40, 0x16E7F), (0x1E900, 0x1E95F),
)  # fmt: skip
#: of these letters another is beyond ASCII
_FOREIGN = {"k": "\u212a", "s": "\u017f"}
#: ranges of so few signs are asked sign by sign
_FEW = 64

Ranges = tuple[tuple[int, int], ...]


def same_letters(sign: int) -> tuple[int, ...]:
    """The code points that are one letter with this one, itself among them."""
    if sign < 0x80:
        small = chr(sign).lower()
        if not small.isalpha():
            return (sign,)
        return (ord(small), ord(small.upper()), *map(ord, _FOREIGN.get(small, "")))
    return _letters().get(sign, (sign,))


@functools.cache
def _letters() -> dict[int, tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for sign in (*range(0x41, 0x5B), *range(0x61, 0x7B), *(sign for low, high in _CASED for sign in range(low, high + 1))):
        groups.setdefault(_folded(sign), []).append(sign)
    return {sign: tuple(group) for group in groups.values() if len(group) > 1 for sign in group}


def _folded(sign: int) -> int:
    """The sign's simple case folding: `casefold` where that is one sign, its small letter where that is one."""
    letter = chr(sign)
    for small in (letter.casefold(), letter.lower()):
        if len(small) == 1:
            return ord(small)
    return sign


def with_both_cases(ranges: Sequence[tuple[int, int]]) -> Ranges:
    """The ranges, and all signs that are one letter with one of theirs."""
    return joined((*ranges, *((other, other) for sign in _cased(ranges) for other in same_letters(sign))))


def _cased(ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
    for low, high in ranges:
        if high < 0x80 or high - low < _FEW:
            yield from range(low, high + 1)
        else:
            yield from (sign for sign in _letters() if low <= sign <= high)


def joined(ranges: Sequence[tuple[int, int]]) -> Ranges:
    """The ranges in their order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)
