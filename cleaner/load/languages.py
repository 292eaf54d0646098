"""The languages that `cleaner` tells apart, and their function words and months."""

from __future__ import annotations

import functools

import msgspec

from cleaner.errors import DataFileError
from cleaner.load.files import DATA, read_toml


class Language(msgspec.Struct, frozen=True):
    """What is known of one language."""

    #: BCP 47
    code: str
    #: in the language itself
    name: str
    #: frequent function words, lower case
    stopwords: frozenset[str]
    #: names and abbreviations of months, lower case, to 1 … 12
    month_numbers: dict[str, int]
    weekdays: tuple[str, ...] = ()
    #: frequent function words of its nearest relatives that it does not have itself: they speak against it
    foreign: frozenset[str] = frozenset()
    #: whether it is written without spaces between words; then function words are counted wherever they stand
    unspaced: bool = False


@functools.cache
def languages() -> dict[str, Language]:
    """All languages by code."""
    found = {}
    for path in sorted((DATA / "languages").glob("*.toml")):
        try:
            found[path.stem] = msgspec.convert(read_toml(path) | {"code": path.stem}, Language)
        except msgspec.ValidationError as error:
            raise DataFileError(path, str(error)) from error
    return found


@functools.cache
def month_numbers() -> dict[str, int]:
    """Names and abbreviations of months in all languages, lower case, to 1 … 12."""
    return {name.lower(): number for language in languages().values() for name, number in language.month_numbers.items()}


@functools.cache
def languages_of_stopwords() -> dict[str, tuple[str, ...]]:
    """Function word -> codes of the languages that have it, of those that part words with spaces."""
    table: dict[str, tuple[str, ...]] = {}
    for code, language in languages().items():
        if language.unspaced:
            continue
        for word in language.stopwords:
            table[word] = (*table.get(word, ()), code)
    return table
