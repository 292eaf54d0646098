r"""Patterns as RE2 is to read them: it knows ASCII only in `\w`, `\d`, `\s` and `\b`.

The first three are translated, and a `\b` beside a letter beyond ASCII is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
#: letters, marks and digits by their blocks: RE2's exact classes (`\p{L}` has 600 ranges) make programs of tens of kilobytes each
_WORD = (
    (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6),
    (0xF8, 0x1FFF), (0x2C00, 0x2DFF), (0x3040, 0xD7FF), (0xF900, 0xFDFF), (0xFE70, 0xFEFC), (0xFF10, 0xFF19), (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A), (0xFF66, 0xFFDC), (0x20000, 0x3FFFF),
)  # fmt: skip
_DIGIT = ((0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9), (0x966, 0x96F), (0xFF10, 0xFF19))
_SPACE = ((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x3000, 0x3000))


def _members(ranges: Iterable[tuple[int, int]]) -> str:
    """The inside of a class that holds these code points."""
    return "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in ranges)


def _others(ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges of all other code points."""
    at = 0
    for low, high in ranges:
        if at < low:
            yield at, low - 1
        at = high + 1
    yield at, 0x10FFFF


MEMBERS = {
    **{short: _members(ranges) for short, ranges in ((r"\w", _WORD), (r"\d", _DIGIT), (r"\s", _SPACE))},
    **{short: _members(_others(ranges)) for short, ranges in ((r"\W", _WORD), (r"\D", _DIGIT), (r"\S", _SPACE))},
}
_ESCAPE = re.compile(r"\\.")
_LETTER = re.compile(r"[^\W\d_]")
_OPENING_LETTER = re.compile(r"[(|:][^\x00-\x7f]")
_CLOSING_LETTER = re.compile(r"[^\x00-\x7f][)|]")


def for_re2(pattern: str) -> str:
    """The pattern as RE2 is to read it."""
    return TOKEN.sub(_translated, pattern)


def _translated(found: re.Match[str]) -> str:
    token = found[0]
    if token == r"\b":  # nosec B105
        return "" if beside_foreign_letter(found.string, found.start(), found.end()) else token
    if token in MEMBERS:
        return f"(?-i:[{MEMBERS[token]}])"
    if token.startswith("["):
        token, ignores_case = translated_class(token)
        return token if ignores_case else f"(?-i:{token})"
    return token


def translated_class(token: str) -> tuple[str, bool]:
    """A class with its shorthands written out, and whether letter case is ignored in it."""
    has_letters = _LETTER.search(_ESCAPE.sub("", token)) is not None
    for short, members in MEMBERS.items():
        token = token.replace(short, members)
    return token, has_letters


def beside_foreign_letter(pattern: str, start: int, end: int) -> bool:
    """Whether what stands beside `\\b` may be a letter that RE2's `\\b` takes for none."""
    before, after = pattern[:start], pattern[end:]
    if before[-1:] > "\x7f" or after[:1] > "\x7f":
        return True
    if before.endswith((")", ")?")) and _CLOSING_LETTER.search(before[before.rfind("(") :]):
        return True
    closing = after.find(")")
    return after.startswith("(") and _OPENING_LETTER.search(after[: closing + 1] if closing > 0 else after) is not None
