"""Tiles: the kernel lays the spans that Python lays."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.decide import _Piece, _tile, plain_tile
from cleaner.values import SPACE, Span
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_SPACES = st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "\x1c", "\r", "\u2028\u2029", " \n \x85", "\x0b\x0c"])
_PIECES = st.tuples(_SPACES, st.sampled_from(["wort", ".", "»", "漢字", "\U0001f4f7", "\ud800"]), st.booleans())


@given(st.lists(_PIECES), _SPACES)
@example([("", "wort", True), (" ", "weg", False), (" ", ".", True)], "\r\n")
@example([("\n", "weg", False), ("\n", "weg", False)], "\n")
@example([], "\n")
def test_any_pieces(parts: list[tuple[str, str, bool]], end: str) -> None:
    source, pieces = "", []
    for number, (space, word, kept) in enumerate(parts):
        source += space
        pieces.append(_Piece(len(source), len(source) + len(word), "body", kept, f"rule:{number}", 0.5, "quote"))
        source += word
    source += end
    tiled = _tile(source, pieces)
    assert tiled == plain_tile(source, pieces)
    assert "".join(source[span.start : span.end] for span in tiled) == source


@pytest.mark.parametrize("places", [[(-1, 1)], [(2, 1)], [(0, 5)], [(0, 2), (1, 3)]], ids=str)
def test_pieces_that_cannot_tile_are_an_error(places: list[tuple[int, int]]) -> None:
    from cleaner.kernel.tiling import tiles

    pieces = [_Piece(start, end, "body", True, "default", 0.9, "paragraph") for start, end in places]
    with pytest.raises(ValueError, match="overlap"):
        tiles("wort", pieces, ".", Span, SPACE)
