r"""Patterns of rules, compiled with RE2: no pattern, however it is written, takes more than linear time.

`re` took 12 s for `^(a+)+$` on 28 characters, and longer than anyone waited for one of this package's own drafts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import re2

from cleaner.load.program_index import program_of
from cleaner.load.translation import TOKEN, for_re2

#: bytes that RE2 may use for one pattern and what it remembers of texts: little, and more only for patterns that need it
_MEMORY = (16 << 20, 64 << 20)
#: and for many looked for at once, which forget what they remember over and over where they have less: then they take ten times as long
_MEMORY_OF_MANY = (64 << 20, 256 << 20)
#: patterns that stay compiled, whichever languages' rules they are among
_MOST_COMPILED = 4096
_REPEAT = re.compile(rf"{TOKEN.pattern}|\{{(\d+)(?:,(\d+))?\}}", re.DOTALL)
#: a counted repeat of more is as many states for each place where it can begin
_WIDE = 8


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
            compiled: Pattern = re2.compile(for_re2(pattern), _options(memory, groups=groups))
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
        self._patterns = tuple(patterns)
        self._match: Callable[[bytes], Sequence[int] | None] | None = None
        program = program_of(self._patterns[0], self._found_by_re2) if len(self._patterns) == 1 else None
        #: the pattern as the kernel tries it, where there is one, and whether that may be asked for places
        self.program = program[0] if program else None
        self.has_places = program is not None and program[1]
        #: which of the patterns are in a text, given in UTF-8, by their place among them, in any order; of one pattern, something true if
        #: it is there; something false if none is
        self.found: Callable[[bytes], Any] = program[0].found if program else self._re2()

    def _found_by_re2(self, encoded: bytes) -> Sequence[int] | None:
        return self._re2()(encoded)

    def _re2(self) -> Callable[[bytes], Sequence[int] | None]:
        """RE2's own search, where its wrapper in Python, which takes as long as a short line does, can be passed by."""
        if self._match is None:
            compiled = _compiled_set(self._patterns)
            self._match = getattr(compiled, "_set", compiled).Match
        return self._match


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
                compiled.Add(for_re2(pattern))
            compiled.Compile()
        except re2.error:
            continue
        return compiled
    raise ValueError("RE2 cannot use the pattern: it is not valid, or too large; write shorter lists, or fewer counted repeats")


def widened(pattern: str) -> str:
    """The pattern with its long counted repeats open at the top: found wherever this one is, and made ready much sooner."""
    return _REPEAT.sub(lambda found: f"{{{found[1]},}}" if found[1] and int(found[2] or found[1]) > _WIDE else found[0], pattern)
