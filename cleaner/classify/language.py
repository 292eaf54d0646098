"""The language of a text, by its function words."""

from __future__ import annotations

import functools
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from cleaner.kernel import COMPILED
from cleaner.load.languages import languages, languages_of_stopwords
from cleaner.load.unspaced import SIGNS_A_WORD, count_signs

if TYPE_CHECKING:
    from cleaner.kernel.vocabulary import Vocabulary

#: so much from the middle of the text is looked at, in code points
_SAMPLE = 4_000
#: of which so many pieces of so many code points come first, and all where these do not make it clear
_PIECES, _PIECE = 3, 400
#: of a text so many times as long as these
_LONG = 2
#: function words make up at least this share of a text in their language (measured: 0.25–0.5 in news of eight languages)
_LEAST_SHARE = 0.15
#: and this many times those of the next language
_LEAST_LEAD = 1.2
_LEAST_WORDS = 12
#: of the pieces more is asked
_CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS = 0.25, 2.0, 100
#: a word that a language does not have takes so many function words of it away
_FOREIGN = 2
_AGAINST = "-"
#: a text in which this share of the signs is of a script without spaces is in a language written in it; news quotes and names fewer
_UNSPACED_SHARE = 0.4


def detect_language(lowered: str) -> str | None:
    """The code of the language that a lower-case text is in, or None where no known language is likely."""
    middle = max(0, (len(lowered) - _SAMPLE) // 2)
    sample = lowered[middle : middle + _SAMPLE]
    if not sample.isascii() and (signs := count_signs(sample)) >= _UNSPACED_SHARE * len(sample):
        return _unspaced_language(sample, signs / SIGNS_A_WORD)
    if len(sample) >= _LONG * _PIECES * _PIECE:
        step = (len(sample) - _PIECE) // (_PIECES - 1)
        pieces = " ".join([sample[at : at + _PIECE] for at in range(0, step * _PIECES, step)])
        clear = _spaced_language(pieces, _CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS)
        if clear is not None:
            return clear
    return _spaced_language(sample, _LEAST_SHARE, _LEAST_LEAD, _LEAST_WORDS)


def compiled_spaced_language(sample: str, least_share: float, least_lead: float, least_words: int) -> str | None:
    """`plain_spaced_language`, in the kernel."""
    vocabulary, codes = _vocabulary()
    found = vocabulary.likeliest(sample, least_share, least_lead, least_words, _FOREIGN)
    return codes[found] if found >= 0 else None


def plain_spaced_language(sample: str, least_share: float, least_lead: float, least_words: int) -> str | None:
    """The language of the function words in a sample, if they are enough and enough more than another's."""
    words, counts = plain_count(sample)
    if words < least_words:
        return None
    found = _most_likely({code: count for code, count in counts.items() if code[0] != _AGAINST}, words, least_share, least_lead)
    if found is None or counts[found] - _FOREIGN * counts.get(_AGAINST + found, 0) < least_share * words:
        return None
    return found


def plain_count(sample: str) -> tuple[int, dict[str, int]]:
    """How many words a sample has, and how many of them are function words of each language, or speak against it."""
    words = sample.split()
    counts: dict[str, int] = {}
    for codes, count in Counter(map(_codes_of_stopwords().get, words)).items():
        for code in codes.split() if codes else ():
            counts[code] = counts.get(code, 0) + count
    return len(words), counts


def compiled_count(sample: str) -> tuple[int, dict[str, int]]:
    """`plain_count`, in the kernel."""
    vocabulary, codes = _vocabulary()
    words, counts = vocabulary.count(sample)
    return words, {code: count for code, count in zip(codes, counts, strict=True) if count}


_spaced_language = compiled_spaced_language if COMPILED else plain_spaced_language


@functools.cache
def _vocabulary() -> tuple[Vocabulary, list[str]]:
    """All function words, and the codes by their lists' numbers."""
    from cleaner.kernel.vocabulary import Vocabulary

    numbers: dict[str, int] = {}
    words = {word: [numbers.setdefault(code, len(numbers)) for code in codes.split()] for word, codes in _codes_of_stopwords().items()}
    against = [-2 if code[0] == _AGAINST else numbers.get(_AGAINST + code, -1) for code in numbers]
    return Vocabulary(words, against), list(numbers)


def _unspaced_language(sample: str, words: float) -> str | None:
    """The language of a text without spaces: function words are counted wherever they stand."""
    if words < _LEAST_WORDS:
        return None
    counts = {code: sum(map(sample.count, found)) for code, found in _unspaced_stopwords().items()}
    return _most_likely(counts, words, _LEAST_SHARE, _LEAST_LEAD)


def _most_likely(counts: dict[str, int], words: float, least_share: float, least_lead: float) -> str | None:
    """The language of which there are most function words, if they are many enough for so many words, and the next one's far fewer."""
    ranked = sorted(counts.items(), key=itemgetter(1), reverse=True)
    if not ranked or ranked[0][1] < least_share * words:
        return None
    if len(ranked) > 1 and ranked[0][1] < least_lead * ranked[1][1]:
        return None
    return ranked[0][0]


@functools.cache
def _unspaced_stopwords() -> dict[str, tuple[str, ...]]:
    return {code: tuple(sorted(language.stopwords)) for code, language in languages().items() if language.unspaced}


@functools.cache
def _codes_of_stopwords() -> dict[str, str]:
    """Function word -> codes of its languages in one string, which is counted faster than a tuple of them.

    A sign stands before the code of a language that the word speaks against.
    """
    table = {word: list(codes) for word, codes in languages_of_stopwords().items()}
    for code, language in languages().items():
        for word in sorted(language.foreign):
            table.setdefault(word, []).append(_AGAINST + code)
    return {word: " ".join(codes) for word, codes in table.items()}
