"""The language of a text, by its function words."""

from __future__ import annotations

import functools
from collections import Counter

from cleaner.load.languages import languages_of_stopwords

#: so much of the text is looked at, in code points
_SAMPLE = 4_000
#: function words make up at least this share of a text in their language (measured: 0.25–0.5 in news of eight languages)
_LEAST_SHARE = 0.15
#: and this many times those of the next language
_LEAST_LEAD = 1.2
_LEAST_WORDS = 12


def detect_language(lowered: str) -> str | None:
    """The code of the language that a lower-case text is in, or None where no known language is likely."""
    middle = max(0, (len(lowered) - _SAMPLE) // 2)
    words = lowered[middle : middle + _SAMPLE].split()
    if len(words) < _LEAST_WORDS:
        return None
    counts: Counter[str] = Counter()
    for codes, count in Counter(map(_codes_of_stopwords().get, words)).items():
        for code in codes.split() if codes else ():
            counts[code] += count
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _LEAST_SHARE * len(words):
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAST_LEAD * ranked[1][1]:
        return None
    return ranked[0][0]


@functools.cache
def _codes_of_stopwords() -> dict[str, str]:
    """Function word -> codes of its languages in one string, which is counted faster than a tuple of them."""
    return {word: " ".join(codes) for word, codes in languages_of_stopwords().items()}
