"""The site of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.parse.address import host


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
