from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from cleaner.load.languages import Language, languages, languages_of_stopwords, month_numbers

_GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-language.md"


def test_there_are_the_languages_of_the_contract() -> None:
    assert set(languages()) >= {"de", "en", "es", "fr", "it", "nl", "pl", "pt"}


@pytest.mark.parametrize("code", languages())
def test_a_language_is_whole(code: str) -> None:
    _check_whole(languages()[code])


def test_the_language_of_the_guide_is_whole() -> None:
    block = re.search(r"```toml\n(name = .*?)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    _check_whole(msgspec.convert(tomllib.loads(block[1]) | {"code": "da"}, Language))


def _check_whole(language: Language) -> None:
    assert set(language.month_numbers.values()) == set(range(1, 13))
    assert len(language.weekdays) >= 7
    assert len(language.stopwords) >= 60
    assert not language.stopwords & language.foreign
    assert all(word == word.lower() and " " not in word for word in language.stopwords | language.foreign)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("märz", 3),
        ("mrz", 3),
        ("march", 3),
        ("août", 8),
        ("maj", 5),
        ("maggio", 5),
        ("março", 3),
        ("grudnia", 12),
        ("okt", 10),
        ("enero", 1),
    ],
)
def test_months(name: str, number: int) -> None:
    assert month_numbers()[name] == number


def test_a_month_has_one_number() -> None:
    seen: dict[str, int] = {}
    for language in languages().values():
        for name, number in language.month_numbers.items():
            assert seen.setdefault(name.lower(), number) == number, name


@pytest.mark.parametrize(
    ("word", "codes"), [("nicht", {"de"}), ("the", {"en"}), ("aber", {"de"}), ("niet", {"nl"}), ("że", {"pl"}), ("não", {"pt"})]
)
def test_function_words(word: str, codes: set[str]) -> None:
    assert set(languages_of_stopwords()[word]) == codes
