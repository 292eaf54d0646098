"""Patterns taken apart for `programs`: as RE2 would read them, lists of terms.toml read once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.load.letter_case import Ranges, same_letters
from cleaner.load.sign_classes import ANY, class_of_token
from cleaner.load.terms import PLACEHOLDERS, terms
from cleaner.load.translation import MEMBERS, TOKEN, beside_foreign_letter, translated_class

#: code point of the first class of a pattern; before it stand those of lists
_CLASSES = 0x100000
_PRIVATE = re.compile(f"[{chr(PLACEHOLDERS)}-\U0010ffff]")
#: lists of fewer characters are as soon read as looked for
_SHORT_LIST = 40
#: RE2 knows no counted repeats of more
_MOST_REPEATS = 1000
#: what RE2 and `re` read in two ways, or RE2 not at all
_READ_OTHERWISE = re.compile(r"\{,|\[\[?:|\(\?(?!:|P<|-?i:)|[*+?}]\+")
_HEXADECIMAL = re.compile(r"\\x\{([0-9a-f]+)\}")
_AT = {codes.AT_BEGINNING: "begin", codes.AT_BEGINNING_STRING: "begin", codes.AT_END: "end", codes.AT_BOUNDARY: "boundary"}
_AT[codes.AT_NON_BOUNDARY] = "inside"


class Node:
    """A part of a pattern."""

    __slots__ = ()


class Sign(Node):
    """One code point, in either case: one that has no case where case counts."""

    __slots__ = ("sign",)

    def __init__(self, sign: int) -> None:
        self.sign = sign


class Class(Node):
    """One code point of some."""

    __slots__ = ("ranges",)

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges


class At(Node):
    """A place: `begin`, `end`, `boundary`, and `inside`, which is none."""

    __slots__ = ("place",)

    def __init__(self, place: str) -> None:
        self.place = place


class Row(Node):
    """One behind the other."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts


class Choice(Node):
    """One of several, the first one preferred; `texts` is for `programs` to remember whether these are plain texts."""

    __slots__ = ("arms", "texts")

    def __init__(self, arms: list[Node]) -> None:
        self.arms = arms
        self.texts: tuple[str, ...] | bool = False


class Repeat(Node):
    """Several times the same, as often as possible or as seldom; `most` is -1 where there is no limit."""

    __slots__ = ("is_lazy", "least", "most", "part")

    def __init__(self, part: Node, least: int, most: int, *, is_lazy: bool) -> None:
        self.part = part
        self.least = least
        self.most = most
        self.is_lazy = is_lazy


class Residue(Node):
    """The group `residue`."""

    __slots__ = ("part",)

    def __init__(self, part: Node) -> None:
        self.part = part


def nodes_of(pattern: str) -> Node:
    """The parts of a pattern whose lists are inserted.

    Raises `re.error` where it is none, `OverflowError` where it has what RE2 may read otherwise.
    """
    if _PRIVATE.search(pattern) or "\\N" in pattern:
        raise OverflowError
    short = pattern
    for text, placeholder in _lists():
        if text in short:
            short = short.replace(text, placeholder)
    return _nodes(short, ignores_case=True)


@functools.cache
def _lists() -> tuple[tuple[str, str], ...]:
    """Lists as `expand` inserts them, with the code points that stand for them, the longest first."""
    lists = [(f"(?:{text})", chr(PLACEHOLDERS + number)) for number, text in enumerate(terms().values()) if len(text) >= _SHORT_LIST]
    return tuple(sorted(lists, key=lambda pair: (-len(pair[0]), pair[1])))


def _with_lists(short: str) -> str:
    """The pattern with its lists inserted again."""
    while found := _PRIVATE.search(short):
        short = short.replace(found[0], _texts()[found[0]])
    return short


@functools.cache
def _texts() -> dict[str, str]:
    return {placeholder: text for text, placeholder in _lists()}


@functools.cache
def _node_of_list(placeholder: str, *, ignores_case: bool) -> Node:
    text = _texts()[placeholder]
    for other, sign in _lists():
        if other != text:
            text = text.replace(other, sign)
    return _nodes(text, ignores_case=ignores_case)


def _nodes(short: str, *, ignores_case: bool) -> Node:
    if _READ_OTHERWISE.search(TOKEN.sub("x", short)):
        raise OverflowError
    classes: list[tuple[str, bool]] = []

    def token(found: re.Match[str]) -> str:
        text = found[0]
        if _PRIVATE.search(text) or "[:" in text[1:] or (text[0] == "\\" and not text[1].isascii()):
            raise OverflowError
        if text == r"\b":  # nosec B105
            before, after = _with_lists(short[: found.start()]), _with_lists(short[found.end() :])
            return "" if beside_foreign_letter(before + after, len(before), len(before)) else text
        if text in MEMBERS:
            members, has_letters = f"[{MEMBERS[text]}]", False
        elif text.startswith("["):
            members, has_letters = translated_class(text)
        else:
            return text
        classes.append((_HEXADECIMAL.sub(lambda number: f"\\U{int(number[1], 16):08x}", members), has_letters))
        return chr(_CLASSES + len(classes) - 1)

    parsed = parser.parse(TOKEN.sub(token, short))
    if parsed.state.flags != re.UNICODE:
        raise OverflowError
    return _Reader(classes, parsed.state.groupdict.get("residue")).row(parsed, ignores_case)


class _Reader:
    """Makes nodes of what the parser of `re` returns.

    Parameters: `classes` are the pattern's, each with whether letter case may be ignored in it; `residue` is the number of that group.
    """

    def __init__(self, classes: list[tuple[str, bool]], residue: int | None) -> None:
        self._classes = classes
        self._residue = residue

    def row(self, sequence: Iterable[Any], ignores_case: bool) -> Node:
        parts = [self._node(code, argument, ignores_case) for code, argument in sequence]
        return parts[0] if len(parts) == 1 else Row(parts)

    def _node(self, code: Any, argument: Any, ignores_case: bool) -> Node:
        if code is codes.LITERAL:
            return self._sign(argument, ignores_case)
        if code is codes.ANY:
            return Class(ANY)
        if code is codes.AT and argument in _AT:
            return At(_AT[argument])
        if code is codes.BRANCH:
            return Choice([self.row(arm, ignores_case) for arm in argument[1]])
        if code is codes.IN:
            return Choice([self._node(kind, value, ignores_case) for kind, value in argument])
        if code is codes.SUBPATTERN:
            group, switched_on, switched_off, inside = argument
            if (switched_on | switched_off) & ~re.IGNORECASE:
                raise OverflowError
            part = self.row(inside, bool(switched_on) or (ignores_case and not switched_off))
            return Residue(part) if self._residue is not None and group == self._residue else part
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            least, most, repeated = argument
            limit = -1 if most == codes.MAXREPEAT else int(most)
            if max(least, limit) > _MOST_REPEATS:
                raise OverflowError
            return Repeat(self.row(repeated, ignores_case), int(least), limit, is_lazy=code is codes.MIN_REPEAT)
        raise OverflowError

    def _sign(self, sign: int, ignores_case: bool) -> Node:
        if sign >= _CLASSES:
            token, has_letters = self._classes[sign - _CLASSES]
            return Class(class_of_token(token, ignores_case=ignores_case and has_letters))
        if sign >= PLACEHOLDERS:
            return _node_of_list(chr(sign), ignores_case=ignores_case)
        if not ignores_case and len(same_letters(sign)) > 1:
            return Class(((sign, sign),))
        return Sign(sign)
