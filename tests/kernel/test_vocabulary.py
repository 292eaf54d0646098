"""Function words: the kernel counts those that Python counts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.language import compiled_count, compiled_spaced_language, plain_count, plain_spaced_language
from cleaner.load.languages import languages_of_stopwords
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_WORDS = st.one_of(st.sampled_from(sorted(languages_of_stopwords())), st.text(max_size=40))
_SPACES = st.sampled_from([" ", "\n", "\x1c", "\x85", "\u3000", "  ", ""])


@given(st.lists(st.tuples(_WORDS, _SPACES)))
@example([("der", " "), ("\U0001f4f7", "\u2028"), ("\ud800die", "\n"), ("und", "")])
def test_any_words(words: list[tuple[str, str]]) -> None:
    sample = "".join(map("".join, words))
    assert compiled_count(sample) == plain_count(sample)
    assert compiled_spaced_language(sample, 0.2, 1.2, 3) == plain_spaced_language(sample, 0.2, 1.2, 3)


@pytest.mark.parametrize("sample", ["", " ", "x" * 1_000_000, "der " * 200_000], ids=len)
def test_samples_of_any_length(sample: str) -> None:
    assert compiled_count(sample) == plain_count(sample)


def test_the_corpus() -> None:
    for case in CASES:
        sample = "\n".join(case.lines).lower()
        assert compiled_count(sample) == plain_count(sample), case.name
        for share, lead in ((0.0, 1.0), (0.15, 1.2), (0.4, 4.0)):
            assert compiled_spaced_language(sample, share, lead, 12) == plain_spaced_language(sample, share, lead, 12), case.name


@pytest.mark.parametrize("words", [{"": [0]}, {"a b": [0]}, {"a": [1]}, {"a": [-1]}, {"a" * 33: [0]}], ids=str)
def test_what_cannot_be_counted_is_an_error(words: dict[str, list[int]]) -> None:
    from cleaner.kernel.vocabulary import Vocabulary

    with pytest.raises(ValueError, match="a word is too long"):
        Vocabulary(words, [-1])


def test_lists_that_do_not_fit_are_an_error() -> None:
    from cleaner.kernel.vocabulary import Vocabulary

    for against in ([], [1]):
        with pytest.raises(ValueError, match="list"):
            Vocabulary({"a": [0]}, against)
