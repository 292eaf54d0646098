"""A page's characters and words as arrays: classes of characters, hashes of words.

A word's hash depends on its letters alone, not on where it stands: the same word is the same number on every page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
#: class of each code point below 65,536, the last entry for all above
Table = npt.NDArray[np.uint8]

#: classes of characters; those above `STOP` are commas, quotes, and signs one by one; `SIGNS` is the last: other signs
OTHER, LOWER, UPPER, LETTER, DIGIT, SIGN, SPACE, STOP = range(8)
_GROUPS = (
    ".!?…。！？।؟", ",;:、，；", "\"'„“”‚‘’»«›‹", "|¦", "©®™", "?", "!", "–—-", "/\\", "@", "#", "•·●▪■", "→›»›▶►>", "+", "…",
    "()[]", "{}", "_", "%", "$€£¥",
)  # fmt: skip
SIGNS = STOP + len(_GROUPS)
#: code points that have a class of their own
_PLANE = 65_536
#: scripts without spaces between words: each sign counts as a word
_UNSPACED = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x0E00, 0x0E7F))
_STEP, _MIX, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFT, _ONE = np.uint64(29), np.uint64(1)
#: stands for all digits
_ZERO = np.uint32(ord("0"))


def character_classes() -> Table:
    """The table of classes, made from what this Python knows of Unicode. A model keeps the one it was trained with."""
    classes = np.full(_PLANE + 1, SIGNS, dtype=np.uint8)
    for point in range(_PLANE):
        character = chr(point)
        if character.isalpha():
            classes[point] = LOWER if character.islower() else UPPER if character.isupper() else LETTER
        elif character.isdecimal():
            classes[point] = DIGIT
        elif character.isspace() or point < 32:
            classes[point] = SPACE
    for low, high in _UNSPACED:
        classes[low : high + 1] = np.where(classes[low : high + 1] == LETTER, SIGN, classes[low : high + 1])
    for number, signs in reversed(list(enumerate(_GROUPS))):
        for sign in signs:
            classes[ord(sign)] = STOP + number
    for point in (ord("?"), ord("!"), ord("…")):
        classes[point] = STOP
    return classes


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text without lone surrogates, shape (characters,)."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def hash_words(lowered: Any, classes: npt.NDArray[np.uint8], breaks: npt.NDArray[np.bool_]) -> tuple[Integers, Hashes]:
    """The words of a text: runs of letters and digits, or single signs of an unspaced script.

    Parameters: `lowered` are the code points in lower case, `classes` those of the text as it stands, `breaks` says before which
    characters a word ends in any case; all of shape (characters,).
    Returns where each word begins, and the hash of its letters in lower case, all digits alike.
    """
    inside = (classes >= LOWER) & (classes <= SIGN)
    is_sign = classes == SIGN
    begins = breaks | is_sign
    begins[1:] |= ~inside[:-1]
    begins[1:] |= is_sign[:-1]
    begins[:1] = True
    begins &= inside
    first = np.flatnonzero(begins)
    if not len(first):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    start = int(first[0])
    inside, classes, lowered = inside[start:], classes[start:], lowered[start:]
    begin = first - start
    steps = begin.astype(np.uint64)
    steps *= _STEP
    # Each letter's place in its word, in steps.
    within = np.arange(len(inside), dtype=np.uint64)
    within *= _STEP
    within -= np.repeat(steps, np.append(begin[1:], len(inside)) - begin)
    mixed = lowered.astype(np.uint64)
    np.copyto(mixed, _ZERO, where=classes == DIGIT)
    mixed += _ONE
    mixed *= _MIX
    mixed += within
    mixed ^= np.right_shift(mixed, _SHIFT, out=within)
    mixed *= _SPREAD
    # What stands between words counts nothing.
    mixed *= inside
    return first, _spread(np.add.reduceat(mixed, begin))


def hash_pairs(values: Hashes) -> Hashes:
    """Hashes of neighbouring words, shape (words - 1,)."""
    return _spread(values[:-1] * _STEP + (values[1:] ^ _MIX))


def _spread(values: Any) -> Hashes:
    values = values ^ (values >> _SHIFT)
    values = values * _MIX
    return values ^ (values >> _SHIFT)  # type: ignore[no-any-return]


def buckets(values: Hashes, bits: int) -> Integers:
    """The upper bits of hashes, as row numbers of a table of 2**bits rows."""
    return (values >> np.uint64(64 - bits)).astype(np.int64)
