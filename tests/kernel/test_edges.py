"""Pieces at a line's edges: compiled, they are those that the regular expressions find, and look the same."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.edges import Piece, all_features, pieces_of
from cleaner.classify.word_parts import BUCKETS
from cleaner.classify.word_scores import WordScores
from cleaner.load.labels import labels
from cleaner.values import Block
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_TABLE = np.random.default_rng(7).integers(-127, 128, (BUCKETS, len(labels()) + 1)).astype(np.int8)
_TABLE[0] = 0
_BIAS = np.zeros(len(labels()) + 1, dtype=np.int64)
_SCORES = {compiled: WordScores(_TABLE, _BIAS, 2.0**-5, compiled=compiled) for compiled in (True, False)}
_FERRY = "Die Nachtfähre nach Tarnwick bleibt noch zwei weitere Jahre, wie der Rat am Donnerstag entschied."
_SIGNS = [*".!?…:|©/(@•–—_>»[«“”„’‚'\")]", " ", "  ", "\n", "\u00a0", "\u2028", "\x1c", "http", "B. "]
_LETTERS = ["\u03a2", "٣", "²", "ǅ", "\ud800", "\0"]
_WORDS = ["a", "Rat", "RAT", "ΑΒΓ", "ДАТА", "ÀÖØÞ", "É×É", "ABCd", "AB1", "12.05.2025", "x.", "o'clock", "中", "É", "ß", "_AB_"]
#: what the regular expressions look at, in any order
_LINES = st.lists(st.sampled_from([*_SIGNS, *_LETTERS, *_WORDS, *(f"{word} " for word in _WORDS)]), max_size=60).map("".join)


def _found(lines: list[str], *, compiled: bool) -> list[tuple[str, Piece]]:
    source = "X".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return [(source[block.start : block.end], piece) for block, piece in pieces_of(source, blocks, compiled=compiled)]


def _compare(lines: list[str]) -> None:
    found = _found(lines, compiled=False)
    assert _found(lines, compiled=True) == found
    if found:
        mine, my_chances = all_features(found, _SCORES[True], compiled=True)
        wide, chances = all_features(found, _SCORES[False], compiled=False)
        assert mine.tolist() == wide.tolist()
        assert my_chances.tolist() == chances.tolist()


@given(st.lists(_LINES, min_size=1, max_size=3))
@example([""])
@example([f"05.09.2025 13:27 {_FERRY}", f"{_FERRY} (mw/hcd)", f"{_FERRY} | Harbour Desk  | (dpa) © AP"])
def test_any_lines(lines: list[str]) -> None:
    _compare(lines)


@given(st.lists(_LINES, min_size=2, max_size=2))
def test_what_is_glued_to_prose(edges: list[str]) -> None:
    _compare([f"{edges[0]} {_FERRY} {edges[1]}", f"{edges[0]}{_FERRY}{edges[1]}"])


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_characters_beside_prose(before: str, behind: str) -> None:
    _compare([f"{before} {_FERRY} {behind}"])


def test_a_line_of_megabytes() -> None:
    _compare(["wort " * 200_000 + "Foto: Mara", "x" * 1_000_000, f"Stand: 7. Mai {_FERRY}" + " " * 1_000_000 + "(dpa)"])


def test_the_corpus() -> None:
    for case in CASES:
        _compare([line for line in case.lines if line.strip()])
