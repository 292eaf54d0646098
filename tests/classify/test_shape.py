"""What lines look like."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.shape import is_name
from cleaner.load.terms import terms


@given(st.from_regex(re.compile(terms()["name"]), fullmatch=True))
def test_a_name_has_two_parts(name: str) -> None:
    assert " " in name.strip(" ,.:|·")


def test_names() -> None:
    assert is_name("Anna-Lena Müller")
    assert is_name(" J. R. van der Berg |")
    assert not is_name("Politik")
    assert not is_name("Anna")
