"""Laws 5 and 7, over the corpus: a body keeps its words, and a cleaned text stays as it is."""

from __future__ import annotations

from collections import Counter
from statistics import mean

import pytest

from tests.cleaners import PARAGRAPHS, rules_alone, words
from tests.corpus.reading import CASES, Case

_KEPT_OF_BODIES = 0.997
_REMOVED_OF_CLEANED = 0.005


def _kept(before: str, after: str) -> float:
    counted = Counter(words(before))
    return sum((counted & Counter(words(after))).values()) / max(1, counted.total())


def test_bodies_keep_their_words() -> None:
    shares = {case.name: _kept(case.body, rules_alone().clean_text(case.body).text) for case in CASES}
    worst = sorted((round(share, 3), name) for name, share in shares.items() if share < _KEPT_OF_BODIES)
    assert mean(shares.values()) >= _KEPT_OF_BODIES, worst


def test_cleaned_texts_keep_their_words() -> None:
    cleaned = {case.name: rules_alone().clean_text(case.source).text for case in CASES}
    removed = {name: 1 - _kept(text, rules_alone().clean_text(text).text) for name, text in cleaned.items()}
    worst = sorted(((round(share, 3), name) for name, share in removed.items() if share > _REMOVED_OF_CLEANED), reverse=True)
    assert mean(removed.values()) <= _REMOVED_OF_CLEANED, worst


#: a subheading that says to the letter what a button says: nothing in the text tells them apart
_UNTELLABLE = {"de-sauber-newsletter-cookies": "its subheading `Jetzt anmelden!` goes as a newsletter's button"}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case.name, marks=[pytest.mark.xfail(reason=_UNTELLABLE[case.name], strict=True)] if case.name in _UNTELLABLE else []
        )
        for case in CASES
        if case.is_clean
    ],
)
def test_a_text_without_residue_comes_back_as_it_is(case: Case) -> None:
    assert rules_alone().clean_text(case.source).text == case.source


@pytest.mark.parametrize("text", ["Teilen", "Menü\nSuche\nKontakt\n", "12.03.2025", "|", "Foto: dpa\n\nFoto: dpa"])
def test_where_nothing_is_content_all_of_it_comes_back(text: str) -> None:
    result = rules_alone().clean_text(text)
    assert result.text == text
    assert result.warnings == ("no-article",)


def test_where_most_words_go_there_is_a_warning() -> None:
    teasers = "\n".join(f"Brücke {number} wird teurer als gedacht, sagt die Stadt" for number in range(300))
    result = rules_alone().clean_text(f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\nMeistgelesen\n{teasers}\n")
    assert len(words(result.text)) < 0.1 * len(words(result.source))
    assert result.warnings == ("mostly-removed",)


def test_where_little_goes_there_is_none() -> None:
    result = rules_alone().clean_text("\n\n".join([*PARAGRAPHS, "Share this article"]))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert result.warnings == ()
