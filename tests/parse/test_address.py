"""Where a page says that it lives, and the site of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.parse.address import canonical_address, host


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x">', "https://a.example/x"),
        ("<LINK href='https://a.example/x?a=1&amp;b=2' REL=canonical>", "https://a.example/x?a=1&b=2"),
        ("<link rel=canonical href=https://a.example/x>", "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/y">', "https://a.example/y"),
        (
            '<meta property="og:url" content="https://a.example/y"><link rel="canonical" href="https://a.example/x">',
            "https://a.example/x",
        ),
        (b'<link rel="canonical" href="https://a.example/\xff">', "https://a.example/\ufffd"),
        ('<link rel="canonical" href="/x">', None),
        ('<link rel="canonical">', None),
        ('<link rel="stylesheet" href="https://a.example/x">', None),
        ("", None),
        (12, None),
    ],
)
def test_addresses_of_pages(page: object, address: str | None) -> None:
    assert canonical_address(page) == address


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.a.example/x", "a.example"),
        ("http://m.a.example:8080/x", "a.example"),
        ("//a.example/x", "a.example"),
        ("A.Example./x", "a.example"),
        ("a.example", "a.example"),
        ("sport.a.example", "sport.a.example"),
        ("folder", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_hosts(url: str | None, name: str | None) -> None:
    assert host(url) == name


@given(st.text())
def test_any_text_has_a_host_or_none(url: str) -> None:
    name = host(url)
    assert name is None or "." in name
