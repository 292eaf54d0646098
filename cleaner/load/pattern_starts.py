"""With which bytes a match of a program can begin, as tables for the kernel, which tries a pattern only where they let it.

A byte of a table has eight bits, one for each of eight groups of beginnings; a match can begin where a bit is set in the first table for
the first byte, in the second for the second, and so on: Hyperscan's Teddy (Wang et al., NSDI 2019), without vectors.
"""

from __future__ import annotations

import functools
import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.load.letter_case import Ranges

#: bytes that are looked at, and groups of beginnings
_DEPTH, _GROUPS = 4, 8
#: beginnings that are told apart on the way
_MOST = 48
#: tables that let more than this share of a text pass are not worth their look-ups
_WORTH = 0.3
#: roughly how often letters stand in German, English and other news, in a thousand signs; what is not here is as rare as the rest
_COMMON = {" ": 150, "e": 110, "n": 70, "i": 62, "r": 58, "t": 58, "s": 52, "a": 55, "d": 38, "h": 35, "u": 30, "l": 35, "o": 40, "g": 20}
_COMMON |= {"c": 25, "m": 20, "b": 14, "f": 14, "w": 12, "k": 9, "z": 8, "p": 16, "v": 8, "y": 8, "j": 2, "x": 1, "q": 1}
_REST = 2
_WEIGHTS = np.array([_COMMON.get(chr(byte), _REST) for byte in range(256)], dtype=np.int64)
_WORD = sum(1 << byte for byte in range(128) if chr(byte).isalnum() or byte == 0x5F)
_ALL = (1 << 256) - 1
#: bytes that are not the first one of a sign
_INSIDE = sum(1 << byte for byte in range(0x80, 0xC0))

#: what each of the first bytes may be, as bits; shorter where anything may follow
_Beginning: TypeAlias = tuple[int, ...]


class _Start(NamedTuple):
    """How a match can begin."""

    #: bit 0: where no word stands before it; bit 1: where one does
    before: int
    bytes: _Beginning


class Kinds(NamedTuple):
    """The numbers of the kinds of instructions."""

    match: int
    consumes: int
    trie: int
    run: int
    lazy: int
    split: int
    begin: int
    boundary: int
    inside: int
    dispatch: int


class Program(NamedTuple):
    """A program, as far as it is read here."""

    kinds: Kinds
    #: kind, mark, following, and up to five numbers of its own
    steps: Sequence[Sequence[int]]
    #: where alternatives begin, of each instruction that chooses among many
    arms: Sequence[Sequence[int]]
    classes: Sequence[Ranges]
    tries: Sequence[bytes]


def start_tables(program: Program, start: int) -> bytes | None:
    """The tables of a program that begins with that instruction: one of 256 for each byte, what a text's end lets pass instead of the
    second, third and fourth byte, then the groups that may begin where no word stands before it, and where one does; None where they would
    not be worth it.
    """
    reader = _Reader(program)
    found = [
        one
        for place, turn, edges in reader.closure(start, 0, is_first=True)
        for beginning in reader.beginnings(place, turn, _DEPTH)
        for one in _told_apart(edges, beginning)
    ]
    if any(not one.bytes for one in found):
        return None
    parts = {before: _reduced([one.bytes for one in found if one.before == before]) for before in (1, 2, 3)}
    groups = _merged([_Start(before, beginning) for before, beginnings in parts.items() for beginning in beginnings])
    if sum(map(_share, groups)) > _WORTH:
        return None
    tables = np.zeros(_DEPTH * 256 + 8, dtype=np.uint8)
    for number, group in enumerate(groups):
        for depth in range(_DEPTH):
            allowed = group.bytes[depth] if depth < len(group.bytes) else _ALL
            tables[depth * 256 : (depth + 1) * 256] |= _spread(allowed) << number
            if depth and depth >= len(group.bytes):
                tables[_DEPTH * 256 + depth - 1] |= 1 << number
        for word in (0, 1):
            if group.before >> word & 1:
                tables[_DEPTH * 256 + 4 + word] |= 1 << number
    return tables.tobytes()


class _Reader:
    """Reads beginnings off a program. A repeat is followed turn by turn."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._kinds = program.kinds
        self._known: dict[tuple[int, int, int], list[_Beginning]] = {}

    def closure(self, step: int, turn: int, *, is_first: bool) -> list[tuple[int, int, int]]:
        """The instructions that take a byte, or end the match, that can come next; their turns; what may stand before the first byte: one
        bit where no word does, another where one does, and further bits where what follows must be none, or one.
        """
        found: dict[tuple[int, int, int], None] = {}
        seen: set[tuple[int, int, int]] = set()
        left = [(step, turn, 0)]
        kinds = self._kinds
        while left:
            item = place, at, edge = left.pop()
            if item in seen:
                continue
            seen.add(item)
            kind, _, following, own, least, *_ = self._program.steps[place]
            if kind in (kinds.run, kinds.lazy):
                found[item] = None
                if at >= least:
                    left.append((following, 0, edge))
            elif kind in (kinds.match, kinds.consumes, kinds.trie):
                found[item] = None
            elif kind == kinds.split:
                left += [(following, 0, edge), (own, 0, edge)]
            elif kind == kinds.dispatch:
                left += [(arm, 0, edge) for arm in self._program.arms[own]]
            elif kind == kinds.begin:
                continue  # the kernel always tries a text's start
            elif is_first and kind == kinds.boundary:
                left.append((following, 0, edge | 1))
            elif is_first and kind == kinds.inside:
                left.append((following, 0, edge | 2))
            else:
                left.append((following, 0, edge))
        return list(found)

    def beginnings(self, step: int, turn: int, depth: int) -> list[_Beginning]:
        """With which bytes a match can go on from an instruction that takes one."""
        key = (step, turn, depth)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _reduced(self._beginnings(step, turn, depth))
        return known

    def _beginnings(self, step: int, turn: int, depth: int) -> Iterator[_Beginning]:
        kind, _, following, own, _, most, *_ = self._program.steps[step]
        kinds = self._kinds
        if kind == kinds.match:
            yield ()
        elif kind == kinds.trie:
            for head, is_whole in _heads(self._program.tries[own], depth):
                yield from self._behind(head, following, 0, depth) if is_whole else [head]
        else:
            ascii_bytes, others = _bytes_of(self._program.classes[own])
            if others:
                yield (others, _INSIDE)[:depth]
            if ascii_bytes:
                next_turn = min(turn + 1, _DEPTH)
                if kind == kinds.consumes or 0 <= most <= next_turn:
                    yield from self._behind((ascii_bytes,), following, 0, depth)
                else:
                    yield from self._behind((ascii_bytes,), step, next_turn, depth)

    def _behind(self, head: _Beginning, step: int, turn: int, depth: int) -> Iterator[_Beginning]:
        """A beginning with all that can follow it."""
        if len(head) >= depth:
            yield head[:depth]
            return
        for place, at, _ in self.closure(step, turn, is_first=False):
            for rest in self.beginnings(place, at, depth - len(head)):
                yield head + rest


def _told_apart(edges: int, one: _Beginning) -> Iterator[_Start]:
    """A beginning by what stands before it, where a word must begin, end, or go on there."""
    if not edges or not one:
        yield _Start(3, one)
        return
    word, other = one[0] & _WORD, one[0] & ~_WORD
    if edges & 1 and edges & 2:
        return
    for part, before in ((word, 1), (other, 2)) if edges & 1 else ((word, 2), (other, 1)):
        if part:
            yield _Start(before, (part, *one[1:]))


@functools.lru_cache(maxsize=1024)
def _bytes_of(ranges: Ranges) -> tuple[int, int]:
    """The bytes that signs of a class are, and with which those begin that are more than one."""
    own = others = 0
    for low, high in ranges:
        for sign in range(low, min(high, 0x7F) + 1):
            own |= 1 << sign
        if high >= 0x80:
            first, last = (chr(sign).encode("utf-8", "surrogatepass")[0] for sign in (max(low, 0x80), high))
            for byte in range(first, last + 1):
                others |= 1 << byte
    return own, others


@functools.lru_cache(maxsize=1024)
def _heads(packed: bytes, depth: int) -> tuple[tuple[_Beginning, bool], ...]:
    """With which bytes literals begin, and whether that is all of one."""
    nodes = array("i")
    nodes.frombytes(packed)
    whole: list[_Beginning] = []
    longer: list[_Beginning] = []

    def walk(place: int, head: _Beginning) -> None:
        edges, is_end = nodes[place] & 0xFFFF, nodes[place] >> 16 & 1
        if len(head) == depth:
            longer.append(head)
            return
        if is_end:
            whole.append(head)
        for edge in nodes[place + 1 + is_end : place + 1 + is_end + edges]:
            byte = edge & 0xFF
            walk(edge >> 8, (*head, 1 << byte | (1 << (byte - 0x20) if 0x61 <= byte <= 0x7A else 0)))

    walk(0, ())
    found = [(head, False) for head in _reduced(longer)]
    return (*found, *((head, True) for head in dict.fromkeys(whole)))


def _reduced(beginnings: Iterable[_Beginning]) -> list[_Beginning]:
    """Beginnings that cover these, no more than are told apart."""
    found = list(dict.fromkeys(beginnings))
    if () in found:
        return [()]
    # Those that differ in one byte only are one, from the last byte to the first.
    for at in range(_DEPTH - 1, -1, -1):
        found = _united(found, lambda one, at=at: (one[:at], one[at + 1 :], len(one)))  # type: ignore[misc]
    for at in range(_DEPTH - 1, 0, -1):
        if len(found) > _MOST:
            found = _united(found, lambda one, at=at: one[:at])  # type: ignore[misc]
    return [one.bytes for one in _merged([_Start(3, one) for one in found], _MOST)]


def _united(beginnings: Sequence[_Beginning], key: Callable[[_Beginning], object]) -> list[_Beginning]:
    alike: dict[object, _Beginning] = {}
    for one in beginnings:
        own = key(one)
        other = alike.get(own)
        alike[own] = one if other is None else _union(one, other)
    return list(alike.values())


def _union(one: _Beginning, other: _Beginning) -> _Beginning:
    return tuple(first | second for first, second in zip(one, other, strict=False))


def _merged(starts: Sequence[_Start], most: int = _GROUPS) -> list[_Start]:
    """No more groups of starts than that: those are put together, of neighbours in the order of their bytes, that let least pass beside."""
    groups = sorted(starts, key=lambda one: (one.before, one.bytes))
    shares = [_share(one) for one in groups]
    unions = [_both(one, other) for one, other in itertools.pairwise(groups)]
    while len(groups) > most:
        costs = [_share(both) - shares[at] - shares[at + 1] for at, both in enumerate(unions)]
        at = costs.index(min(costs))
        groups[at : at + 2] = [unions[at]]
        shares[at : at + 2] = [_share(groups[at])]
        del unions[at]
        if at > 0:
            unions[at - 1] = _both(groups[at - 1], groups[at])
        if at < len(unions):
            unions[at] = _both(groups[at], groups[at + 1])
    return groups


def _both(one: _Start, other: _Start) -> _Start:
    return _Start(one.before | other.before, _union(one.bytes, other.bytes))


@functools.lru_cache(maxsize=65_536)
def _share(start: _Start) -> float:
    """Which share of a text's places it lets pass, roughly."""
    share = 1.0 if start.before == 3 else 0.5
    for allowed in start.bytes:
        share *= _weight(allowed)
    return share


@functools.lru_cache(maxsize=65_536)
def _weight(allowed: int) -> float:
    return min(1.0, int(_spread(allowed) @ _WEIGHTS) / 1000)


def _spread(allowed: int) -> npt.NDArray[np.uint8]:
    """A number for each byte: 1 for those that are allowed."""
    return np.unpackbits(np.frombuffer(allowed.to_bytes(32, "little"), dtype=np.uint8), bitorder="little")
