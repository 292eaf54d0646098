"""What the model learns of residue glued to lines: short lines of residue glued to paragraphs, and paragraphs as they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.classify.edges import MOST_CHARACTERS, Piece, all_features, pieces
from cleaner.classify.word_scores import WordScores
from cleaner.learning.documents import Labelled, is_content
from cleaner.load.labels import labels

#: what is glued has at most so many words, what it is glued to at least so many
_MOST_WORDS, _LEAST_WORDS = 10, 12
#: each piece of residue is glued to so many lines' starts, and to as many ends
_TIMES = 2
#: a line as it is counts for so much of a glued one, where each line has its label
_NATURAL = 3.0
#: no piece of these stands beside a paragraph by a scraper's fault alone
_NEVER = frozenset({"headline", "navigation", "teaser_list"})

Lines = list[tuple[str, Piece]]


def edge_rows(
    documents: Iterable[Labelled], scores_of: Callable[[str], WordScores], chance: random.Random
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Features, targets (1: residue) and weights of pieces at lines' edges.

    Parameters: `scores_of` gives the word scores that have not seen a site.
    """
    features, targets, weights = [], [], []
    for document in documents:
        for weight, examples in ((_NATURAL * document.weight, natural(document)), (document.weight, glued(document, chance))):
            found: Lines = []
            wanted: list[int] = []
            for line, piece, target in examples:
                found.append((line, piece))
                wanted.append(target)
            if found:
                features.append(all_features(found, scores_of(document.site))[0].T)
                targets += wanted
                weights += [weight] * len(found)
    return np.concatenate(features), np.array(targets), np.array(weights)


def natural(document: Labelled) -> Iterator[tuple[str, Piece, int]]:
    """The pieces of a document's content as it is; of lines with residue in them, what is residue by their spans."""
    spans = _by_line(document)
    for number, (line, label) in enumerate(zip(document.lines, document.labels, strict=True)):
        if is_content(label):
            for piece in pieces(line):
                yield line, piece, int(any(_same(line, piece, start, end) for start, end in spans.get(number, ())))


def glued(document: Labelled, chance: random.Random) -> Iterator[tuple[str, Piece, int]]:
    """The pieces of paragraphs with a line of the same document's residue before or behind them."""
    bodies = [
        line
        for number, (line, label) in enumerate(zip(document.lines, document.labels, strict=True))
        if is_content(label) and len(line.split(None, _LEAST_WORDS)) > _LEAST_WORDS and number not in _by_line(document)
    ]
    if not bodies:
        return
    for residue in _glueable(document):
        for _ in range(_TIMES):
            body = chance.choice(bodies)
            before, behind = f"{residue} {body}", f"{body} {residue}"
            for piece in pieces(before):
                if not piece.at_end:
                    yield before, piece, int(_same(before, piece, 0, len(residue)))
            for piece in pieces(behind):
                if piece.at_end:
                    yield behind, piece, int(_same(behind, piece, len(body) + 1, len(behind)))


def _glueable(document: Labelled) -> Sequence[str]:
    return [
        line.strip()
        for line, label in zip(document.lines, document.labels, strict=True)
        if label in labels() and not is_content(label) and label not in _NEVER and line.strip()
        if len(line.split(None, _MOST_WORDS)) <= _MOST_WORDS and len(line) <= MOST_CHARACTERS
    ]


def _by_line(document: Labelled) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for line, start, end, label in document.spans:
        if not is_content(label):
            found.setdefault(line, []).append((start, end))
    return found


def _same(line: str, piece: Piece, start: int, end: int) -> bool:
    return line[piece.start : piece.end].strip() == line[start:end].strip() and (piece.at_end or start == 0)
