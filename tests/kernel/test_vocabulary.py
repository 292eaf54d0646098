"""Function words: the kernel counts those that Python counts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.language import compiled_count, plain_count
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


@pytest.mark.parametrize("sample", ["", " ", "x" * 1_000_000, "der " * 200_000], ids=len)
def test_samples_of_any_length(sample: str) -> None:
    assert compiled_count(sample) == plain_count(sample)


def test_the_corpus() -> None:
    for case in CASES:
        sample = "\n".join(case.lines).lower()
        assert compiled_count(sample) == plain_count(sample), case.name


@pytest.mark.parametrize("words", [{"": [0]}, {"a b": [0]}, {"a": [1]}, {"a": [-1]}, {"a" * 33: [0]}], ids=str)
def test_what_cannot_be_counted_is_an_error(words: dict[str, list[int]]) -> None:
    from cleaner.kernel.vocabulary import Vocabulary

    with pytest.raises(ValueError, match="a word is too long"):
        Vocabulary(words, 1)
