"""The language of a text, by its function words."""

from __future__ import annotations

import functools
from collections import Counter

from cleaner.load.languages import languages_of_stopwords

#: so much of the text is looked at, in code points: the smaller sample first, and the larger where that is not clear
_SAMPLES = (1_200, 4_000)
#: function words make up at least this share of a text in their language (measured: 0.25–0.5 in news of eight languages)
_LEAST_SHARE = 0.15
#: and this many times those of the next language
_LEAST_LEAD = 1.2
_LEAST_WORDS = 12
#: in a smaller sample more is asked for
_CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS = 0.25, 2.0, 100


def detect_language(lowered: str) -> str | None:
    """The code of the language that a lower-case text is in, or None where no known language is likely."""
    first, whole = _SAMPLES
    if len(lowered) > first:
        clear = _likeliest(lowered, first, _CLEAR_SHARE, _CLEAR_LEAD, _CLEAR_WORDS)
        if clear is not None:
            return clear
    return _likeliest(lowered, whole, _LEAST_SHARE, _LEAST_LEAD, _LEAST_WORDS)


def _likeliest(lowered: str, sample: int, least_share: float, least_lead: float, least_words: int) -> str | None:
    """The language of which the function words in the middle of a text are, if they are enough and enough more than another's."""
    middle = max(0, (len(lowered) - sample) // 2)
    words = lowered[middle : middle + sample].split()
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
