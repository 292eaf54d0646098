from __future__ import annotations

import pytest

from cleaner.classify.language import detect_language
from cleaner.load.languages import languages
from cleaner.load.unspaced import count_words
from tests.corpus.reading import CASES, LANGUAGES, Case, lookalikes

_LATIN = "arma virumque cano troiae qui primus ab oris italiam fato profugus laviniaque venit litora multum ille"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.known["language"].split("-")[0] in languages()], ids=lambda case: case.name
)
def test_languages_of_the_corpus(case: Case) -> None:
    assert detect_language(case.source.lower()) == case.known["language"].split("-")[0]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.known["language"].split("-")[0] not in languages()], ids=lambda case: case.name
)
def test_an_unknown_language_is_not_taken_for_another(case: Case) -> None:
    assert detect_language(case.source.lower()) is None


def test_words_of_near_relatives_speak_against_a_language() -> None:
    danish = "byrådet besluttede tirsdag, at den gamle færge skal sejle i endnu to år, selv om det bliver dyrt, og at hun ikke er til det. "
    assert detect_language(danish * 3) != "sv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_sentences_are_enough(language: str) -> None:
    sentences = [line for lines in lookalikes(language) for line in lines if len(line) > 60 or count_words(line) > 12][:4]
    assert detect_language(" ".join(sentences).lower()) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "der die das",
        "foto: dpa",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        _LATIN,
        "역 앞의 오래된 시계탑은 다음 달부터 수리에 들어간다. " * 9,
    ],
)
def test_nothing_to_tell(text: str) -> None:
    assert detect_language(text) is None


def test_half_and_half_is_neither() -> None:
    german = "der hund und die katze sind nicht in dem haus, aber auf der wiese. "
    english = "the dog and the cat are not in the house, but they are on the lawn. "
    assert detect_language(german * 9) == "de"
    assert detect_language(english * 9) == "en"
    assert detect_language((german + english) * 9) is None


def test_a_long_quotation_in_the_middle_is_not_the_texts_language() -> None:
    german = "der hund und die katze sind nicht in dem haus, aber auf der wiese war es am abend mit den kindern schön. " * 15
    quotation = "the dog and the cat are not in the house, but they were on the hill with the children. " * 16
    assert detect_language(german + quotation + german) == "de"
