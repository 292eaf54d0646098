from __future__ import annotations

import pytest

from cleaner.parse.looks import looks_like_html

_FRAGMENT = "Der Steg<br>war alt.<br>Er <a href='/a'>fiel</a>.<br>Danach<br>nicht.<br>Ende"


@pytest.mark.parametrize(
    ("content", "is_page"),
    [
        ("<!DOCTYPE html><html><body>Steg</body></html>", True),
        ("\ufeff\n  <!doctype HTML>\n<p>Steg", True),
        ("<html lang='de'>", True),
        ("<?xml version='1.0'?><html>", True),
        ("<!-- saved --><!-- twice -->\n<HTML>", True),
        ("<p>Der Steg war alt.", True),
        ("<div class='a'>Der Steg", True),
        ("<h1>Der Steg</h1>", True),
        (_FRAGMENT, True),
        ("", False),
        ("Der Steg war alt.", False),
        ("3 < 4 und 5 > 4, so ist das nun einmal", False),
        ("Das Element <p> steht für einen Absatz, <br> für einen Umbruch.", False),
        ("<b> ist fett", False),
        ("<petra.ahlers@kurier.example> schrieb:", False),
        ("<pfad>/datei", False),
        ("<headline>Der Steg</headline>", False),
        ("# Der Steg\n\nEr war <b>alt</b>.", False),
    ],
)
def test_pages_are_told_from_texts(content: str, is_page: bool) -> None:
    assert looks_like_html(content) is is_page
    assert looks_like_html(content.encode()) is is_page
    assert looks_like_html(content.encode("utf-16")) is is_page


def test_only_the_start_is_looked_at() -> None:
    assert not looks_like_html("Der Steg war alt. " * 1_000 + _FRAGMENT)
