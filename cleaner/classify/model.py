"""The learned model as a judge: a verdict on every block."""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.classify.block_features import block_features, words_read
from cleaner.classify.context import COPIES, Asked, in_parts
from cleaner.classify.dense import Dense
from cleaner.classify.document import Judgement
from cleaner.classify.edges import Piece, all_features, pieces
from cleaner.classify.edges import width as edge_width
from cleaner.classify.fixed_point import Floats, sigmoid
from cleaner.classify.trees import Trees
from cleaner.classify.word_parts import BUCKETS
from cleaner.classify.word_scores import WordScores
from cleaner.errors import DataFileError
from cleaner.load.labels import labels
from cleaner.load.model import DEFAULT_MODEL, holds_text, load_text_model
from cleaner.load.rules import PRECISE
from cleaner.values import Bias, Document, Verdict

#: a block that goes wrongly costs as many words as it has: the log odds asked of one without words are so much higher, of longer
#: ones less, from so many words on no more (measured: docs/model.md)
_SHORT_ADDS, _LONG_WORDS = 3.0, 18
#: the share of this that is asked where the structure, too, takes a block for content: a subheading between paragraphs
_AGREED = 0.6
#: what the network says counts so much beside the trees: of content, and of labels (measured: docs/model.md)
_DENSE_CONTENT, _DENSE_LABELS = 0.125, 0.5
#: trees whose log odds are so far from what is asked decide alone
_CERTAIN = 4.0
#: blocks that are looked at in one go: a text of tiny lines has a block every few characters
_AT_ONCE = 4_096


class BlockModel:
    """Judges blocks. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        model = load_text_model(path)
        if len(model.words) != BUCKETS:
            raise DataFileError(path, f"has {len(model.words):,} rows for words, this version looks in {BUCKETS:,}: train it again")
        if model.edge_width != edge_width():
            raise DataFileError(
                path, f"was trained on {model.edge_width} features of edges, this version has {edge_width()}: train it again"
            )
        self._words = WordScores(model.words, model.word_bias, model.word_unit)
        # Of the features of neighbours and windows, the trees ask for half.
        columns = np.unique(np.concatenate((model.keep.columns.ravel(), model.label.columns.ravel(), model.dense.columns)))
        self._asked = Asked(columns, model.width // COPIES)
        self._keep = Trees(model.keep, columns)
        self._label = Trees(model.label, columns)
        self._dense = Dense(model.dense, columns)
        self._edge = Trees(model.edge)
        self._least_edge = _log_odds(model.edge_thresholds)
        self._least_odds = _log_odds(model.thresholds)
        self._width = model.width
        self._path = path
        self._labels = tuple(labels())
        self._content = [number for number, label in enumerate(labels().values()) if label.content]
        self._stay = {name for name, label in labels().items() if label.content}
        self._residue = tuple(name for name, label in labels().items() if not label.content)

    def features(self, document: Document, judgement: Judgement) -> Floats:
        """Blocks × features: what words, looks and rules say of each block by itself."""
        own = block_features(document, judgement)
        words = self._words.chances([words_read(text) for text in document.texts])
        features = np.concatenate((own, words), axis=1)
        width = COPIES * features.shape[1]
        if width != self._width:
            raise DataFileError(self._path, f"was trained on {self._width} features, this version has {width}: train it again")
        return features

    def verdicts(self, document: Document, judgement: Judgement, bias: Bias) -> Iterable[Verdict]:
        """A verdict for each block: content or residue by the bias's threshold, and of residue the likeliest label."""
        if not document.blocks:
            return
        shortness = np.maximum(0.0, 1 - np.array(judgement.shapes.words) / _LONG_WORDS)
        shortness[np.array(judgement.structure.content)] *= _AGREED
        least = self._least_odds[bias] + _SHORT_ADDS * shortness
        # A part of a block, such as a dateline, does not name the whole.
        named = {(verdict.start, verdict.end): verdict.label for verdict in judgement.verdicts if verdict.label in self._stay}
        sure = {block for block, verdict in judgement.taken.items() if verdict.reason.startswith("rule") and verdict.score >= PRECISE}
        stays: list[int] = []
        for start, features in in_parts(self.features(document, judgement), _AT_ONCE, self._asked):
            doubtful = np.array([block for block in range(start, start + features.shape[1]) if block not in sure], dtype=np.int64)
            if not len(doubtful):
                continue
            if len(doubtful) < features.shape[1]:
                features = features.take(doubtful - start, axis=1)
            odds, answers = self._odds(features, least[doubtful])
            goes = odds < least[doubtful]
            name = iter(self._names(features[:, goes], answers[goes]) if goes.any() else ())
            for block, chance, is_residue in zip(doubtful.tolist(), sigmoid(odds).tolist(), goes.tolist(), strict=True):
                where = document.blocks[block]
                if is_residue:
                    yield Verdict(where.start, where.end, self._residue[next(name)], "model", 1 - chance)
                else:
                    stays.append(block)
                    yield Verdict(where.start, where.end, named.get((where.start, where.end), "body"), "model", chance)
        yield from self._glued(document, judgement, stays, bias)

    def names(self, document: Document, judgement: Judgement, blocks: Sequence[int]) -> list[str]:
        """The likeliest label of residue of some blocks of a document, given in ascending order."""
        if not blocks:
            return []
        wanted, found = np.array(blocks), []
        for start, features in in_parts(self.features(document, judgement), _AT_ONCE, self._asked):
            here = wanted[np.searchsorted(wanted, start) : np.searchsorted(wanted, start + features.shape[1])] - start
            if len(here):
                some = features[:, here]
                found += [self._residue[name] for name in self._names(some, self._dense.scores(some))]
        return found

    def _odds(self, features: npt.NDArray[np.float32], least: Floats) -> tuple[Floats, Floats]:
        """Log odds of content of each block, and the network's answers where they may be asked for (elsewhere 0).

        Parameters: `features` are features × blocks; `least` are the log odds asked of each block.
        """
        odds = self._keep.scores(features)[:, 0]
        asked = np.flatnonzero(odds < least + _CERTAIN)
        answers = np.zeros((len(odds), 1 + len(self._residue)))
        if len(asked):
            answers[asked] = self._dense.scores(features[:, asked])
        doubtful = np.flatnonzero(np.abs(odds - least) < _CERTAIN)
        odds[doubtful] = (1 - _DENSE_CONTENT) * odds[doubtful] + _DENSE_CONTENT * answers[doubtful, 0]
        return odds, answers

    def _names(self, features: npt.NDArray[np.float32], answers: Floats) -> npt.NDArray[np.int64]:
        """The number of the likeliest label of residue of each block."""
        scores = (1 - _DENSE_LABELS) * self._label.scores(features) + _DENSE_LABELS * answers[:, 1:]
        return np.asarray(scores.argmax(axis=1), dtype=np.int64)

    def _glued(self, document: Document, judgement: Judgement, stays: Iterable[int], bias: Bias) -> Iterable[Verdict]:
        """A verdict for each piece at the start or end of a block that stays, where it is residue and no rule knew it."""
        found: list[tuple[int, str, Piece]] = []
        spans = judgement.hits.spans
        starts = [span.start for span in spans]
        for block in stays:
            where = document.blocks[block]
            line = document.source[where.start : where.end]
            known = spans[bisect_left(starts, where.start) : bisect_left(starts, where.end)]
            for piece in pieces(line):
                start, end = where.start + piece.start, where.start + piece.end
                if not any(span.start < end and start < span.end for span in known):
                    found.append((where.start, line, piece))
        if not found:
            return
        odds, names = self._of_pieces([(line, piece) for _, line, piece in found])
        scores = sigmoid(odds).tolist()
        taken: dict[tuple[int, bool], tuple[float, Verdict]] = {}
        for place in np.flatnonzero(odds >= self._least_edge[bias]).tolist():
            at, line, piece = found[place]
            bare = line[piece.start : piece.end]
            start = at + piece.end - len(bare.lstrip())
            end = at + piece.start + len(bare.rstrip())
            verdict = Verdict(start, end, self._labels[names[place]], "model", scores[place])
            other = taken.get((at, piece.at_end))
            if other is None or odds[place] > other[0]:
                taken[at, piece.at_end] = odds[place], verdict
        yield from (verdict for _, verdict in taken.values())

    def _of_pieces(self, found: Sequence[tuple[str, Piece]]) -> tuple[Floats, npt.NDArray[np.int64]]:
        """For each piece, with its line, the log odds of residue and the number of the likeliest label."""
        odds, names = np.empty(len(found)), np.empty(len(found), dtype=np.int64)
        for start in range(0, len(found), _AT_ONCE):
            here = slice(start, start + _AT_ONCE)
            features, chances = all_features(found[here], self._words)
            odds[here] = self._edge.scores(features)[:, 0]
            chances[:, self._content] = 0.0
            names[here] = chances.argmax(axis=1)
        return odds, names


def _log_odds(thresholds: Mapping[str, float]) -> dict[str, float]:
    """A chance for each bias, as log odds."""
    return {bias: math.log(least / (1 - least)) for bias, least in thresholds.items()}


def text_model(path: str) -> BlockModel | None:
    """The same as `block_model`, or None for a file that holds a model of pages alone."""
    return block_model(path) if path == "default" or holds_text(Path(path)) else None


@functools.lru_cache(maxsize=8)
def block_model(path: str) -> BlockModel:
    """The model of that path, or the package's own for `default`; loaded once in a process.

    Raises `DataFileError` for a file that cannot be used.
    """
    return BlockModel(DEFAULT_MODEL if path == "default" else Path(path))
