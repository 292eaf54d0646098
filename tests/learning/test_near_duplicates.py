"""Documents that are nearly the same."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.learning.near_duplicates import Sketches
from cleaner.learning.sketches import likeness, sketch
from tests.cleaners import PARAGRAPHS

_TEXT = " ".join(PARAGRAPHS).split()


def _true_likeness(one: list[str], other: list[str]) -> float:
    runs = [{tuple(words[at : at + 4]) for at in range(len(words) - 3)} for words in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def _likeness(one: list[str], other: list[str]) -> float:
    first, second = sketch([" ".join(one)]), sketch([" ".join(other)])
    assert first is not None
    assert second is not None
    return float(likeness(first, second))


def test_likeness_is_told_to_its_stated_error() -> None:
    pick = random.Random(5)
    vocabulary = [f"word{number}" for number in range(3_000)]
    errors = []
    for share in (0.2, 0.5, 0.7, 0.9):
        for _ in range(25):
            text = pick.choices(vocabulary, k=600)
            cut = int(share * len(text))
            other = text[:cut] + pick.choices(vocabulary, k=600 - cut)
            errors.append(_likeness(text, other) - _true_likeness(text, other))
    assert abs(sum(errors) / len(errors)) < 0.02
    assert (sum(error**2 for error in errors) / len(errors)) ** 0.5 < 0.05


def test_letter_case_and_line_breaks_do_not_matter() -> None:
    assert _likeness(_TEXT, [word.upper() for word in _TEXT]) == 1.0
    one, other = sketch([" ".join(_TEXT)]), sketch([" ".join(_TEXT[:50]), " ".join(_TEXT[50:])])
    assert one is not None
    assert other is not None
    assert likeness(one, other) == 1.0


def test_short_texts_have_no_sketch() -> None:
    assert sketch([]) is None
    assert sketch(["three words only"]) is None
    assert sketch(["and here are four"]) is not None


@given(st.lists(st.text(), max_size=6))
def test_any_text_has_a_sketch_or_none(paragraphs: list[str]) -> None:
    made = sketch(paragraphs)
    again = sketch(paragraphs)
    assert (made is None) == (again is None)
    if made is not None and again is not None:
        assert likeness(made, again) == 1.0


def _sketches(texts: dict[str, list[str]]) -> Sketches:
    made = Sketches()
    for id, words in texts.items():
        found = sketch([" ".join(words)])
        assert found is not None
        made.add(id, len(words), found)
    return made


def test_the_longer_text_is_kept_and_the_order_does_not_matter() -> None:
    texts = {
        "b/wire.txt": _TEXT,
        "a/wire.txt": _TEXT[:-20],
        "c/copy.txt": list(_TEXT),
        "d/other.txt": [f"{word}{at}" for at, word in enumerate(_TEXT)],
        "e/half.txt": _TEXT[: len(_TEXT) // 2],
    }
    for order in itertools.permutations(texts):
        found = _sketches({id: texts[id] for id in order}).duplicates()
        assert [(duplicate.id, duplicate.of) for duplicate in found] == [("a/wire.txt", "b/wire.txt"), ("c/copy.txt", "b/wire.txt")]
        assert found[0].likeness == pytest.approx(_true_likeness(_TEXT, _TEXT[:-20]), abs=0.12)
        assert found[1].likeness == 1.0


def test_sketches_are_packed_and_unpacked() -> None:
    made = _sketches({"one": _TEXT, "two": _TEXT[5:]})
    again = Sketches.unpacked(made.ids, made.words, made.packed())
    assert again.duplicates() == made.duplicates()
    assert Sketches().duplicates() == []


def test_many_copies_are_all_found() -> None:
    made = _sketches({f"{number:04}": _TEXT for number in range(1_500)})
    found = made.duplicates()
    assert len(found) == 1_499
    assert {duplicate.of for duplicate in found} == {"0000"}
