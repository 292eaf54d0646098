"""Pieces at a line's start or end that may be residue glued to it, and what the model sees of each. Nothing here is learned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.block_features import HEAD_WORDS, TAIL_WORDS, words_read
from cleaner.classify.fixed_point import Floats
from cleaner.classify.word_scores import WordScores
from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.values import Block

#: a piece is at most so long, and leaves so many words of its line
MOST_CHARACTERS, MOST_WORDS, LEAST_REST = 80, 12, 6
#: so many words of the rest are read, those beside the piece
_BESIDE = 6
#: so many pieces are tried at a line's end; a name after a sign has so many words at the most
_MOST_ENDS, _NAME_WORDS = 3, 3
#: before a line's own text the first sign comes within so many characters
_FIRST_SIGN = 20
_CLOSING = "\"'”“»«)]’"
_SENTENCE_ENDS = (".", "!", "?", "…")
#: what prose rarely has at its start, and stamps and credits often: digits, signs that part fields, capitals
_SIGN = re.compile(r"[\d:|©(\[/•@–—_>»]|\b[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]{3,}\b")
#: where a sentence ends, an initial's dot apart; where a sign behind white space opens something
_STOP = re.compile(r"[.!?…](?<!\b\w.)[\"'”“»«)\]’]*\s+")
_OPENING = re.compile(r"[|(©•\[/](?<=\s.)", re.DOTALL)
#: what a sentence may begin with, behind white space
_CAPITAL = re.compile(r"(?<=\s)[A-ZÀ-ÖØ-ÞΑ-ΩА-Я\d\"“„«»‚']")
_SIGNS = (":", "|", "©", "/", "@", "http", "…", "»", ">", "–", "-", ",")
#: numbers of a piece besides its signs
_NUMBERS = 24


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A line's start (`at_end` false) or end, as offsets in the line."""

    start: int
    end: int
    at_end: bool


def width() -> int:
    """The number of features."""
    return _NUMBERS + len(_SIGNS) + len(labels()) + 2


def pieces_of(source: str, blocks: Sequence[Block], *, compiled: bool = COMPILED) -> Iterator[tuple[Block, Piece]]:
    """The pieces of each block of a text."""
    if not compiled:
        yield from ((block, piece) for block in blocks for piece in pieces(source[block.start : block.end]))
        return
    from cleaner.kernel import edges

    found = edges.pieces(
        source, [block.start for block in blocks], [block.end for block in blocks],
        MOST_CHARACTERS, MOST_WORDS, LEAST_REST, _MOST_ENDS, _FIRST_SIGN, _NAME_WORDS,
    )  # fmt: skip
    yield from ((blocks[number], Piece(start, end, at_end)) for number, start, end, at_end in found)


def pieces(line: str) -> Iterator[Piece]:
    """What may be glued to a line: after its last sentences' ends and opening signs, and up to a capital behind a sign near its start."""
    if len(line.split(None, LEAST_REST + 1)) > LEAST_REST + 1:
        yield from _ends(line)
        yield from _starts(line)


def _ends(line: str) -> Iterator[Piece]:
    offset = max(0, len(line) - MOST_CHARACTERS)
    breaks = {found.end() for found in _STOP.finditer(line, offset)}
    breaks.update([found.start() for found in _OPENING.finditer(line, offset + 1)])
    for start in sorted(breaks, reverse=True)[:_MOST_ENDS]:
        piece = line[start:]
        if not piece or len(piece.split(None, MOST_WORDS)) > MOST_WORDS or len(line[:start].split(None, LEAST_REST)) <= LEAST_REST:
            return
        if _SIGN.search(piece) or not _ends_sentence(piece):
            yield Piece(start, len(line), True)


def _starts(line: str) -> Iterator[Piece]:
    # Most lines have no sign there. A run of capitals may go on behind the last character looked at.
    first = _SIGN.search(line, 0, _FIRST_SIGN + 1)
    if first is None or first.end() > _FIRST_SIGN:
        return
    signs = [sign.end() for sign in _SIGN.finditer(line, 0, MOST_CHARACTERS)]
    for capital in _CAPITAL.finditer(line, signs[0], MOST_CHARACTERS):
        start = capital.start()
        name = line[signs[bisect_right(signs, start) - 1] : start]
        if len(name.split(None, _NAME_WORDS + 1)) > _NAME_WORDS + 1 or len(line[:start].split(None, MOST_WORDS)) > MOST_WORDS:
            return
        if len(line[start:].split(None, LEAST_REST)) <= LEAST_REST:
            return
        yield Piece(0, start, False)


def features(line: str, piece: Piece) -> list[float]:
    """What a piece looks like: `_NUMBERS` numbers, then its signs."""
    text, rest = line[piece.start : piece.end].strip(), (line[: piece.start] if piece.at_end else line[piece.end :]).strip()
    words = text.split()
    first, last = text[0], text[-1]
    letters = sum(map(str.isalpha, text))
    return [
        float(piece.at_end),
        len(words),
        len(text),
        sum(map(str.isdigit, text)) / len(text),
        sum(word[0].isupper() for word in words) / len(words),
        sum(map(str.isupper, text)) / max(1, letters),
        letters / len(text),
        first.isupper(),
        first.islower(),
        first.isdigit(),
        first in "([",
        last in ")]",
        last == ":",
        last.isdigit(),
        _ends_sentence(text),
        _ends_sentence(rest),
        rest[-1].isalpha(),
        rest[0].isupper(),
        rest[0].isdigit(),
        len(rest) / 200,
        max(map(len, words)),
        len(words[0]),
        len(words[-1]),
        text.count("."),
        *(sign in text for sign in _SIGNS),
    ]  # fmt: skip


def all_features(
    found: Sequence[tuple[str, Piece]], scores: WordScores, *, compiled: bool = COMPILED
) -> tuple[npt.NDArray[np.float32], Floats]:
    """Features of pieces, and their words' chances of each label: `width()` × pieces, pieces × labels.

    Parameters: `found` has each piece with its line; `compiled` says whether the kernel is asked, which `scores` then has to do, too.
    """
    lines = [line for line, _ in found]
    if compiled:
        return _compiled_features(lines, [piece for _, piece in found], scores)
    words = [words_read(line[piece.start : piece.end]) for line, piece in found]
    both = scores.chances([*words, *(_beside(line, piece) for line, piece in found)])
    chances, beside = both[: len(found)], both[len(found) :]
    own = np.array([features(line, piece) for line, piece in found], dtype=np.float64)
    wide = np.concatenate((own, chances, beside[:, -1:]), axis=1)
    return np.ascontiguousarray(wide.T, dtype=np.float32), chances[:, :-1]


def _compiled_features(lines: list[str], found: Sequence[Piece], scores: WordScores) -> tuple[npt.NDArray[np.float32], Floats]:
    from cleaner.kernel.edge_features import features as compiled_features

    words = [(number, piece.start, piece.end, HEAD_WORDS, TAIL_WORDS) for number, piece in enumerate(found)]
    beside = [
        (number, 0, piece.start, 0, _BESIDE) if piece.at_end else (number, piece.end, len(line), _BESIDE, 0)
        for number, (line, piece) in enumerate(zip(lines, found, strict=True))
    ]
    both = scores.chances_of_parts(lines, np.array([*words, *beside], dtype=np.int64))
    wide = np.empty((width(), len(found)), dtype=np.float32)
    parts = np.array([(piece.start, piece.end, piece.at_end) for piece in found], dtype=np.int64)
    compiled_features(lines, parts, _SIGNS, wide)
    wide[_NUMBERS + len(_SIGNS) : -1] = both[: len(found)].T
    wide[-1] = both[len(found) :, -1]
    return wide, both[: len(found), :-1]


def _beside(line: str, piece: Piece) -> list[str]:
    """The words of the rest that stand beside a piece."""
    return line[: piece.start].rsplit(None, _BESIDE)[-_BESIDE:] if piece.at_end else line[piece.end :].split(None, _BESIDE)[:_BESIDE]


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
