from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.render.visible import visible, visible_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, größer, 日本", "plain, größer, 日本"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b2J", "\\x9b2J"),
        ("a\x00b\x7f", "a\\x00b\\x7f"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\rb", "a\\x0db"),
        ("Donau\xaddampf \u200d👩\u200d🚒", "Donau\xaddampf \u200d👩\u200d🚒"),
        (
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        ),
    ],
)
def test_only_what_is_obeyed_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_name_stays_on_its_line() -> None:
    assert visible_line("a\nb\tc\x1b") == "a\\nb\\tc\\x1b"


@given(st.text(st.characters()))
def test_any_text_can_be_encoded_and_is_stable(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert visible(shown) == shown
