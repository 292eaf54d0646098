"""The learned model as a judge: a verdict on every block."""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.classify.block_features import block_features
from cleaner.classify.context import COPIES, SINGLE, WINDOW_REACHES, Asked, in_parts
from cleaner.classify.dense import Dense
from cleaner.classify.document import Judgement
from cleaner.classify.edges import Piece, all_features, pieces_of
from cleaner.classify.edges import width as edge_width
from cleaner.classify.fixed_point import GRID, POWERS, Floats, sigmoid
from cleaner.classify.naming import likeliest, other_names, precise, renamed
from cleaner.classify.trees import Trees
from cleaner.classify.word_parts import BUCKETS
from cleaner.classify.word_scores import WordScores
from cleaner.errors import DataFileError
from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.load.model import DEFAULT_MODEL, FOLLOWS_UNIT, holds_text, load_text_model
from cleaner.values import Bias, Document, Verdict

if TYPE_CHECKING:
    from cleaner.kernel.judging import Judge

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
        self._follows = np.asarray(model.follows * FOLLOWS_UNIT, dtype=np.float64)
        self._width = model.width
        self._judge = self._made_ready() if COMPILED and self._label.forest is not None else None
        self._path = path
        self._labels = tuple(labels())
        self._content = [number for number, label in enumerate(labels().values()) if label.content]
        self._stay = {name for name, label in labels().items() if label.content}
        self._residue = tuple(name for name, label in labels().items() if not label.content)
        self._numbers = {name: number for number, name in enumerate(self._residue)}

    def features(self, document: Document, judgement: Judgement) -> Floats:
        """Blocks × features: what words, looks and rules say of each block by itself."""
        features = block_features(document, judgement, room=self._words.width)
        features[:, -self._words.width :] = self._words.chances_of_texts(document.texts)
        width = COPIES * features.shape[1]
        if width != self._width:
            raise DataFileError(self._path, f"was trained on {self._width} features, this version has {width}: train it again")
        return features

    def verdicts(self, document: Document, judgement: Judgement, bias: Bias) -> list[Verdict]:
        """What rules and model say together.

        Returns the judgement's verdicts, those of precise rules with the label that fits best, and one of the model on each block that
        no such rule takes: content or residue by the bias's threshold. What the structure says of these is left out: nobody would believe
        it.
        """
        if not document.blocks:
            return list(judgement.verdicts)
        # A part of a block, such as a dateline, does not name the whole.
        named = {(verdict.start, verdict.end): verdict.label for verdict in judgement.verdicts if verdict.label in self._stay}
        sure = precise(judgement)
        goes = np.zeros(len(document.blocks), dtype=np.bool_)
        goes[[block for block, verdict in sure.items() if verdict.label not in self._stay]] = True
        features, least = self.features(document, judgement), self._least_odds[bias]
        if self._judge is None:
            chances, scores = self._judged(features, _odds_asked(judgement, least), sure, goes)
        else:
            chances, scores = self._compiled_judged(features, _compiled_odds_asked(judgement, least), sure, goes)
        labelled = self._labelled(scores, goes, sure, judgement.users)
        # Most rules are right: few verdicts have to be looked up.
        names = other_names(sure, labelled)
        found = [verdict for verdict in judgement.verdicts if verdict.reason != "structure"]
        if names:
            found = list(renamed(found, names))
        stays: list[int] = []
        for block, where in enumerate(document.blocks):
            if block in sure:
                continue
            if block in labelled:
                found.append(Verdict(where.start, where.end, labelled[block], "model", 1 - chances[block]))
            else:
                stays.append(block)
                found.append(Verdict(where.start, where.end, named.get((where.start, where.end), "body"), "model", chances[block]))
        return [*found, *self._glued(document, judgement, stays, bias)]

    def names(self, document: Document, judgement: Judgement, blocks: Sequence[int]) -> dict[int, str]:
        """The likeliest label of residue of each of some blocks of a document that go, given in ascending order."""
        if not blocks:
            return {}
        goes = np.zeros(len(document.blocks), dtype=np.bool_)
        goes[np.array(blocks)] = True
        # What is sure is not asked whether it goes.
        features, least, sure = self.features(document, judgement), np.zeros(len(goes)), range(len(goes))
        _, scores = (self._judged if self._judge is None else self._compiled_judged)(features, least, sure, goes)
        return self._labelled(scores, goes, precise(judgement), judgement.users)

    def _made_ready(self) -> Judge:
        """Trees and network as one for the kernel."""
        from cleaner.kernel.judging import Judge

        keep, label, dense = self._keep.forest, self._label.forest, self._dense.network
        assert keep is not None
        assert label is not None
        assert dense is not None
        return Judge(
            keep, label, dense, self._asked.rows, self._asked.bounds, SINGLE, WINDOW_REACHES,
            _CERTAIN, _DENSE_CONTENT, _DENSE_LABELS, POWERS, GRID, _AT_ONCE,
        )  # fmt: skip

    def _judged(self, features: Floats, least: Floats, sure: Collection[int], goes: npt.NDArray[np.bool_]) -> tuple[list[float], Floats]:
        """The chance of content of each block that is not sure, and of each one that goes what is said of its labels.

        Parameters: `features` are blocks × features; `least` are the log odds of content asked of each block; `sure` are the blocks that
        precise rules take; `goes` says which of these go, and of the others is written to.
        """
        is_sure = np.zeros(len(least), dtype=np.bool_)
        is_sure[list(sure)] = True
        odds, scores = np.zeros(len(least)), np.zeros((len(least), len(self._residue)))
        for start, wide in in_parts(features, _AT_ONCE, self._asked):
            here = slice(start, start + wide.shape[1])
            odds[here], answers = self._odds(wide, least[here], is_sure[here])
            goes[here] |= ~is_sure[here] & (odds[here] < least[here])
            gone = np.flatnonzero(goes[here])
            if len(gone):
                scores[start + gone] = self._scores(wide, gone, answers[gone])
        return sigmoid(odds).tolist(), scores

    def _compiled_judged(
        self, features: Floats, least: Floats, sure: Collection[int], goes: npt.NDArray[np.bool_]
    ) -> tuple[list[float], Floats]:
        assert self._judge is not None
        is_sure = bytearray(len(least))
        for block in sure:
            is_sure[block] = 1
        scores = np.empty((len(least), len(self._residue)))
        return self._judge.judge(np.ascontiguousarray(features.T), least, is_sure, goes.view(np.uint8), scores), scores

    def _labelled(self, scores: Floats, goes: npt.NDArray[np.bool_], sure: Mapping[int, Verdict], users: Set[str]) -> dict[int, str]:
        """The label of each block that goes; `sure` are the verdicts of precise rules."""
        said = {block: self._numbers[verdict.label] for block, verdict in sure.items() if goes[block]}
        # A rule of the package may be wrong about what a line is called, a user who writes one is not.
        found = likeliest(scores, goes, said, {block for block in said if sure[block].reason in users}, self._follows)
        return {block: self._residue[name] for block, name in zip(np.flatnonzero(goes).tolist(), found.tolist(), strict=True)}

    def _odds(self, features: npt.NDArray[np.float32], least: Floats, is_sure: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Log odds of content of each block that is not sure to go, and the network's answers where they may be asked for (elsewhere 0).

        Parameters: `features` are features × blocks; `least` are the log odds asked of each block.
        """
        open_to = np.flatnonzero(~is_sure)
        odds = np.zeros(len(least))
        if len(open_to):
            odds[open_to] = self._keep.scores(features, open_to if len(open_to) < len(least) else None)[:, 0]
        asked = np.flatnonzero(is_sure | (odds < least + _CERTAIN))
        answers = np.zeros((len(odds), 1 + len(self._residue)))
        if len(asked):
            answers[asked] = self._dense.scores(features, asked if len(asked) < len(least) else None)
        doubtful = np.flatnonzero(~is_sure & (np.abs(odds - least) < _CERTAIN))
        odds[doubtful] = (1 - _DENSE_CONTENT) * odds[doubtful] + _DENSE_CONTENT * answers[doubtful, 0]
        return odds, answers

    def _scores(self, features: npt.NDArray[np.float32], blocks: npt.NDArray[np.int64], answers: Floats) -> Floats:
        """What trees and network together say of each label of residue: blocks × labels, log probabilities up to a constant.

        Parameters: `blocks` are those asked for, `answers` what the network says of them.
        """
        return (1 - _DENSE_LABELS) * self._label.scores(features, blocks) + _DENSE_LABELS * answers[:, 1:]

    def _glued(self, document: Document, judgement: Judgement, stays: Iterable[int], bias: Bias) -> Iterable[Verdict]:
        """A verdict for each piece at the start or end of a block that stays, where it is residue and no rule knew it."""
        found: list[tuple[int, str, Piece]] = []
        spans = judgement.hits.spans
        starts = [span.start for span in spans]
        for where, piece in pieces_of(document.source, [document.blocks[block] for block in stays]):
            start, end = where.start + piece.start, where.start + piece.end
            known = spans[bisect_left(starts, where.start) : bisect_left(starts, where.end)]
            if not any(span.start < end and start < span.end for span in known):
                found.append((where.start, document.source[where.start : where.end], piece))
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


def _odds_asked(judgement: Judgement, least: float) -> Floats:
    """The log odds of content that are asked of each block, at least so much."""
    shortness = np.maximum(0.0, 1 - np.array(judgement.shapes.words) / _LONG_WORDS)
    shortness[np.array(judgement.structure.content)] *= _AGREED
    return np.asarray(least + _SHORT_ADDS * shortness, dtype=np.float64)


def _compiled_odds_asked(judgement: Judgement, least: float) -> Floats:
    from cleaner.kernel.judging import odds_asked

    found = np.empty(len(judgement.shapes.words))
    odds_asked(judgement.shapes.words, judgement.structure.content, least, _SHORT_ADDS, _LONG_WORDS, _AGREED, found)
    return found


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
