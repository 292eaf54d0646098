"""Examples of residue glued to lines, made from labelled documents."""

from __future__ import annotations

import random

from cleaner.learning.documents import Labelled
from cleaner.learning.edge_training import glued, natural

_FIRST = "The council of Tarnwick voted on Thursday to keep the night ferry for another two years."
_LAST = "Nobody had expected the vote to be close, and the crew had painted its words on the door. (mw)"
_DOCUMENT = Labelled(
    id="ferry",
    site="herald.example",
    lines=("Photo: Edith Marlowe", "Ferry stays: council votes", _FIRST, _LAST),
    labels=("photo_credit", "headline", "body", "body"),
    spans=((3, len(_LAST) - 4, len(_LAST), "byline"),),
)


def test_spans_of_a_line_are_residue_and_other_pieces_are_not() -> None:
    plain = "Tarnwick, 5 March: " + _FIRST
    end = len(_LAST)
    document = Labelled(id="a", site="a", lines=(plain, _LAST), labels=("body", "body"), spans=((1, end - 4, end, "byline"),))
    found = {(line[piece.start : piece.end].strip(), target) for line, piece, target in natural(document)}
    assert ("Tarnwick, 5 March:", 0) in found
    assert [text for text, target in found if target] == ["(mw)"]


def test_short_residue_is_glued_to_both_edges_of_whole_paragraphs() -> None:
    examples = list(glued(_DOCUMENT, random.Random(3)))
    taken = {(line, piece.at_end) for line, piece, target in examples if target}
    assert taken == {(f"{_FIRST} Photo: Edith Marlowe", True), (f"Photo: Edith Marlowe {_FIRST}", False)}
    assert {line for line, _, _ in examples} == {line for line, _ in taken}
    assert [target for line, piece, target in examples if line[piece.start : piece.end].strip() == "Photo: Edith"] != []


def test_a_document_without_paragraphs_gives_nothing() -> None:
    assert list(glued(Labelled(id="a", site="a", lines=("By Edith", "Ferry stays"), labels=("byline", "body")), random.Random(1))) == []
