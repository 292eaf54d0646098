r"""Patterns of rules, compiled with RE2: no pattern, however it is written, takes more than linear time.

`re` took 12 s for `^(a+)+$` on 28 characters, and longer than anyone waited for one of this package's own drafts. RE2 knows ASCII
only in `\w`, `\d`, `\s` and `\b`: the first three are translated, and a `\b` beside a letter beyond ASCII is left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import re2

#: bytes that RE2 may use for one pattern and what it remembers of texts: little, and more only for patterns that need it
_MEMORY = (16 << 20, 64 << 20)
#: and for many looked for at once, which forget what they remember over and over where they have less: then they take ten times as long
_MEMORY_OF_MANY = (64 << 20, 256 << 20)
#: patterns that stay compiled, whichever languages' rules they are among
_MOST_COMPILED = 4096
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
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


_MEMBERS = {
    **{short: _members(ranges) for short, ranges in ((r"\w", _WORD), (r"\d", _DIGIT), (r"\s", _SPACE))},
    **{short: _members(_others(ranges)) for short, ranges in ((r"\W", _WORD), (r"\D", _DIGIT), (r"\S", _SPACE))},
}
_ESCAPE = re.compile(r"\\.")
_REPEAT = re.compile(rf"{_TOKEN.pattern}|\{{(\d+)(?:,(\d+))?\}}", re.DOTALL)
#: a counted repeat of more is as many states for each place where it can begin
_WIDE = 8
_LETTER = re.compile(r"[^\W\d_]")
_OPENING_LETTER = re.compile(r"[(|:][^\x00-\x7f]")
_CLOSING_LETTER = re.compile(r"[^\x00-\x7f][)|]")


class Match(Protocol):
    """What a pattern found."""

    def start(self, group: int = 0, /) -> int: ...
    def end(self, group: int = 0, /) -> int: ...
    def groupdict(self) -> dict[str, str | None]: ...


class Pattern(Protocol):
    """A compiled pattern."""

    @property
    def groupindex(self) -> dict[str, int]: ...
    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


@functools.lru_cache(maxsize=_MOST_COMPILED)
def compile_pattern(pattern: str, *, groups: bool = False) -> Pattern:
    """The pattern, letter case ignored; without its groups, which cost time, unless they are asked for.

    Raises `ValueError` with RE2's reason.
    """
    for memory in _MEMORY:
        try:
            compiled: Pattern = re2.compile(_for_re2(pattern), _options(memory, groups=groups))
        except re2.error as error:
            reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
            if "too large" not in reason:
                raise ValueError(f"RE2 cannot use the pattern ({reason}); it knows no look-around and no back references") from error
        else:
            return compiled
    raise ValueError("RE2 cannot use the pattern: it is too large; write shorter lists, or fewer counted repeats")


def _options(memory: int, *, groups: bool) -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = memory
    options.never_capture = not groups
    return options


class PatternSet:
    """Patterns looked for all at once. Good for patterns that are alike, such as dates; unlike ones make it slow.

    Of one pattern it says whether it is there without saying where: for most lines that is all one asks, and it takes RE2 half the
    time to get ready for it.

    Parameters: `patterns` are looked for with letter case ignored.
    Raises `ValueError` where RE2 cannot use them.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        compiled = _compiled_set(patterns)
        #: which of the patterns are in a text, given in UTF-8, by their place among them, in any order; nothing, or None, if none is.
        #: RE2's own, where its wrapper in Python, which takes as long as a short line does, can be passed by
        self.found: Callable[[bytes], Sequence[int] | None] = getattr(compiled, "_set", compiled).Match


def group_finder(pattern: Any, name: str) -> Callable[[str], str | None]:
    """What finds a named group of a pattern in a text: the first match's, or None; also where the pattern, compiled with its groups, has
    none of that name.
    """
    number = pattern.groupindex.get(name)
    if number is None:
        return lambda _text: None
    # RE2's own, where its wrapper in Python, which takes as long as a short line does, can be passed by.
    match, anywhere = getattr(pattern, "_regexp", None), re2._Anchor.UNANCHORED if hasattr(re2, "_Anchor") else None
    if match is None or anywhere is None:
        return lambda text: found[number] if (found := pattern.search(text)) else None

    def find(text: str) -> str | None:
        encoded = text.encode()
        start, end = match.Match(anywhere, encoded, 0, len(encoded))[number]
        return encoded[start:end].decode() if start >= 0 else None

    return find


@functools.lru_cache(maxsize=_MOST_COMPILED)
def pattern_set(patterns: tuple[str, ...]) -> PatternSet:
    """The set of these patterns, compiled once.

    Raises `ValueError` where RE2 cannot use them.
    """
    return PatternSet(patterns)


def _compiled_set(patterns: Sequence[str]) -> Any:
    for memory in _MEMORY if len(patterns) == 1 else _MEMORY_OF_MANY:
        compiled = re2.Set.SearchSet(_options(memory, groups=False))
        try:
            for pattern in patterns:
                compiled.Add(_for_re2(pattern))
            compiled.Compile()
        except re2.error:
            continue
        return compiled
    raise ValueError("RE2 cannot use the pattern: it is not valid, or too large; write shorter lists, or fewer counted repeats")


def widened(pattern: str) -> str:
    """The pattern with its long counted repeats open at the top: found wherever this one is, and made ready much sooner."""
    return _REPEAT.sub(lambda found: f"{{{found[1]},}}" if found[1] and int(found[2] or found[1]) > _WIDE else found[0], pattern)


def _for_re2(pattern: str) -> str:
    return _TOKEN.sub(_translated, pattern)


def _translated(found: re.Match[str]) -> str:
    token = found[0]
    if token == r"\b":  # nosec B105
        return "" if _beside_foreign_letter(found.string, found.start(), found.end()) else token
    if token in _MEMBERS:
        return f"(?-i:[{_MEMBERS[token]}])"
    if token.startswith("["):
        has_letters = _LETTER.search(_ESCAPE.sub("", token)) is not None
        for short, members in _MEMBERS.items():
            token = token.replace(short, members)
        return token if has_letters else f"(?-i:{token})"
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
