"""Where a page says that it lives."""

from __future__ import annotations

import pytest

from cleaner.parse.address import canonical_address


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
