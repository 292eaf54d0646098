"""Pieces at a line's edges: where residue may be glued to it, and what the shipped model makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.edges import LEAST_REST, MOST_CHARACTERS, Piece, features, pieces
from tests.cleaners import PARAGRAPHS, with_model

_BODY = "The council of Tarnwick voted on Thursday to keep the night ferry for another two years."
_LINES = st.text("aB ä1.:(|)!„“©\u00a0中", max_size=160)


def _texts(line: str) -> list[str]:
    return [line[piece.start : piece.end].strip() for piece in pieces(line)]


@pytest.mark.parametrize(
    "residue",
    ["(mw/hcd)", "Text: Mara Lindt", "| Harbour Desk", "© Quayside Agency", "Continue on page 4", "14:20 | 3 min"],
)
def test_behind_a_paragraph(residue: str) -> None:
    assert residue in _texts(f"{_BODY} {residue}")


@pytest.mark.parametrize("residue", ["05.09.2025 13:27", "Stand: 7. Mai", "Bild: Mara Lindt", "Tarnwick | News |", "[Video]"])
def test_before_a_paragraph(residue: str) -> None:
    assert residue in _texts(f"{residue} {_BODY}")


@pytest.mark.parametrize(
    "line",
    [_BODY, f"{_BODY} {_BODY}", "Foto: Mara Lindt", "Nobody came. (dpa)", "", "港湾委員会は木曜日、夜間フェリーを存続させると決めた。"],
)
def test_prose_and_short_lines_have_none(line: str) -> None:
    assert _texts(line) == []


@given(_LINES)
def test_pieces_lie_at_an_edge_and_leave_a_sentence(line: str) -> None:
    for piece in pieces(line):
        assert 0 <= piece.start < piece.end <= len(line)
        assert piece.end == len(line) if piece.at_end else piece.start == 0
        assert piece.end - piece.start <= MOST_CHARACTERS
        rest = line[: piece.start] if piece.at_end else line[piece.end :]
        assert len(rest.split()) > LEAST_REST
        assert len(features(line, piece)) == len(features(_BODY, Piece(0, 3, False)))


@pytest.mark.parametrize("residue", ["Weitere Meldungen aus Tarnwick", "14:20 | 3 min"])
def test_the_model_takes_what_no_rule_knows(residue: str) -> None:
    last = f"{PARAGRAPHS[-1]} {residue}"
    result = with_model().clean_text("\n".join([*PARAGRAPHS[:-1], last]))
    assert result.text == "\n".join(PARAGRAPHS)
    assert {span.reason for span in result.removed if span.label != "space"} == {"model"}
