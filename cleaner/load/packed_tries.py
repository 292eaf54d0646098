"""Literals packed for `cleaner.kernel.matcher`: walked a byte of UTF-8 at a time, letter case ignored as RE2 does."""

from __future__ import annotations

import functools
from array import array

from cleaner.load.letter_case import same_letters

#: literals of one trie of which each is the beginning of the next: the kernel has room for so many
MOST_ENDS = 32
_MOST_NODES = 200_000


class _Node:
    __slots__ = ("edges", "literal")

    def __init__(self) -> None:
        self.edges: dict[int, _Node] = {}
        self.literal = -1


class TrieBytes:
    """A packed trie.

    Parameters: `literals` are in the order in which they are preferred.
    Raises `OverflowError` where there are too many.
    """

    def __init__(self, literals: tuple[str, ...]) -> None:
        root = _Node()
        for number, literal in enumerate(literals):
            _add(root, literal, number)
        #: the bytes that one of them can begin with; None where one is empty
        self.first: frozenset[int] | None = _first(root) if root.literal < 0 else None
        packed = array("i")
        _pack(root, packed)
        self.packed = packed.tobytes()


@functools.lru_cache(maxsize=4096)
def packed_trie(literals: tuple[str, ...]) -> TrieBytes:
    """The trie of these literals, made once: patterns share their lists.

    Raises `OverflowError` where there are too many.
    """
    return TrieBytes(literals)


@functools.lru_cache(maxsize=4096)
def _spellings(sign: int) -> tuple[bytes, ...]:
    """The sign in UTF-8 in either case; of ASCII's letters the small one stands for both."""
    others = same_letters(sign)
    return tuple(chr(other).encode("utf-8", "surrogatepass") for other in others if not 0x41 <= other <= 0x5A)


def _add(root: _Node, literal: str, number: int) -> None:
    node = root
    ends = 0
    for sign in literal:
        ends += node.literal >= 0
        following: _Node | None = None
        for spelling in _spellings(ord(sign)):
            inside = node
            for byte in spelling[:-1]:
                inside = inside.edges.setdefault(byte, _Node())
            following = inside.edges.get(spelling[-1], following)
        if following is None:
            following = _Node()
        for spelling in _spellings(ord(sign)):
            inside = node
            for byte in spelling[:-1]:
                inside = inside.edges[byte]
            inside.edges[spelling[-1]] = following
        node = following
    if ends + 1 >= MOST_ENDS:
        raise OverflowError
    if node.literal < 0:
        node.literal = number


def _first(root: _Node) -> frozenset[int]:
    return frozenset(root.edges) | {byte - 0x20 for byte in root.edges if 0x61 <= byte <= 0x7A}


def _pack(root: _Node, packed: array[int]) -> None:
    places: dict[int, int] = {}
    nodes: list[_Node] = []
    seen: set[int] = set()
    # Depth first: the letters of a word lie beside each other, and come from memory together.
    left = [root]
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        nodes.append(node)
        left.extend(node.edges[byte] for byte in sorted(node.edges, reverse=True))
    if len(nodes) > _MOST_NODES:
        raise OverflowError
    place = 0
    for node in nodes:
        places[id(node)] = place
        place += 1 + (node.literal >= 0) + len(node.edges)
    if place >= 1 << 23:
        raise OverflowError
    for node in nodes:
        is_end = node.literal >= 0
        packed.append(len(node.edges) | is_end << 16)
        if is_end:
            packed.append(node.literal)
        packed.extend(byte | places[id(node.edges[byte])] << 8 for byte in sorted(node.edges))
