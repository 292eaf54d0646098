"""Declared encodings: what browsers know, and nothing that Python knows besides."""

from __future__ import annotations

import time

import pytest

from cleaner.parse.declared import declared_codec
from cleaner.parse.html import parse_html


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("ISO-8859-1", "cp1252"), ("latin1", "cp1252"), ("us-ascii", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("windows-1250", "cp1250"), ("Shift_JIS", "shift_jis"), ("gb2312", "gbk"), ("koi8-r", "koi8-r"), (" euc-kr ", "euc_kr"),
        ("idna", None), ("punycode", None), ("undefined", None), ("hex", None), ("zlib", None), ("rot13", None), ("unicode_escape", None),
        ("utf-7", None), ("nothing-known", None), ("a\0b", None), ("../x", None), ("", None), ("é", None), ("x" * 5_000, None),
    ],
)  # fmt: skip
def test_names(name: str, codec: str | None) -> None:
    assert declared_codec(name) == codec


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "utf-16", "hex", "unicode_escape"])
def test_a_page_that_declares_what_no_page_is_in(name: str) -> None:
    page = f"<meta charset={name}><p>Das Caf\xe9 am Hafen von Oberau bleibt offen, sagte der Wirt am Montag.".encode("latin-1")
    assert "Hafen von Oberau bleibt offen" in parse_html(page).document.source


def test_a_declared_encoding_does_not_cost_time() -> None:
    # Punycode takes the square of its length: 200 kB of it would take minutes.
    page = b"<meta charset=punycode><p>\xe9" + b"a-" * 100_000
    begin = time.process_time()
    parse_html(page)
    assert time.process_time() - begin < 20
