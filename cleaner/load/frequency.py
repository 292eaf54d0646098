"""How often literals are met in texts: by that a rule's rarest literals are chosen, and a line without them is not looked at."""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Mapping

import msgspec

from cleaner.load.files import DATA
from cleaner.load.languages import languages_of_stopwords

FIGURES = DATA / "literals.bin"
#: signs of a page of news, and of what figures are for
PAGE, SIGNS = 7_000, 10_000_000
#: stands before a literal with which a word must begin, and behind one with which it must end
WORD = "\0"
#: how much rarer a literal is at a word's start or end than anywhere: twice that for a whole word
_WORD_EDGE = 0.45
#: literals from this length on are all rare alike
_LONG = 8
#: from here on signs are of Chinese or Japanese script, and one says as much as so many letters
_IDEOGRAPHS, _LETTERS_A_SIGN = "\u3040", 3
_COMMON_SIGNS = frozenset(".,:;-–'\"()?!/’„“”0123456789")
#: what was not met when figures were made is so much rarer than it looks
_NOT_MET = 0.1


@functools.lru_cache(maxsize=4096)
def frequency(literals: frozenset[str]) -> float:
    """How often one of the literals is met in a page of news, roughly: what counts is their order."""
    return round(math.fsum(map(_frequency_of_one, literals)), 9)


def _frequency_of_one(literal: str) -> float:
    figure = literal_figures().get(literal)
    return _guess(literal) if figure is None else figure * (PAGE / SIGNS)


def _guess(literal: str) -> float:
    if WORD in literal:
        return _WORD_EDGE ** literal.count(WORD) * _guess(literal.strip(WORD))
    text = literal.strip()
    if len(text) == 1 and text < _IDEOGRAPHS:
        return 5.0 if text in _COMMON_SIGNS else 0.05
    stopwords = languages_of_stopwords()
    words = text.split()
    if all(word in stopwords for word in words):
        return 5.0 / max(len(words), 1) ** 2
    letters = len(text) + (_LETTERS_A_SIGN - 1) * sum(sign > _IDEOGRAPHS for sign in text)
    return _NOT_MET * (4.0 * math.exp(-0.9 * (letters - 1)) if letters < _LONG else 0.01)


@functools.cache
def literal_figures() -> Mapping[str, int]:
    """How often literals of the package's rules are met in ten million signs; those are left out that were not met.

    `scripts/literal_figures.py` makes them.
    """
    return msgspec.msgpack.decode(zlib.decompress(FIGURES.read_bytes()), type=dict[str, int])


def write_figures(figures: Mapping[str, int]) -> None:
    """Makes the figures anew."""
    FIGURES.write_bytes(zlib.compress(msgspec.msgpack.encode(dict(sorted(figures.items()))), 9))
