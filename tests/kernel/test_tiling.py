"""Tiles: the kernel lays the spans that Python lays."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.decide import _Piece, _tile, _tiler, decide, plain_decide, plain_tile
from cleaner.load.labels import removed_labels
from cleaner.parse.text import parse_text
from cleaner.values import Document, Options, Verdict
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_SPACES = st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "\x1c", "\r", "\u2028\u2029", " \n \x85", "\x0b\x0c"])
_LINES = st.text("aB. \n", min_size=1, max_size=60).map(parse_text)
_VERDICTS = st.tuples(
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(["share", "lead", "caption", "timestamp", "dateline"]),
    st.sampled_from(["structure", "rule:a", "rule:b", "duplicate", "model"]),
    st.sampled_from([0.9, 0.12345, 1, 0.7, 1 / 3, 0.00005, 0.5]),
)
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
    pieces = [_Piece(start, end, "body", True, "default", 0.9, "paragraph") for start, end in places]
    with pytest.raises(ValueError, match="overlap"):
        _tiler().tiles("wort", pieces)


@given(_LINES, st.lists(st.one_of(_VERDICTS, _VERDICTS.map(lambda said: (said[0], -1, *said[2:])))))
@example(
    parse_text("eins\nzwei drei\n\nvier"), [(0, -1, "share", "model", 0.7), (1, -1, "lead", "rule:a", 0.9), (5, 9, "caption", "rule:b", 1)]
)
@example(parse_text("eins zwei"), [(0, 4, "share", "rule:b", 0.7), (0, 4, "lead", "rule:a", 0.7), (5, 9, "share", "rule:b", 1 / 3)])
def test_any_verdicts(document: Document, said: list[tuple[int, int, str, str, float]]) -> None:
    verdicts = []
    for start, end, label, reason, score in said:
        if end >= 0:
            low, high = sorted([min(start, len(document.source)), min(end, len(document.source))])
        elif document.blocks:
            block = document.blocks[start % len(document.blocks)]
            low, high = block.start, block.end
        else:
            continue
        text = document.source[low:high]
        if text.strip():
            low += len(text) - len(text.lstrip())
            verdicts.append(Verdict(low, low + len(text.strip()), label, reason, score))
    goes = removed_labels(Options())
    decided = decide(document, verdicts, goes)
    assert decided == plain_decide(document, verdicts, goes)
    assert [type(span.score) for span in decided] == [type(span.score) for span in plain_decide(document, verdicts, goes)]


def test_only_structs_are_read() -> None:
    from cleaner.kernel.tiling import Tiler

    with pytest.raises(TypeError):
        _tiler().settle(("wort",), [])  # type: ignore[arg-type]
    with pytest.raises((TypeError, KeyError)):
        Tiler(str, str, str, ".", "space", "body", 0.9)
