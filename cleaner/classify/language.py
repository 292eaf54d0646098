"""The language of a text, by its function words."""

from __future__ import annotations

import functools
from collections import Counter

from cleaner.load.languages import languages_of_stopwords

#: so much from the middle of the text is looked at, in code points
_SAMPLE = 4_000
#: of which so many pieces of so many code points come first, and all where these do not make it clear
_PIECES, _PIECE = 3, 400
#: function words make up at least this share of a text in their language (measured: 0.25–0.5 in news of eight languages)
_LEAST_SHARE = 0.15
#: and this many times those of the next language
_LEAST_LEAD = 1.2
_LEAST_WORDS = 12
#: of the pieces more is asked
_CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS = 0.25, 2.0, 100


def detect_language(lowered: str) -> str | None:
    """The code of the language that a lower-case text is in, or None where no known language is likely."""
    middle = max(0, (len(lowered) - _SAMPLE) // 2)
    sample = lowered[middle : middle + _SAMPLE]
    if len(sample) == _SAMPLE:
        step = (_SAMPLE - _PIECE) // (_PIECES - 1)
        pieces = " ".join([sample[at : at + _PIECE] for at in range(0, _SAMPLE, step)])
        clear = _likeliest(pieces.split(), _CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS)
        if clear is not None:
            return clear
    return _likeliest(sample.split(), _LEAST_SHARE, _LEAST_LEAD, _LEAST_WORDS)


def _likeliest(words: list[str], least_share: float, least_lead: float, least_words: int) -> str | None:
    """The language of the function words among words, if they are enough and enough more than another's."""
    if len(words) < least_words:
        return None
    counts: Counter[str] = Counter()
    for codes, count in Counter(map(_codes_of_stopwords().get, words)).items():
        for code in codes.split() if codes else ():
            counts[code] += count
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < least_share * len(words):
        return None
    if len(ranked) > 1 and ranked[0][1] < least_lead * ranked[1][1]:
        return None
    return ranked[0][0]


@functools.cache
def _codes_of_stopwords() -> dict[str, str]:
    """Function word -> codes of its languages in one string, which is counted faster than a tuple of them."""
    return {word: " ".join(codes) for word, codes in languages_of_stopwords().items()}
