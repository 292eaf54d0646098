"""Patterns compiled for `cleaner.kernel.matcher`. What is not understood here is left to RE2, which is the twin."""

from __future__ import annotations

import functools
import re
import sys
from array import array

import msgspec

from cleaner.load.letter_case import Ranges
from cleaner.load.node_texts import can_be_empty, class_of, multiplied, texts_of
from cleaner.load.packed_tries import TrieBytes, packed_trie
from cleaner.load.pattern_nodes import At, Choice, Class, Node, Repeat, Residue, Row, Sign, nodes_of
from cleaner.load.pattern_starts import Kinds, Program, start_tables

#: kinds of instructions, as the kernel numbers them
_MATCH, _CLASS, _TRIE, _RUN, _LAZY, _SPLIT, _SAVE, _BEGIN, _END, _BOUNDARY, _INSIDE, _DISPATCH = range(12)
_KINDS = Kinds(_MATCH, _CLASS, _TRIE, _RUN, _LAZY, _SPLIT, _BEGIN, _BOUNDARY, _INSIDE, _DISPATCH)
_PLACES = {"begin": _BEGIN, "end": _END, "boundary": _BOUNDARY, "inside": _INSIDE}
#: flags of a program
_ANCHORED, _HAS_GROUP = 1, 2
_WIDTH = 8
_HEAD = 5
#: instructions of a program
_MOST_INSTRUCTIONS = 6000
#: alternatives from which on those are looked up that go on with a text's next byte
_FEWEST_DISPATCHED = 3
#: and how many combinations of them there are at most: their numbers are bytes
_MOST_COMBINATIONS = 255
#: a repeat of so many letters may go through most of a line
_LONG_REPEAT = 12
#: what stands for a text's end among its bytes
_NO_BYTE = 256


class Compiled(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A pattern's program before the kernel has it."""

    code: bytes
    #: the literals of its tries, packed
    tries: tuple[bytes, ...]
    #: whether it may be asked for places too: RE2 may end a match elsewhere where a repeat can be empty
    has_places: bool


def compiled_program(pattern: str) -> Compiled | None:
    """The program of a pattern whose lists are inserted; None where the pattern is left to RE2."""
    try:
        return _Compiler().compiled(nodes_of(pattern))
    except (re.error, OverflowError, RecursionError):
        return None


class _Compiler:
    """Instructions are put down from the last to the first: each knows what comes next."""

    def __init__(self) -> None:
        self._steps: list[list[int]] = [[_MATCH, -1, 0, 0, 0, 0, 0, 0]]
        self._classes: dict[Ranges, int] = {}
        self._tries: dict[int, int] = {}
        self._tried: list[TrieBytes] = []
        self._ranges: tuple[Ranges, ...] = ()
        #: where alternatives begin, of each instruction that chooses among many
        self._arms: list[list[int]] = []
        self._has_group = False
        self._is_exact = True

    def compiled(self, node: Node) -> Compiled:
        start = self._put(node, 0)
        self._is_exact = self._is_exact and not can_be_empty(node)
        marks = self._mark(start)
        self._ranges = tuple(self._classes)
        choices = self._dispatched()
        classes, pool = self._packed_classes(_HEAD + len(self._steps) * _WIDTH)
        firsts: dict[frozenset[int], int] = {}

        def packed_first(step: int) -> int:
            first = self._first(step)
            if first is None:
                return 0
            place = firsts.get(first)
            if place is None:
                place = firsts[first] = _HEAD + len(self._steps) * _WIDTH + len(pool)
                pool.extend(_bits(first, 256))
            return place

        tables_of: dict[int, int] = {}

        def packed_tables(step: int) -> int:
            if step not in tables_of:
                tables, place = start_tables(self._program(), step), _HEAD + len(self._steps) * _WIDTH + len(pool)
                tables_of[step] = place if tables is not None else 0
                pool.extend(array("i", tables or b""))
            return tables_of[step]

        code = array("i", [marks, _HEAD + start * _WIDTH, 0, packed_first(start), 0])
        if code[3] == 0 and any(step[0] == _INSIDE for step in self._steps):
            raise OverflowError  # RE2 may find it between the bytes of a sign
        code[2] = (_ANCHORED if self._is_anchored(start) else 0) | (_HAS_GROUP if self._has_group else 0)
        for kind, mark, following, first, second, third, _, _ in self._steps:
            own = [first, second, third, 0, 0]
            if kind in (_CLASS, _RUN, _LAZY):
                own[0] = classes[first]
            elif kind == _SPLIT:
                own[0] = _HEAD + first * _WIDTH
            elif kind == _DISPATCH:
                table, targets = choices[first]
                own[0] = _HEAD + len(self._steps) * _WIDTH + len(pool)
                pool.extend(int.from_bytes(bytes(table[place : place + 4]), sys.byteorder, signed=True) for place in range(0, _NO_BYTE, 4))
                pool.append(table[_NO_BYTE])
                pool.extend(_HEAD + target * _WIDTH if target >= 0 else 0 for target in targets)
            if kind == _RUN:
                own[3] = packed_first(following)
                if own[3] and self._is_wide(first, third):
                    own[4] = packed_tables(following)
            code.extend([kind, mark, _HEAD + following * _WIDTH, *own])
        if not code[2] & _ANCHORED:
            code[4] = packed_tables(start)
        code.extend(pool)
        return Compiled(code.tobytes(), tuple(one.packed for one in self._tried), self._is_exact)

    def _is_wide(self, ranges: int, most: int) -> bool:
        """Whether a repeat walks over most of a line, so that it is worth a closer look where it can end."""
        letters = sum(low <= letter <= high for low, high in self._ranges[ranges] for letter in range(0x61, 0x7B))
        return (most < 0 or most >= _LONG_REPEAT) and letters == 26

    def _program(self) -> Program:
        return Program(_KINDS, self._steps, self._arms, self._ranges, [one.packed for one in self._tried])

    def _packed_classes(self, begin: int) -> tuple[list[int], list[int]]:
        pool: list[int] = []
        places: list[int] = []
        for ranges in self._classes:
            places.append(begin + len(pool))
            beyond = [(low, high) for low, high in ranges if high >= 0x80]
            ascii_signs = frozenset(sign for low, high in ranges for sign in range(low, min(high, 0x7F) + 1))
            pool += [*_bits(ascii_signs, 128), len(beyond)]
            for low, high in beyond:
                pool += [max(low, 0x80), high]
        return places, pool

    def _add(self, kind: int, following: int, *own: int) -> int:
        if len(self._steps) >= _MOST_INSTRUCTIONS:
            raise OverflowError
        self._steps.append([kind, -1, following, *own, *(0,) * (5 - len(own))])
        return len(self._steps) - 1

    def _class(self, ranges: Ranges) -> int:
        return self._classes.setdefault(ranges, len(self._classes))

    def _put(self, node: Node, following: int) -> int:
        if isinstance(node, (Sign, Choice, Row)):
            texts = texts_of(node)
            if texts is not None:
                return self._put_texts(texts, following)
        if isinstance(node, Class):
            return self._add(_CLASS, following, self._class(node.ranges))
        if isinstance(node, At):
            return self._add(_PLACES[node.place], following)
        if isinstance(node, Residue):
            self._has_group = True
            following = self._add(_SAVE, following, 3)
            return self._add(_SAVE, self._put(node.part, following), 2)
        if isinstance(node, Choice):
            return self._put_choice(node, following)
        if isinstance(node, Repeat):
            return self._put_repeat(node, following)
        assert isinstance(node, Row)
        return self._put_row(node, following)

    def _put_texts(self, texts: tuple[str, ...], following: int) -> int:
        if texts == ("",):
            return following
        trie = packed_trie(texts)
        number = self._tries.get(id(trie))
        if number is None:
            number = self._tries[id(trie)] = len(self._tried)
            self._tried.append(trie)
        return self._add(_TRIE, following, number)

    def _put_row(self, row: Row, following: int) -> int:
        """Parts side by side that are plain texts become one."""
        parts: list[Node | tuple[str, ...]] = []
        for part in row.parts:
            texts = texts_of(part)
            if texts is None:
                parts.append(part)
            elif parts and isinstance(parts[-1], tuple) and (joint := multiplied(parts[-1], texts)):
                parts[-1] = joint
            else:
                parts.append(texts)
        for one in reversed(parts):
            following = self._put_texts(one, following) if isinstance(one, tuple) else self._put(one, following)
        return following

    def _put_choice(self, choice: Choice, following: int) -> int:
        single = class_of(choice)
        if single is not None:
            return self._add(_CLASS, following, self._class(single))
        arms: list[Node | tuple[str, ...]] = []
        for arm in choice.arms:
            texts = texts_of(arm)
            if texts is None:
                arms.append(arm)
            elif arms and isinstance(arms[-1], tuple):
                arms[-1] = tuple(dict.fromkeys((*arms[-1], *texts)))
            else:
                arms.append(texts)
        places = [self._put_texts(one, following) if isinstance(one, tuple) else self._put(one, following) for one in arms]
        if len(places) >= _FEWEST_DISPATCHED:
            self._arms.append(places)
            return self._add(_DISPATCH, following, len(self._arms) - 1)
        return self._one_of(places)

    def _one_of(self, places: list[int]) -> int:
        """An instruction from which all of these are tried in their order."""
        last = places[-1]
        for place in reversed(places[:-1]):
            last = self._add(_SPLIT, place, last)
        return last

    def _dispatched(self) -> list[tuple[list[int], list[int]]]:
        """For each byte, and a text's end, a number, and where each number goes, of each instruction that chooses; 0 is nowhere."""
        tables: list[tuple[list[int], list[int]]] = []
        for places in self._arms:
            firsts = [self._first(place) for place in places]
            numbers: dict[tuple[int, ...], int] = {(): 0}
            table = [
                numbers.setdefault(
                    tuple(place for place, first in zip(places, firsts, strict=True) if first is None or byte in first), len(numbers)
                )
                for byte in range(_NO_BYTE + 1)
            ]
            if len(numbers) > _MOST_COMBINATIONS:
                raise OverflowError
            tables.append((table, [-1, *(self._one_of(list(some)) for some in numbers if some)]))
        return tables

    def _put_repeat(self, repeat: Repeat, following: int) -> int:
        part, least, most = repeat.part, repeat.least, repeat.most
        if most == 0:
            return following
        single = class_of(part)
        if single is not None:
            return self._add(_LAZY if repeat.is_lazy else _RUN, following, self._class(single), least, most)
        if can_be_empty(part):
            self._is_exact = False
        if most < 0:
            loop = self._add(_SPLIT, following, following)
            body = self._put(part, loop)
            self._steps[loop][2:4] = [following, body] if repeat.is_lazy else [body, following]
            entry = loop
        else:
            entry = following
            for _ in range(most - least):
                body = self._put(part, entry)
                entry = self._add(_SPLIT, following, body) if repeat.is_lazy else self._add(_SPLIT, body, following)
        for _ in range(least):
            entry = self._put(part, entry)
        return entry

    def _mark(self, start: int) -> int:
        """Gives a mark to each instruction that can be come to in more ways than one; returns how many there are."""
        ways = [0] * len(self._steps)
        ways[start] = 1
        for kind, _, following, own, *_ in self._steps:
            if kind == _DISPATCH:
                for arm in self._arms[own]:
                    ways[arm] += 1
                continue
            ways[following] += 2 if kind in (_TRIE, _RUN, _LAZY) else 1
            if kind == _SPLIT:
                ways[own] += 1
        marks = 0
        for step, count in zip(self._steps, ways, strict=True):
            if count > 1:
                step[1] = marks
                marks += 1
        return marks

    def _is_anchored(self, start: int) -> bool:
        seen: set[int] = set()
        left = [start]
        while left:
            step = left.pop()
            kind, _, following, own, *_ = self._steps[step]
            if step in seen or kind == _BEGIN:
                continue
            seen.add(step)
            if kind == _SPLIT:
                left += [following, own]
            elif kind == _DISPATCH:
                left += self._arms[own]
            elif kind in (_SAVE, _BOUNDARY, _INSIDE):
                left.append(following)
            else:
                return False
        return True

    def _first(self, step: int) -> frozenset[int] | None:
        """The bytes that a match can go on with from an instruction; None where it can go on without one."""
        found: set[int] = set()
        seen: set[int] = set()
        left = [step]
        while left:
            place = left.pop()
            if place in seen:
                continue
            seen.add(place)
            kind, _, following, own, least, *_ = self._steps[place]
            if kind == _MATCH:
                return None
            if kind == _TRIE:
                first = self._tried[own].first
                if first is None:
                    return None
                found |= first
            elif kind in (_CLASS, _RUN, _LAZY):
                found |= _first_bytes(self._ranges[own])
                if kind != _CLASS and least == 0:
                    left.append(following)
            elif kind == _DISPATCH:
                left += self._arms[own]
            else:
                left.append(following)
                if kind == _SPLIT:
                    left.append(own)
        return frozenset(found)


@functools.lru_cache(maxsize=4096)
def _first_bytes(ranges: Ranges) -> frozenset[int]:
    found: set[int] = set()
    for low, high in ranges:
        first, last = (chr(sign).encode("utf-8", "surrogatepass")[0] for sign in (low, high))
        found.update(range(first, last + 1))
    return frozenset(found)


def _bits(numbers: frozenset[int], size: int) -> list[int]:
    words = [0] * (size // 32)
    for number in numbers:
        words[number >> 5] |= 1 << (number & 31)
    return [word - (1 << 32) if word >= 1 << 31 else word for word in words]
