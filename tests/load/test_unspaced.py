"""Scripts without spaces between words, alone and among others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.load.unspaced import UNSPACED, count_signs, count_words, has_unspaced, joined, narrowed

_MIXED = st.text("aÄ 1.。、「」　\n港湾かなカナ한글กข", max_size=80)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", 0),
        ("The ferry sails at ten.", 0),
        ("Das Fährschiff läuft aus.", 0),
        ("夜間フェリー", 6),
        ("夜間のferry便は10時に出る。", 9),
        ("桥梁，重修", 4),
        ("한국어는 띄어 쓴다", 0),
        ("เรือ", 4),
    ],
)
def test_signs(text: str, signs: int) -> None:
    assert count_signs(text) == signs
    assert has_unspaced(text) == (signs > 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry sails at ten.", 5),
        ("Das Fährschiff läuft aus.", 4),
        ("한국어는 띄어 쓴다", 3),
        ("夜間フェリー", 4),
        ("港湾委員会は木曜日、夜間フェリーを存続させると決めた。", 13),
        ("湊町 night ferry 再開", 6),
        ("東京 2025", 3),
        # one sign more than a pair is no word of its own
        ("春", 1),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text() | _MIXED | st.text(st.characters(min_codepoint=0x0DF0, max_codepoint=0xFFFF), max_size=8))
def test_signs_of_any_text(text: str) -> None:
    """However fast texts without such letters are told."""
    letters = re.findall(f"[{UNSPACED}]", text)
    assert count_signs(text) == len(letters)
    assert has_unspaced(text) == bool(letters)


@given(_MIXED)
def test_words_are_at_least_what_spaces_part(text: str) -> None:
    assert count_words(text) >= len([word for word in text.split(" ") if word])


@given(_MIXED, _MIXED)
def test_words_add_up(one: str, other: str) -> None:
    """A text's words do not depend on what stands beside it, but for a pair of signs that the cut parts."""
    assert count_words(f"{one} {other}") - (count_words(one) + count_words(other)) in (0, 1)


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("公開：２０２５年１０月２日（木）", "公開:2025年10月2日(木)"),
        ("橋は閉鎖される。", "橋は閉鎖される."),
        ("「まだ渡れる」と言った。", "“まだ渡れる”と言った."),
        ("更多｜分享", "更多|分享"),
        ("Plain text stays. ", "Plain text stays."),
    ],
)
def test_signs_of_full_width(text: str, narrow: str) -> None:
    assert narrowed(text) == narrow


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("停用十一年的\n老渡口", "停用十一年的老渡口"),
        ("夜間フェリーは、\n　来春から", "夜間フェリーは、来春から"),
        ("the night\nferry", "the night ferry"),
        ("夜間の\nferry", "夜間の ferry"),
        ("ferry\n再開", "ferry 再開"),
        ("한국어는\n띄어 쓴다", "한국어는 띄어 쓴다"),
    ],
)
def test_broken_lines(lines: str, line: str) -> None:
    assert joined(lines) == line


@given(_MIXED)
def test_joining_takes_white_space_alone(text: str) -> None:
    assert "".join(joined(text).split()) == "".join(text.split())
