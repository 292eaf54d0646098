"""Lines, shapes and small letters: what the kernel reads off a text is what Python reads off it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.rules import lower, plain_lower
from cleaner.classify.shape import is_run_together, measure, plain_has_joints, plain_measure
from cleaner.load.unspaced import count_signs, plain_count_signs
from cleaner.parse.text import line_spans, parse_text, plain_line_spans
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

#: signs that are ends of lines, of sentences, of words, and of the planes they are stored in
_SIGNS = "aZß ÄİΣſ.?!…»)）」。、\u3042\u0e01漢\n\r\x0b\x1c\x85\xa0\u2028\u3000\u200b\ud800\x00\U0001f4f7٣²_7"
_TEXTS = st.one_of(st.text(), st.text(_SIGNS), st.text("aB. \n"))


@given(_TEXTS)
@example("")
@example(" \n \x85 a\u2028\u2028b \U0001f4f7")
def test_lines(text: str) -> None:
    assert line_spans(text) == plain_line_spans(text)


@given(_TEXTS)
@example("ΑΣ ΟΔΥΣΣΕΥΣ")
@example("İSTANBUL \U00010400")
def test_small_letters(text: str) -> None:
    assert lower(text) == plain_lower(text)
    assert len(lower(text)) == len(text)


@given(_TEXTS)
def test_signs(text: str) -> None:
    assert count_signs(text) == plain_count_signs(text)


def test_every_character() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        assert line_spans(sign) == plain_line_spans(sign), code
        assert lower(sign) == plain_lower(sign), code
        assert count_signs(sign) == plain_count_signs(sign), code


@given(_TEXTS)
@example("Sagt er (so die dpa).«)\nwort " + "wort " * 30 + "ist da. Und geht (\n(a)\n)\n「うん。」\n")
def test_shapes(text: str) -> None:
    document = parse_text(text)
    assert measure(document) == plain_measure(document)


@given(st.one_of(_TEXTS, st.text("abcDÄß_7²", max_size=60)))
@example("PolitikWeltSportKultur")
@example("wetTERmannNordSüdenÖsten")
def test_joints(text: str) -> None:
    from cleaner.kernel.text import count_joints

    assert (count_joints(text, 2) >= 2) == plain_has_joints(text)
    assert is_run_together(text) in (False, plain_has_joints(text))


@given(_TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_spaces(text: str, start: int, more: int) -> None:
    from cleaner.kernel.text import count_spaces, has_surrogates

    start = min(start, len(text))
    end = min(start + more, len(text))
    assert count_spaces(text, start, end) == text.count(" ", start, end)
    assert has_surrogates(text) == any("\ud800" <= sign <= "\udfff" for sign in text)


def test_a_part_outside_of_a_text_is_an_error() -> None:
    from cleaner.kernel.text import count_spaces

    for start, end in ((-1, 2), (2, 1), (0, 4), (4, 4)):
        with pytest.raises(ValueError, match="outside"):
            count_spaces("a b", start, end)


def test_the_corpus() -> None:
    for case in CASES:
        text = "\n".join(case.lines)
        document = parse_text(text)
        assert line_spans(text) == plain_line_spans(text), case.name
        assert lower(text) == plain_lower(text), case.name
        assert measure(document) == plain_measure(document), case.name


@pytest.mark.parametrize("sign", ["a", " ", "\n", "é", "漢", "\U0001f4f7", "A", "\ud800"])
def test_a_long_line(sign: str) -> None:
    text = sign * 1_000_000
    document = parse_text(text)
    assert lower(text) == plain_lower(text)
    assert measure(document) == plain_measure(document)
