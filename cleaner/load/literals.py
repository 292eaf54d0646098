"""What a line must contain for a pattern to match: literals that can be looked for all at once.

A pattern is tried only on lines that hold a literal of one of its clauses (Aho and Corasick 1975) and something of each other set
of that clause. RE2's FilteredRE2 and Google Code Search's trigram queries (Cox 2012) rest on the same idea.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

# The parser of `re` is private, but the only one whose reading of a pattern is sure to be that of `re` itself.
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import msgspec

from cleaner.load.frequency import WORD, frequency
from cleaner.load.terms import PLACEHOLDERS, pattern_of_placeholder, with_placeholders

#: more alternatives than this make a set that is found everywhere
_MOST_ALTERNATIVES = 400
#: a class such as [üu] with no more members is multiplied out into its literals, as are options and alternatives
_MOST_MEMBERS = 4
#: runs of literals multiplied out into no more than this many
_MOST_VARIANTS = 64
#: from here on signs are of Chinese or Japanese script: one of them says something
_IDEOGRAPHS = "\u3040"
_OPEN_SIGNS = 3
_ENDLESS = 10_000
_LEADING_SIGNS = re.compile(r"^[\W_]+")
#: a trigger met oftener than this in a page is looked at more closely: its pattern is taken apart at an alternation
_OFTEN = 0.1
_DEEPEST = 2
#: sets beside the trigger that a line is checked for
_MOST_SETS = 3
#: a set met oftener than so many times in a page says nothing
_USEFUL = 100.0


#: sets of the groups of a pattern that were read already, by the identity of their node
_Known: TypeAlias = dict[int, list[frozenset[str]]]


class Clause(msgspec.Struct, frozen=True, gc=False):
    """One way in which a pattern can match."""

    #: lower-case literals; a match contains at least one of them, `WORD` before or behind one is a word's start or end
    trigger: frozenset[str]
    #: of each of these sets a match contains at least one literal too
    also: tuple[tuple[str, ...], ...] = ()
    #: what the line begins with, signs and white space aside: one of these; empty where the clause does not say
    starts: tuple[str, ...] = ()
    #: what a match ends with, signs and white space aside: one of these; empty where the clause does not say
    ends: tuple[str, ...] = ()


def clauses(pattern: str) -> tuple[Clause, ...]:
    """The clauses of a pattern, one of which every match fulfils; none where some match needs no literal.

    Raises `re.error` for a pattern that is none, `KeyError` for the name of a list that does not exist.
    """
    found = _clauses(list(parser.parse(with_placeholders(pattern))), 0, {})
    return tuple(dict.fromkeys(found)) if found else ()


def longest_match(pattern: str) -> int:
    """The most characters that a match of the pattern can have, as far as it says: an open repeat of signs counts for three."""
    return _longest(list(parser.parse(with_placeholders(pattern))))


def _longest(sequence: Any) -> int:
    return sum(_longest_node(code, argument) for code, argument in sequence)


def _longest_node(code: Any, argument: Any) -> int:
    if code is codes.LITERAL:
        return _longest_of_list(argument) if argument >= PLACEHOLDERS else 1
    if code is codes.SUBPATTERN:
        return _longest(argument[3])
    if code is codes.BRANCH:
        return max(map(_longest, argument[1]))
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        most = _OPEN_SIGNS if argument[1] == codes.MAXREPEAT and _is_sign(argument[2]) else min(argument[1], _ENDLESS)
        return min(_ENDLESS, most * _longest(argument[2]))
    return 0 if code is codes.AT else 1


@functools.cache
def _longest_of_list(placeholder: int) -> int:
    return _longest(list(parser.parse(pattern_of_placeholder(placeholder))))


def _order(literals: frozenset[str]) -> tuple[float, int, str]:
    """The rarest set first; of equals always the same one, whatever order sets are walked in."""
    return (frequency(literals), len(literals), min(literals))


def _clauses(sequence: list[tuple[Any, Any]], depth: int, known: _Known) -> list[Clause] | None:
    sets = sorted(_required_sets(sequence, known), key=_order)
    also = tuple(tuple(sorted(one)) for one in sets[1:] if frequency(one) <= _USEFUL)[:_MOST_SETS]
    whole = [Clause(sets[0], also, tuple(sorted(_starts(sequence) or ())), tuple(sorted(_ends(sequence) or ())))] if sets else None
    if depth == _DEEPEST or (sets and frequency(sets[0]) <= _OFTEN):
        return whole
    place = _widest_branch(sequence)
    if place is None:
        return whole
    found: list[Clause] = []
    for arm in _arms(*sequence[place]):
        inner = _clauses([*sequence[:place], *arm, *sequence[place + 1 :]], depth + 1, known)
        if inner is None:
            return whole
        found += inner
    if len(found) > _MOST_ALTERNATIVES:
        return whole
    return found


def _widest_branch(sequence: list[tuple[Any, Any]]) -> int | None:
    """Where the alternation with the most arms stands in a sequence."""
    widths = [(len(_arms(code, argument)), -place) for place, (code, argument) in enumerate(sequence)]
    width, place = max(widths, default=(0, 0))
    return -place if width > 1 else None


def _arms(code: Any, argument: Any) -> list[list[tuple[Any, Any]]]:
    """The alternatives of a node, if it is an alternation, bare or in brackets."""
    if code is codes.BRANCH:
        return [list(arm) for arm in argument[1]]
    if code is codes.SUBPATTERN and len(argument[3]) == 1:
        return _arms(*argument[3][0])
    if code is codes.SUBPATTERN and (place := _widest_branch(list(argument[3]))) is not None:
        inner = list(argument[3])
        return [[*inner[:place], *arm, *inner[place + 1 :]] for arm in _arms(*inner[place])]
    return []


def _required_sets(sequence: Any, known: _Known) -> list[frozenset[str]]:
    """Sets of literals of each of which every match of the sequence contains one."""
    nodes = list(sequence)
    found: list[frozenset[str]] = []
    run, begun = [""], 0

    def end_run(place: int) -> None:
        if run != [""]:
            # A literal that stands for longer ones too begins, or ends, inside words.
            fewest = _fewest(run)
            before = len(fewest) == len(set(run)) and _is_boundary(nodes, begun - 1)
            behind = all(text.endswith(fewest) for text in run) and _is_boundary(nodes, place)
            found.append(_bounded(fewest, before=before, behind=behind))
        run[:] = [""]

    for place, (code, argument) in enumerate(nodes):
        members = _members(code, argument)
        if members is None:
            end_run(place)
            arms = _plain_arms(code, argument)
            found += (
                [_bounded(arms, before=_is_boundary(nodes, place - 1), behind=_is_boundary(nodes, place + 1))]
                if arms
                else _sets_of_node(code, argument, known)
            )
            continue
        if len(run) * len(members) > _MOST_VARIANTS:
            end_run(place)
        begun = begun if run != [""] else place
        run[:] = [start + member for start in run for member in members]
    end_run(len(nodes))
    return [literals for literals in found if len(literals) <= _MOST_ALTERNATIVES and all(map(_is_telling, literals))]


def _fewest(literals: Sequence[str]) -> tuple[str, ...]:
    """The literals without those that hold another of them."""
    return tuple(literal for literal in sorted(set(literals)) if not any(other in literal for other in literals if other != literal))


def _is_boundary(nodes: list[tuple[Any, Any]], place: int) -> bool:
    return 0 <= place < len(nodes) and nodes[place] == (codes.AT, codes.AT_BOUNDARY)


def _bounded(literals: Iterable[str], *, before: bool, behind: bool) -> frozenset[str]:
    """The literals, marked as those with which a word must begin, or end."""
    starts, ends = WORD if before else "", WORD if behind else ""
    return frozenset(f"{starts if text[:1].isalnum() else ''}{text}{ends if text[-1:].isalnum() else ''}" for text in literals)


def _plain_arms(code: Any, argument: Any) -> frozenset[str] | None:
    """The alternatives of a node, if each is nothing but literal characters."""
    if code is codes.SUBPATTERN and len(argument[3]) == 1:
        return _plain_arms(*argument[3][0])
    if code is not codes.BRANCH:
        return None
    arms = [_plain(arm) for arm in argument[1]]
    return frozenset(arm for arm in arms if arm) if all(arms) else None


def _starts(sequence: Any, *, anchored: bool = False) -> frozenset[str] | None:
    """What a match begins with, if the sequence asks for the line's start; signs before it are passed over."""
    for place, (code, argument) in enumerate(sequence):
        if code is codes.AT and argument is codes.AT_BEGINNING:
            anchored = True
        elif (code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and anchored and _is_sign(argument[2])) or (code is codes.AT and anchored):
            continue
        else:
            return _first_run(list(sequence[place:])) if anchored else None
    return None


def _is_sign(sequence: Any) -> bool:
    """Whether what is repeated can be no letter and no digit."""
    for code, argument in sequence:
        members = argument if code is codes.IN else [(code, argument)]
        for kind, value in members:
            is_sign = (kind is codes.CATEGORY and value in (codes.CATEGORY_NOT_WORD, codes.CATEGORY_SPACE)) or (
                kind is codes.LITERAL and value < PLACEHOLDERS and not chr(value).isalnum()
            )
            if not is_sign:
                return False
    return True


def _first_run(sequence: list[tuple[Any, Any]]) -> frozenset[str] | None:
    """The literals with which a sequence begins."""
    run = [""]
    for code, argument in sequence:
        members = _members(code, argument)
        if not members or len(run) * len(members) > _MOST_VARIANTS:
            break
        run = [start + member for start in run for member in members]
    found: frozenset[str] | None
    if run != [""]:
        found = frozenset(run)
    elif not sequence:
        return None
    else:
        code, argument = sequence[0]
        if code is codes.SUBPATTERN:
            found = _starts(argument[3], anchored=True)
        elif code is codes.BRANCH:
            arms = [_starts(arm, anchored=True) for arm in argument[1]]
            found = None if None in arms else frozenset().union(*(arm for arm in arms if arm))
        else:
            return None
    bare = frozenset(_LEADING_SIGNS.sub("", start) for start in found or ())
    return bare if bare and "" not in bare and len(bare) <= _MOST_ALTERNATIVES else None


def _ends(sequence: Any) -> frozenset[str] | None:
    """What a match of the sequence ends with, signs behind it passed over; None where the sequence does not say."""
    nodes = list(sequence)
    for place in range(len(nodes) - 1, -1, -1):
        code, argument = nodes[place]
        if code is codes.LITERAL and argument < PLACEHOLDERS and chr(argument).isalnum():
            return frozenset({_plain_end(nodes[: place + 1])})
        is_repeat = code in (codes.MAX_REPEAT, codes.MIN_REPEAT)
        if code is codes.AT or _is_sign(argument[2] if is_repeat else [nodes[place]]):
            continue
        found = _ends_of_node(code, argument)
        if is_repeat and argument[0] == 0 and found is not None:
            before = _ends(nodes[:place])
            return found | before if before is not None else None
        return found
    return None


def _ends_of_node(code: Any, argument: Any) -> frozenset[str] | None:
    if code is codes.LITERAL:
        return _ends_of_list(argument)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _ends(argument[2])
    if code is codes.SUBPATTERN:
        return _ends(argument[3])
    if code is codes.BRANCH:
        arms = [_ends(arm) for arm in argument[1]]
        found = frozenset[str]().union(*(arm for arm in arms if arm))
        return found if None not in arms and len(found) <= _MOST_ALTERNATIVES else None
    return None


def _plain_end(nodes: list[tuple[Any, Any]]) -> str:
    """The literal characters with which a sequence ends."""
    text = ""
    for code, argument in reversed(nodes):
        if code is not codes.LITERAL or argument >= PLACEHOLDERS:
            break
        text = chr(argument).lower() + text
    return text


@functools.cache
def _ends_of_list(placeholder: int) -> frozenset[str] | None:
    return _ends(list(parser.parse(pattern_of_placeholder(placeholder))))


@functools.cache
def _sets_of_list(placeholder: int) -> list[frozenset[str]]:
    return _required_sets(list(parser.parse(pattern_of_placeholder(placeholder))), {})


def _sets_of_node(code: Any, argument: Any, known: _Known) -> list[frozenset[str]]:
    if code is codes.LITERAL:
        return _sets_of_list(argument)
    if code not in (codes.SUBPATTERN, codes.MAX_REPEAT, codes.MIN_REPEAT, codes.BRANCH):
        return []
    if id(argument) not in known:
        known[id(argument)] = _sets_of_group(code, argument, known)
    return known[id(argument)]


def _sets_of_group(code: Any, argument: Any, known: _Known) -> list[frozenset[str]]:
    if code is codes.SUBPATTERN:
        return _required_sets(argument[3], known)
    if code is codes.BRANCH:
        arms = [min(_required_sets(arm, known), key=_order, default=None) for arm in argument[1]]
        if all(arm is not None for arm in arms):
            return [frozenset().union(*(arm for arm in arms if arm))]
        return []
    return _required_sets(argument[2], known) if argument[0] >= 1 else []


def _members(code: Any, argument: Any) -> list[str] | None:
    """The texts that one node of a pattern can be, if they are few."""
    found: list[str] | None = None
    if code is codes.LITERAL:
        return None if argument >= PLACEHOLDERS else [chr(argument).lower()]
    if code is codes.IN and len(argument) <= _MOST_MEMBERS:
        if all(kind is codes.LITERAL and value < PLACEHOLDERS for kind, value in argument):
            found = [chr(value).lower() for _, value in argument]
    elif code is codes.BRANCH:
        arms = [_variants(arm) for arm in argument[1]]
        found = [text for arm in arms if arm for text in arm] if all(arms) else None
    elif code is codes.SUBPATTERN:
        found = _variants(argument[3])
    elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and tuple(argument[:2]) == (0, 1):
        optional = _variants(argument[2])
        found = ["", *optional] if optional else None
    return sorted(set(found)) if found and len(found) <= _MOST_VARIANTS else None


def _variants(sequence: Any) -> list[str] | None:
    """The texts that a sequence can be, if they are few."""
    texts = [""]
    for code, argument in sequence:
        members = _members(code, argument)
        if members is None or len(texts) * len(members) > _MOST_VARIANTS:
            return None
        texts = [start + member for start in texts for member in members]
    return texts


def _plain(sequence: Any) -> str | None:
    """The text of a sequence that has nothing but literal characters."""
    if all(code is codes.LITERAL and value < PLACEHOLDERS for code, value in sequence):
        return "".join(chr(value).lower() for _, value in sequence)
    return None


def _is_telling(literal: str) -> bool:
    text = literal.strip(f"{WORD} ")
    return len(text) >= 2 or (len(text) == 1 and (not text.isalnum() or text >= _IDEOGRAPHS))
