"""What a block looks like, whatever it says: words, sentence end, digits."""

from __future__ import annotations

import functools
import re

import msgspec

from cleaner.kernel import COMPILED
from cleaner.load.rules import normalise
from cleaner.load.terms import terms
from cleaner.load.unspaced import CLOSERS, SIGNS_A_WORD, STOPS, count_words, has_unspaced
from cleaner.values import Document

if COMPILED:
    from cleaner.kernel.text import count_joints, shapes

_CLOSERS = "\"'”“’‘»«›‹)]}*_ \u200b」』）】〕》〉"
_STOPS = ".!?…。！？｡।؟:;：；"
#: signs that a sentence ends with
SENTENCE_STOPS = _STOPS
_ENDS = frozenset(_STOPS)
#: a paragraph of so many words that holds two sentences is one even if something is glued to its end
_PARAGRAPH_WORDS = 25
#: longest bracket behind a sentence, in characters
_BRACKET = 40
_BRACKETS = {")": "(", "）": "（"}
_CLOSING = "".join(_BRACKETS)
#: lines of which answers are remembered, and their most characters: they come again on every page of a site
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 2_048, 200
_LONGEST_NAME = 60
#: a small letter with a capital right behind it, a word of four letters or more on either side
_JOINT = re.compile(r"[^\W\d_]{3}[a-zß-öø-ÿ](?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{3})")
_JOINTS = 2
_DIGIT = re.compile(r"\d")
_INNER_STOP = re.compile(rf"[a-zß-öø-ÿ0-9)\"”“»][.!?…][\"”“»)]?\s+[\"„“«»(]?[A-ZÀ-ÖØ-Þ]|[{STOPS}][{CLOSERS}]?[^\s{STOPS}{CLOSERS}]")


class Shapes(msgspec.Struct, frozen=True):
    """Parallel lists, one entry a block."""

    #: words (runs of characters between spaces; two signs of Chinese or Japanese script count as one)
    words: list[int]
    #: whether the block ends like a sentence, closing quotes and brackets aside, or is long and holds a sentence's end
    ends: list[bool]
    #: whether there is any letter of a script without spaces between words
    unspaced: bool = False


def measure(document: Document) -> Shapes:
    """The shapes of all blocks of a document."""
    if not COMPILED:
        return plain_measure(document)
    unspaced = has_unspaced(document.source)
    words, ends, undecided = shapes(document.texts, unspaced, SIGNS_A_WORD, _STOPS, _CLOSERS, _CLOSING, _PARAGRAPH_WORDS)
    for block in undecided:
        text = document.texts[block]
        ends[block] = (text[-1] in _BRACKETS and _ends_behind_closers(text)) or (words[block] >= _PARAGRAPH_WORDS and has_inner_stop(text))
    return Shapes(words, ends, unspaced)


def plain_measure(document: Document) -> Shapes:
    """`measure`, in Python."""
    unspaced = has_unspaced(document.source)
    words = [count_words(text) for text in document.texts] if unspaced else [text.count(" ") + 1 for text in document.texts]
    ends = [
        (last := text[-1]) in _ENDS
        or (not last.isalnum() and _ends_behind_closers(text))
        or (count >= _PARAGRAPH_WORDS and has_inner_stop(text))
        for text, count in zip(document.texts, words, strict=True)
    ]
    return Shapes(words, ends, unspaced)


def _ends_behind_closers(text: str) -> bool:
    """Whether a sentence ends before closing quotes, or before a bracket such as `(dpa)`."""
    bare = text.rstrip(_CLOSERS)
    if bare[-1:] in _ENDS:
        return True
    bracket = text.rfind(_BRACKETS[text[-1]], -_BRACKET, -1) if text[-1] in _BRACKETS else -1
    return bracket > 0 and text[:bracket].rstrip(_CLOSERS)[-1:] in _ENDS


def has_digit(text: str) -> bool:
    """Whether any character is a decimal digit."""
    return _DIGIT.search(text) is not None


def has_inner_stop(text: str) -> bool:
    """Whether a sentence ends inside the text and another begins."""
    return _INNER_STOP.search(text) is not None


def is_run_together(text: str) -> bool:
    """Whether a text is several words or more that lost what stood between them, as topics and menus do: `PolitikWeltSport`."""
    return text[-1:] not in _ENDS and (count_joints(text, _JOINTS) >= _JOINTS if COMPILED else plain_has_joints(text))


def plain_has_joints(text: str) -> bool:
    """Whether so many words have lost what stood between them and the next."""
    return len(_JOINT.findall(text)) >= _JOINTS


def is_name(text: str) -> bool:
    """Whether a text has the form of a person's name, and nothing else."""
    return len(text) <= _LONGEST_NAME and " " in text and _is_name(text)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _is_name(text: str) -> bool:
    return _name().fullmatch(text.strip(" ,.:|·")) is not None


def normal_form(text: str) -> str:
    """`normalise`, which is asked for the same lines by several classifiers, and on every page of a site."""
    return _normal_form(text) if len(text) <= _LONGEST_REMEMBERED else normalise(text)


_normal_form = functools.lru_cache(maxsize=_MOST_REMEMBERED)(normalise)


def first_name(text: str, start: int) -> re.Match[str] | None:
    """The first part of a text from there on that has the form of a person's name of two words or more."""
    return _name().search(text, start)


@functools.cache
def _name() -> re.Pattern[str]:
    return re.compile(terms()["name"])
