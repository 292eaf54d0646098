"""Tries: they find the texts with which a line goes on, and no others."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_TEXTS = st.one_of(st.binary(min_size=1, max_size=6), st.text("abé", min_size=1, max_size=7).map(str.encode))


@given(st.sets(_TEXTS, max_size=60), st.lists(st.one_of(_TEXTS, st.binary(max_size=3)), max_size=8).map(b"".join))
@example({bytes([first, second]) for first in range(256) for second in (0, 127, 255)}, b"\0\0\x7f\xff\xff")
@example({b"a" * 5_000, b"a" * 4_999 + b"b", b"a"}, b"a" * 5_000)
@example(set(), b"abc")
def test_it_finds_what_a_line_goes_on_with(texts: set[bytes], line: bytes) -> None:
    from cleaner.kernel.tries import Trie

    ordered = sorted(texts)
    trie = Trie(ordered)
    for start in {0, len(line) // 2, len(line)}:
        found = [number for number, text in enumerate(ordered) if line.startswith(text, start)]
        assert trie.numbers_from(line, start) == sorted(found, key=lambda number: len(ordered[number]))


@pytest.mark.parametrize("texts", [[b""], [b"b", b"a"], [b"a", b"a"]], ids=str)
def test_texts_out_of_order_are_an_error(texts: list[bytes]) -> None:
    from cleaner.kernel.tries import Trie

    with pytest.raises(ValueError, match="sorted"):
        Trie(texts)


def test_a_place_outside_the_line_is_an_error() -> None:
    from cleaner.kernel.tries import Trie

    with pytest.raises(ValueError, match="outside"):
        Trie([b"a"]).numbers_from(b"a", 2)
