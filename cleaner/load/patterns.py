"""Patterns of rules, compiled: `re` for those of the package, RE2 for those of users.

The package's own patterns are proofread, tested to be valid RE2 and run on short lines only; `re` is two to five times faster
there, because RE2's Python interface encodes each text anew. Users' patterns run in RE2: no pattern can take more than linear
time (`re` took 12 s for `^(a+)+$` on 28 characters).
"""

from __future__ import annotations

import re
from typing import Any, Protocol

import re2

_ESCAPE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_CLASSES = {r"\w": r"\p{L}\p{M}\p{N}_", r"\d": r"\p{Nd}", r"\s": r"\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}"}
_NEGATED = {r"\W": _CLASSES[r"\w"], r"\D": _CLASSES[r"\d"], r"\S": _CLASSES[r"\s"]}


class Match(Protocol):
    """What a pattern found."""

    def start(self) -> int: ...
    def end(self) -> int: ...
    def groupdict(self) -> dict[str, str | None]: ...


class Pattern(Protocol):
    """A compiled pattern of either engine."""

    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Any: ...


def compile_trusted(pattern: str) -> Pattern:
    """A pattern of the package, case ignored."""
    return re.compile(pattern, re.IGNORECASE)


def compile_linear(pattern: str) -> Pattern:
    r"""A user's pattern, case ignored, in linear time whatever it says.

    `\w`, `\d` and `\s` are translated, for RE2 they are ASCII only.
    Raises `ValueError` with RE2's reason.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        compiled: Pattern = re2.compile(_ESCAPE.sub(_unicode, pattern), options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        raise ValueError(f"RE2 cannot use the pattern ({reason})") from error
    return compiled


def _unicode(found: re.Match[str]) -> str:
    text = found[0]
    if text in _CLASSES:
        return f"[{_CLASSES[text]}]"
    if text in _NEGATED:
        return f"[^{_NEGATED[text]}]"
    if text.startswith("["):
        for short, members in _CLASSES.items():
            text = text.replace(short, members)
    return text
