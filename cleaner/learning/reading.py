"""The pages of a site, read into lines and counted: what the search for template lines works on."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from cleaner.classify.shape import measure
from cleaner.learning.days import day_of
from cleaner.learning.pages import Page
from cleaner.learning.views import View
from cleaner.load.languages import languages_of_stopwords
from cleaner.load.line_shapes import line_shape
from cleaner.values import Document

#: a real paragraph: it ends like a sentence, has so many words, and stands in one document only
PARAGRAPH_WORDS = 12
#: lines of so many words say whether two documents of a site hold the same text
_TELLING_WORDS = 8
#: documents that share so much of the telling lines of the shorter one hold the same text
_SAME_TEXT = 0.6
#: words of the site's texts are taken from so many documents
_VOCABULARY_PAGES = 60
#: a line is strange if a line of the texts would have so few known words with this chance at the most
_STRANGE = 0.07
#: a line of the texts knows no larger share of its words for sure: texts of one subject are more alike than their standard sentences
_MOST_USUAL = 0.6
_WORD = re.compile(r"[^\W\d_]{2,}")


class Lines(msgspec.Struct, frozen=True):
    """One page's lines; parallel lists."""

    texts: list[str]
    shapes: list[str]
    words: list[int]
    #: whether the line ends like a sentence
    ends: list[bool]
    day: str | None
    #: what the cleaner makes of them; None where it was not asked
    views: list[View] | None = None
    #: paths of their elements; empty for texts
    paths: list[str] = []


class Vocabulary(msgspec.Struct, frozen=True):
    """The words of a site's own texts."""

    #: lower case
    words: frozenset[str]
    #: the share of a paragraph's words that other pages have, or that are function words of a language
    usual: float


class Sample(msgspec.Struct, frozen=True):
    """The pages of a site of which each holds another text, and what was counted in them."""

    pages: list[Page]
    lines: list[Lines]
    #: shape -> number of pages that have it
    seen: Counter[str]
    #: for each page its first real paragraph, and one past its last; equal where it has none
    bodies: list[tuple[int, int]]
    vocabulary: Vocabulary


def read_page(page: Page) -> Lines:
    """A page's lines."""
    texts = page.texts()
    shapes = measure(Document(source=" ".join(texts), blocks=(), texts=tuple(texts))) if texts[0] else None
    if shapes is None:
        return Lines([], [], [], [], None)
    return Lines(texts, list(map(line_shape, texts)), shapes.words, shapes.ends, day_of(page.url, texts), page.views(), page.elements())


def read_pages(pages: Sequence[Page]) -> Sample:
    """The sample of a site. Parameters: `pages` in any order."""
    ordered = sorted(pages, key=lambda page: (page.key, page.url))
    lines = [read_page(page) for page in ordered]
    alone = _alone(lines)
    ordered, lines = [ordered[at] for at in alone], [lines[at] for at in alone]
    seen = _seen(lines)
    bodies = [_body(page, seen) for page in lines]
    return Sample(ordered, lines, seen, bodies, _vocabulary(lines, seen))


def _seen(lines: Sequence[Lines]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for page in lines:
        seen.update(set(page.shapes))
    return seen


def _alone(lines: Sequence[Lines]) -> list[int]:
    """The pages but those that hold the same text as one before them: their lines would seem to recur."""
    seen = _seen(lines)
    # What half of the pages have is the site's, not a text's.
    most = max(2, len(lines) // 2)
    telling: list[set[str]] = []
    where: dict[str, list[int]] = defaultdict(list)
    for at, page in enumerate(lines):
        own = {shape for shape, words in zip(page.shapes, page.words, strict=True) if words >= _TELLING_WORDS and (seen[shape] <= most)}
        telling.append(own)
        for shape in own:
            if seen[shape] > 1:
                where[shape].append(at)
    shared: list[Counter[int]] = [Counter() for _ in lines]
    for pages in where.values():
        for number, at in enumerate(pages):
            shared[at].update(pages[:number])
    kept: list[int] = []
    dropped: set[int] = set()
    for at, counts in enumerate(shared):
        if any(
            other not in dropped and count >= _SAME_TEXT * min(len(telling[at]), len(telling[other])) for other, count in counts.items()
        ):
            dropped.add(at)
        else:
            kept.append(at)
    return kept


def _body(page: Lines, seen: Counter[str]) -> tuple[int, int]:
    real = [
        at
        for at, (shape, words, ends) in enumerate(zip(page.shapes, page.words, page.ends, strict=True))
        if ends and words >= PARAGRAPH_WORDS and seen[shape] == 1
    ]
    return (real[0], real[-1] + 1) if real else (0, 0)


def _vocabulary(lines: Sequence[Lines], seen: Counter[str]) -> Vocabulary:
    """The words of the first pages' real paragraphs, and how much of a page's words the other pages have."""
    pages: list[list[set[str]]] = []
    for page in lines[:_VOCABULARY_PAGES]:
        paragraphs = [
            set(_WORD.findall(shape))
            for shape, count, ends in zip(page.shapes, page.words, page.ends, strict=True)
            if ends and count >= PARAGRAPH_WORDS and seen[shape] == 1
        ]
        pages.append(paragraphs)
    count: Counter[str] = Counter()
    for paragraphs in pages:
        count.update(set().union(*paragraphs))
    common = languages_of_stopwords()
    total = known = 0
    for words in (words for paragraphs in pages for words in paragraphs):
        total += len(words)
        known += sum(count[word] > 1 or word in common for word in words)
    return Vocabulary(frozenset(count), min(_MOST_USUAL, known / total) if total else 0.0)


def words_of(shape: str) -> set[str]:
    """The words of a line that have two letters or more."""
    return set(_WORD.findall(shape))


def is_strange(shape: str, vocabulary: Vocabulary) -> bool:
    """Whether a line has so few words of the site's own texts, and of any language's function words, that it is none of theirs."""
    words = words_of(shape)
    common = languages_of_stopwords()
    known = sum(word in vocabulary.words or word in common for word in words)
    share = vocabulary.usual
    chance = sum(math.comb(len(words), count) * share**count * (1 - share) ** (len(words) - count) for count in range(known + 1))
    return chance < _STRANGE
