"""`{agency}`, `{date}` and the like: named lists that rule patterns insert."""

from __future__ import annotations

import functools
import re

from cleaner.errors import DataFileError
from cleaner.load.files import DATA, read_toml

#: code point of the first list's placeholder
PLACEHOLDERS = 0xF0000
_INSERTION = re.compile(r"\{([a-z_]+)\}")


@functools.cache
def terms() -> dict[str, str]:
    """Name -> pattern of each list in terms.toml, other lists inside it already inserted."""
    path = DATA / "terms.toml"
    patterns: dict[str, str] = {}
    for name, table in read_toml(path).items():
        words, pattern = table.get("words"), table.get("pattern")
        if (words is None) == (pattern is None):
            raise DataFileError(path, "write either `words` or `pattern`", name)
        if words is not None:
            longest_first = sorted(words, key=lambda word: (-len(word), word))
            pattern = r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"
        patterns[name] = pattern
    for _ in range(len(patterns)):
        if not any(_INSERTION.search(pattern) for pattern in patterns.values()):
            return patterns
        patterns = {name: _insert(pattern, patterns) for name, pattern in patterns.items()}
    raise DataFileError(path, "a list inserts itself: break the circle")


def expand(pattern: str) -> str:
    """The pattern with every `{name}` replaced by its list.

    Raises `KeyError` with the name of a list that terms.toml does not have.
    """
    return _insert(pattern, terms())


def with_placeholders(pattern: str) -> str:
    """The pattern with one character of the private use area in the place of every `{name}`.

    Raises `KeyError` with the name of a list that terms.toml does not have.
    """
    numbers = {name: number for number, name in enumerate(terms())}
    return _INSERTION.sub(lambda found: chr(PLACEHOLDERS + numbers[found[1]]), pattern)


def pattern_of_placeholder(code: int) -> str:
    """The pattern of the list that a placeholder stands for."""
    return list(terms().values())[code - PLACEHOLDERS]


def _insert(pattern: str, patterns: dict[str, str]) -> str:
    return _INSERTION.sub(lambda found: f"(?:{patterns[found[1]]})", pattern)
