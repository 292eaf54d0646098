r"""Patterns of rules, compiled with RE2: no pattern, however it is written, takes more than linear time.

`re` took 12 s for `^(a+)+$` on 28 characters, and longer than anyone waited for one of this package's own drafts. RE2 knows ASCII
only in `\w`, `\d`, `\s` and `\b`: the first three are translated, and a `\b` beside a letter beyond ASCII is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import re2

#: bytes that RE2 may use for one pattern and what it remembers of texts: little, and more only for patterns that need it
_MEMORY = (16 << 20, 64 << 20)
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
#: letters, marks and digits by their blocks: RE2's exact classes (`\p{L}` has 600 ranges) make programs of tens of kilobytes each
_WORD = (
    r"0-9A-Za-z_\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{1fff}\x{2c00}-\x{2dff}\x{3040}-\x{a4cf}"
    r"\x{a640}-\x{d7ff}\x{f900}-\x{fdff}\x{fe70}-\x{fefc}\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ff66}-\x{ffdc}\x{20000}-\x{3ffff}"
)
_MEMBERS = {
    r"\w": _WORD,
    r"\d": r"0-9\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{ff10}-\x{ff19}",
    r"\s": r"\s\x{a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{3000}",
}
_NEGATED = {short.upper(): members for short, members in _MEMBERS.items()}
_OPENING_LETTER = re.compile(r"[(|:][^\x00-\x7f]")
_CLOSING_LETTER = re.compile(r"[^\x00-\x7f][)|]")


class Match(Protocol):
    """What a pattern found."""

    def start(self, group: int | str = 0, /) -> int: ...
    def end(self, group: int | str = 0, /) -> int: ...
    def groupdict(self) -> dict[str, str | None]: ...


class Pattern(Protocol):
    """A compiled pattern."""

    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


def compile_pattern(pattern: str, *, groups: bool = False) -> Pattern:
    """The pattern, letter case ignored; without its groups, which cost time, unless they are asked for.

    Raises `ValueError` with RE2's reason.
    """
    for memory in _MEMORY:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = memory
        options.never_capture = not groups
        try:
            compiled: Pattern = re2.compile(_for_re2(pattern), options)
        except re2.error as error:
            reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
            if "too large" not in reason:
                raise ValueError(f"RE2 cannot use the pattern ({reason}); it knows no look-around and no back references") from error
        else:
            return compiled
    raise ValueError("RE2 cannot use the pattern: it is too large; write shorter lists, or fewer counted repeats")


def _for_re2(pattern: str) -> str:
    return _TOKEN.sub(_translated, pattern)


def _translated(found: re.Match[str]) -> str:
    token = found[0]
    if token == r"\b":
        return "" if _beside_foreign_letter(found.string, found.start(), found.end()) else token
    if token in _MEMBERS:
        return f"[{_MEMBERS[token]}]"
    if token in _NEGATED:
        return f"[^{_NEGATED[token]}]"
    if token.startswith("["):
        for short, members in _MEMBERS.items():
            token = token.replace(short, members)
    return token


def _beside_foreign_letter(pattern: str, start: int, end: int) -> bool:
    """Whether what stands beside `\\b` may be a letter that RE2's `\\b` takes for none."""
    before, after = pattern[:start], pattern[end:]
    if before[-1:] > "\x7f" or after[:1] > "\x7f":
        return True
    if before.endswith((")", ")?")) and _CLOSING_LETTER.search(before[before.rfind("(") :]):
        return True
    closing = after.find(")")
    return after.startswith("(") and _OPENING_LETTER.search(after[: closing + 1] if closing > 0 else after) is not None
