"""Lists of terms.toml that a pattern cannot do without: where none of their members is in a line, it need not be looked for."""

from __future__ import annotations

import functools

# The parser of `re` is private, but the only one whose reading of a pattern is sure to be that of `re` itself.
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.load.terms import PLACEHOLDERS, terms, with_placeholders


@functools.lru_cache(maxsize=1024)
def required_lists(pattern: str) -> list[frozenset[str]]:
    """Sets of names of lists; every match of the pattern, which is a valid one, holds a match of one of each set."""
    return _of_sequence(parser.parse(with_placeholders(pattern)), tuple(terms()))


def _of_sequence(nodes: Any, names: tuple[str, ...]) -> list[frozenset[str]]:
    return [required for code, argument in nodes for required in _of_node(code, argument, names)]


def _of_node(code: Any, argument: Any, names: tuple[str, ...]) -> list[frozenset[str]]:
    if code is codes.LITERAL and argument >= PLACEHOLDERS:
        return [frozenset({names[argument - PLACEHOLDERS]})]
    if code is codes.SUBPATTERN:
        return _of_sequence(argument[3], names)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _of_sequence(argument[2], names) if argument[0] else []
    if code is codes.BRANCH:
        arms = [min(_of_sequence(arm, names), key=len, default=None) for arm in argument[1]]
        return [frozenset().union(*(arm for arm in arms if arm))] if None not in arms else []
    if code is codes.IN and all(kind is codes.LITERAL and value >= PLACEHOLDERS for kind, value in argument):
        # An alternation of nothing but lists, each of which is one sign here.
        return [frozenset(names[value - PLACEHOLDERS] for _, value in argument)]
    return []
