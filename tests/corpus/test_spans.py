"""Residue inside paragraphs: found, and nothing beside it taken."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import pytest

from cleaner.load.labels import labels
from cleaner.values import SPACE
from tests.cleaners import rules_alone
from tests.corpus.reading import LANGUAGES, Marked, embed, spans

#: issue 2, over all languages; a single language has few spans, so that one miss weighs more
_FOUND, _RIGHT = 0.95, 0.98
_FOUND_IN_ONE, _RIGHT_IN_ONE = 0.90, 0.95


@dataclass
class Tally:
    """What became of a language's spans, in the words of those who look for the cause."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    right: int = 0
    wrong: list[str] = field(default_factory=list)


@functools.cache
def tally(language: str) -> Tally:
    """Puts each paragraph of corpus/spans into an article and looks at what is taken of it."""
    counted = Tally()
    for paragraph in spans(language):
        _count(counted, language, paragraph)
    return counted


def _count(counted: Tally, language: str, paragraph: Marked) -> None:
    text = paragraph.text
    source, [start] = embed(language, [text])
    result = rules_alone().clean_text(source)
    removed = [
        (max(span.start - start, 0), min(span.end - start, len(text)), f"{span.label} by {span.reason}")
        for span in result.removed
        if span.label != SPACE and span.start < start + len(text) and span.end > start
    ]
    residue = [(low, high, label) for low, high, label in paragraph.marks if not labels()[label].content]
    for low, high, label in residue:
        if _share(text, low, high, [(a, b) for a, b, _ in removed]) > 0.5:
            counted.found += 1
        else:
            counted.missed.append(f"{label}: {text[low:high]!r}")
    for low, high, what in removed:
        if _share(text, low, high, [(a, b) for a, b, _ in residue]) > 0.5:
            counted.right += 1
        else:
            counted.wrong.append(f"{what}: {text[low:high]!r}")


def _share(text: str, low: int, high: int, parts: list[tuple[int, int]]) -> float:
    """How much of a part of the text, counted in letters and digits, lies in these parts."""
    signs = [at for at in range(low, high) if text[at].isalnum()] or [low]
    return sum(any(start <= at < end for start, end in parts) for at in signs) / len(signs)


def test_there_are_enough() -> None:
    paragraphs = [paragraph for language in LANGUAGES for paragraph in spans(language)]
    assert sum(len(paragraph.marks) for paragraph in paragraphs) >= 150
    assert sum(not paragraph.marks for paragraph in paragraphs) >= 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_found(language: str) -> None:
    counted = tally(language)
    assert counted.found >= _FOUND_IN_ONE * (counted.found + len(counted.missed)), counted.missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_right(language: str) -> None:
    counted = tally(language)
    assert counted.right >= _RIGHT_IN_ONE * (counted.right + len(counted.wrong)), counted.wrong


def test_found_in_all_languages() -> None:
    found, missed = (
        sum(tally(language).found for language in LANGUAGES),
        [line for language in LANGUAGES for line in tally(language).missed],
    )
    assert found >= _FOUND * (found + len(missed)), missed


def test_right_in_all_languages() -> None:
    right, wrong = sum(tally(language).right for language in LANGUAGES), [line for language in LANGUAGES for line in tally(language).wrong]
    assert right >= _RIGHT * (right + len(wrong)), wrong
