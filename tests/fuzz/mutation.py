"""Inputs made from sound ones by the faults that files have: cut, torn, glued, doubled, with odd bytes or words in the wrong place."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

#: bytes and numbers that programs stumble over
_ODD = (
    b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xc3", b"\r", b"\n",
    b"\r\n", b"\x1b[2J",
    b"\x7f", b"\x85", b"-1", b"0", b"1e999", b"NaN", b"99999999999999999999", b"4294967296", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"\xf3\xb0\x80\x80", b"\\u0000", b"\\ud800", b"%s", b"../", b"/", b"\\", b"'", b'"', b"{", b"}", b"[", b"]", b"(", b")",
    b"<", b">", b"&",
)  # fmt: skip
#: a piece is doubled up to so often
_MOST_TIMES = 3_000
#: no input grows beyond so many bytes, but by its seeds
_MOST_BYTES = 60_000


class Mutator:
    """Makes inputs, always the same ones for the same seed.

    Parameters: `seeds` are sound inputs, `words` what the format is made of.
    """

    def __init__(self, seeds: Sequence[bytes], words: Sequence[bytes], seed: int) -> None:
        self._seeds, self._words = seeds, (*words, *_ODD)
        # Chance that can be had again: the number is the only thing it depends on.
        self._chance = random.Random(seed)
        self._ways: tuple[Callable[[bytearray], None], ...] = (
            self._insert, self._insert, self._insert, self._overwrite, self._cut, self._cut, self._repeat, self._splice, self._swap,
            self._flip,
        )  # fmt: skip

    def next(self) -> bytes:
        """Another input."""
        chance = self._chance
        content = bytearray(chance.choice(self._seeds) if self._seeds else b"")
        if chance.random() < 0.1:
            content = bytearray(b"".join(chance.choice(self._words) for _ in range(chance.randrange(1, 40))))
        for _ in range(1 + min(int(chance.expovariate(0.3)), 12)):
            chance.choice(self._ways)(content)
        return bytes(content[: max(_MOST_BYTES, max(map(len, self._seeds), default=0))])

    def _place(self, content: bytearray) -> int:
        return self._chance.randrange(len(content) + 1)

    def _piece(self, content: bytearray) -> tuple[int, int]:
        start = self._place(content)
        return start, min(len(content), start + 1 + int(self._chance.expovariate(0.02)))

    def _insert(self, content: bytearray) -> None:
        at = self._place(content)
        content[at:at] = self._chance.choice(self._words)

    def _overwrite(self, content: bytearray) -> None:
        at, word = self._place(content), self._chance.choice(self._words)
        content[at : at + len(word)] = word

    def _cut(self, content: bytearray) -> None:
        start, end = self._piece(content)
        if self._chance.random() < 0.1:
            end = len(content)
        del content[start:end]

    def _repeat(self, content: bytearray) -> None:
        start, end = self._piece(content)
        piece = bytes(content[start:end]) if self._chance.random() < 0.6 else self._chance.choice(self._words)
        times = min(int(self._chance.choice((2, 5, 40, _MOST_TIMES))), 1 + _MOST_BYTES // max(1, len(piece)))
        content[start:start] = piece * times

    def _splice(self, content: bytearray) -> None:
        other = self._chance.choice(self._seeds) if self._seeds else b""
        at, begin = self._place(content), self._chance.randrange(len(other) + 1)
        content[at : at + self._chance.randrange(200)] = other[begin : begin + self._chance.randrange(400)]

    def _swap(self, content: bytearray) -> None:
        start, end = self._piece(content)
        piece = bytes(content[start:end])
        del content[start:end]
        at = self._place(content)
        content[at:at] = piece

    def _flip(self, content: bytearray) -> None:
        for _ in range(self._chance.randrange(1, 6)):
            if content:
                content[self._chance.randrange(len(content))] = self._chance.randrange(256)
