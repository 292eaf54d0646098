"""What parts of a pattern can be: plain texts, one sign, nothing."""

from __future__ import annotations

from cleaner.load.letter_case import Ranges, joined
from cleaner.load.pattern_nodes import At, Choice, Class, Node, Repeat, Residue, Row, Sign
from cleaner.load.sign_classes import class_of_sign

#: literals of a trie
_MOST_TEXTS = 5000
#: texts that a row is multiplied out into
_MOST_VARIANTS = 64
#: letters that a class is spelled out into
_MOST_MEMBERS = 8


def multiplied(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...] | None:
    """Each of the first texts with each of the second ones behind it, the preferred one first; None where they are too many."""
    if len(first) > 1 and len(first) * len(second) > _MOST_VARIANTS:
        return None
    if len(second) > 1 and len(first) * len(second) > _MOST_VARIANTS:
        return None
    return tuple(dict.fromkeys(start + end for start in first for end in second))


def texts_of(node: Node) -> tuple[str, ...] | None:
    """The texts that a part can be, the preferred one first, if that can be said."""
    if isinstance(node, Sign):
        return (chr(node.sign),)
    if isinstance(node, Choice):
        if node.texts is False:
            node.texts = _texts_of_choice(node) or True
        return node.texts if isinstance(node.texts, tuple) else None
    if isinstance(node, Row):
        row: tuple[str, ...] | None = ("",)
        for part in node.parts:
            texts = texts_of(part)
            row = multiplied(row, texts) if texts is not None and row is not None else None
        return row
    if isinstance(node, Repeat) and (node.least, node.most) == (0, 1) and (texts := texts_of(node.part)) is not None:
        return tuple(dict.fromkeys(("", *texts) if node.is_lazy else (*texts, "")))
    if isinstance(node, Class):
        return _texts_of_class(node.ranges)
    return None


def _texts_of_choice(choice: Choice) -> tuple[str, ...] | None:
    found: list[str] = []
    for arm in choice.arms:
        texts = texts_of(arm)
        if texts is None or len(found) + len(texts) > _MOST_TEXTS:
            return None
        found += texts
    return tuple(dict.fromkeys(found))


def _texts_of_class(ranges: Ranges) -> tuple[str, ...] | None:
    """The signs of a class, if they are few and it has all signs that are one letter with one of them."""
    if sum(high - low + 1 for low, high in ranges) > _MOST_MEMBERS:
        return None
    signs = [sign for low, high in ranges for sign in range(low, high + 1)]
    whole = joined([pair for sign in signs for pair in class_of_sign(sign, ignores_case=True)])
    return tuple(map(chr, signs)) if whole == ranges else None


def class_of(node: Node) -> Ranges | None:
    """The class of a part that is one sign always."""
    if isinstance(node, Class):
        return node.ranges
    if isinstance(node, Sign):
        return class_of_sign(node.sign, ignores_case=True)
    if isinstance(node, Choice):
        arms = [class_of(arm) for arm in node.arms]
        return joined([pair for arm in arms for pair in arm or ()]) if None not in arms else None
    return None


def can_be_empty(node: Node) -> bool:
    """Whether a part can match without taking a sign."""
    if isinstance(node, Repeat):
        return node.least == 0 or can_be_empty(node.part)
    if isinstance(node, Residue):
        return can_be_empty(node.part)
    if isinstance(node, Row):
        return all(map(can_be_empty, node.parts))
    if isinstance(node, Choice):
        return any(map(can_be_empty, node.arms))
    return isinstance(node, At)
