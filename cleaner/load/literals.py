"""The literals of a pattern: strings of which every match has at least one.

They are looked for all at once (Aho and Corasick 1975), so that a pattern is tried only where it can match; RE2's FilteredRE2
and Google Code Search's trigram queries (Cox 2012) rest on the same idea.
"""

from __future__ import annotations

# The parser of `re` is private, but the only one whose reading of a pattern is sure to be that of `re` itself.
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: more alternatives than this make a literal set that is found everywhere
_MOST_ALTERNATIVES = 400
#: a class such as [üu] with no more members is multiplied out into its literals
_MOST_MEMBERS = 4
#: runs of literals multiplied out into no more than this many
_MOST_VARIANTS = 64


def required_literals(pattern: str) -> frozenset[str]:
    """Lower-case literals of which every match of the pattern contains at least one; empty where there are none."""
    best = _of_sequence(parser.parse(pattern))
    return best if best is not None and len(best) <= _MOST_ALTERNATIVES else frozenset()


def _of_sequence(sequence: Any) -> frozenset[str] | None:
    candidates: list[frozenset[str]] = []
    run: list[str] = [""]

    def end_run() -> None:
        if run != [""]:
            candidates.append(frozenset(run))
        run[:] = [""]

    for code, argument in sequence:
        members = _members(code, argument)
        if members and len(run) * len(members) <= _MOST_VARIANTS:
            run[:] = [start + member for start in run for member in members]
            continue
        end_run()
        inner = _of_node(code, argument)
        if inner:
            candidates.append(inner)
    end_run()
    usable = [literals for literals in candidates if all(map(_is_telling, literals))]
    return max(usable, key=_worth, default=None)


def _members(code: Any, argument: Any) -> list[str] | None:
    """The literals that one character of a pattern can be, if they are few."""
    if code is codes.LITERAL:
        return [chr(argument).lower()]
    if code is codes.IN and all(kind is codes.LITERAL for kind, _ in argument) and len(argument) <= _MOST_MEMBERS:
        return sorted({chr(value).lower() for _, value in argument})
    if code is codes.BRANCH and len(argument[1]) <= _MOST_MEMBERS:
        variants = [_plain(branch) for branch in argument[1]]
        return sorted(set(variants)) if all(variant is not None for variant in variants) else None  # type: ignore[type-var]
    if code is codes.SUBPATTERN and len(argument[3]) == 1:
        return _members(*argument[3][0])
    return None


def _plain(sequence: Any) -> str | None:
    """The text of a sequence that has nothing but literal characters."""
    if all(code is codes.LITERAL for code, _ in sequence):
        return "".join(chr(value).lower() for _, value in sequence)
    return None


def _of_node(code: Any, argument: Any) -> frozenset[str] | None:
    if code is codes.SUBPATTERN:
        return _of_sequence(argument[3])
    if code is codes.BRANCH:
        branches = [_of_sequence(branch) for branch in argument[1]]
        if any(branch is None for branch in branches):
            return None
        return frozenset().union(*(branch for branch in branches if branch))
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and argument[0] >= 1:
        return _of_sequence(argument[2])
    return None


def _is_telling(literal: str) -> bool:
    text = literal.strip()
    return len(text) >= 2 or (len(text) == 1 and not text.isalnum())


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    return min(6, *map(len, literals)) if len(literals) > 1 else min(map(len, literals)), -len(literals)
