"""Trains the text model: word scores first, then trees over them and all else that is seen of a block."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.context import COPIES, with_context
from cleaner.errors import MissingExtra
from cleaner.learning.augmentation import variants
from cleaner.learning.dense_training import train_dense
from cleaner.learning.documents import CONTENT, RESIDUE, Labelled
from cleaner.learning.edge_training import edge_rows
from cleaner.learning.following import follow_scores
from cleaner.learning.rows import NOT_KNOWN, Rows, is_content, rows_of_document
from cleaner.learning.site_scores import site_scores
from cleaner.learning.tree_export import tree_arrays
from cleaner.learning.word_training import UNIT
from cleaner.load.labels import labels
from cleaner.load.model import FORMAT, PREFIX
from cleaner.pipeline import Cleaner
from cleaner.values import Options

Arrays = dict[str, npt.NDArray[Any]]
Say = Callable[[str], None]

#: `bias` -> the least probability with which a long block is content; docs/model.md has what each keeps and removes
THRESHOLDS = {"precision": 0.5, "balanced": 0.25, "recall": 0.08}
#: `bias` -> the least probability with which a piece at a line's start or end is residue
EDGE_THRESHOLDS = {"precision": 0.5, "balanced": 0.7, "recall": 0.9}
#: share of the blocks without an exact label that is learned from, for memory's sake; they count the more
_SHARE = 0.25
_KEEP = {"iterations": 700, "learning_rate": 0.06, "rsm": 0.2}
_LABEL = {"iterations": 250, "learning_rate": 0.15, "rsm": 0.1, "loss_function": "MultiClass"}
_EDGE = {"iterations": 150, "learning_rate": 0.12, "depth": 5}
_BOTH = {"depth": 6, "l2_leaf_reg": 6, "border_count": 32, "verbose": 0, "allow_writing_files": False}


class Prepared(msgspec.Struct, frozen=True):
    """A document, or a copy of one, as the rules see it."""

    document: Labelled
    rows: Rows
    is_copy: bool


def prepare(documents: Iterable[Labelled], *, seed: int = 1) -> list[list[Prepared]]:
    """Each document and its copies, ready to learn from; what becomes of one depends on itself and the seed alone."""
    cleaner = Cleaner(Options(model=None))
    found = []
    for document in documents:
        own = bool(set(document.labels) - {CONTENT, RESIDUE, ""})
        copies = variants(document, random.Random(f"{seed} {document.id}")) if own else ()
        group = []
        for number, copy in enumerate((document, *copies)):
            rows = rows_of_document(copy, cleaner)
            if rows is not None:
                group.append(Prepared(copy, rows, number > 0))
        found.append(group)
    return found


def train_text(prepared: Iterable[Sequence[Prepared]], *, seed: int = 1, threads: int = 2, say: Say = print) -> Arrays:
    """The arrays of a model file's text part.

    Parameters: `prepared` is what `prepare` made of documents, which have labels of labels.toml where they are known, else `content` and
    `residue`; `seed` fixes every chance; `threads` are used in training (more than one may change the last bits of the result);
    `say` is told what is going on.
    Raises `MissingExtra` where the packages that only training needs are not installed.
    """
    try:
        import catboost
    except ImportError as error:
        raise MissingExtra("training", "train") from error
    every = [one for group in prepared for one in group]
    originals = [one for one in every if not one.is_copy]
    rows = [one.rows for one in every]
    labelled = sum((one.rows.targets >= 0).any() for one in originals)
    say(f"{len(originals)} documents, {labelled} documents with labels, {sum(len(one.targets) for one in rows):,} blocks with copies")
    trained = site_scores([one.rows for one in originals], np.random.default_rng(seed), threads)
    chances = [trained.unseen(one.site).chances(one.words).astype(np.float32) for one in rows]
    say("word scores done")
    names = tuple(labels())
    content = sum(label.content for label in labels().values())
    features, targets, weights = _table(rows, chances, np.random.default_rng(seed))
    width = features.shape[1]
    say(f"{len(targets):,} blocks to learn from, {width} features")
    options = _BOTH | {"random_seed": seed, "thread_count": threads}
    keep = catboost.CatBoostClassifier(**_KEEP, **options)
    keep.fit(features, is_content(targets).astype(int), sample_weight=weights)
    say("keep or remove done")
    named = targets >= content
    label = catboost.CatBoostClassifier(**_LABEL, **options)
    label.fit(features[named], targets[named] - content, sample_weight=weights[named])
    say("labels done")
    trees = tree_arrays(keep, f"{PREFIX}keep") | tree_arrays(label, f"{PREFIX}label", len(names) - content)
    columns = np.unique(np.concatenate([trees[f"{PREFIX}{name}.columns"].ravel() for name in ("keep", "label")]))
    residue = np.where(named, targets - content, -1)
    features = np.ascontiguousarray(features[:, columns])
    dense = train_dense(features, is_content(targets), residue, weights, len(names) - content, seed=seed, threads=threads, say=say)
    pieces, is_residue, piece_weights = edge_rows((one.document for one in originals), trained.unseen, random.Random(seed))
    edge = catboost.CatBoostClassifier(**options | _EDGE)
    edge.fit(pieces, is_residue, sample_weight=piece_weights)
    say(f"line edges done: {len(is_residue):,} pieces, {is_residue.sum():,} of them residue")
    arrays: Arrays = {
        "format": np.array(FORMAT),
        f"{PREFIX}labels": np.array(names),
        f"{PREFIX}width": np.array(width),
        f"{PREFIX}edge_width": np.array(pieces.shape[1]),
        f"{PREFIX}words.table": trained.table,
        f"{PREFIX}words.bias": trained.bias,
        f"{PREFIX}words.unit": np.array(UNIT),
        f"{PREFIX}follows": follow_scores([one.rows.targets for one in originals]),
        f"{PREFIX}thresholds.name": np.array(list(THRESHOLDS)),
        f"{PREFIX}thresholds.value": np.array(list(THRESHOLDS.values())),
        f"{PREFIX}edge_thresholds.name": np.array(list(EDGE_THRESHOLDS)),
        f"{PREFIX}edge_thresholds.value": np.array(list(EDGE_THRESHOLDS.values())),
    }
    arrays |= {f"{PREFIX}dense.{name}": values for name, values in ({"columns": columns} | dense).items()}
    return arrays | trees | tree_arrays(edge, f"{PREFIX}edge")


def _table(
    rows: Sequence[Rows], chances: Sequence[npt.NDArray[np.float32]], chance: np.random.Generator
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Features, targets and weights of the blocks to learn from: all with a label, a share of those of which less is known."""
    picked = []
    for one in rows:
        exact = one.targets >= 0
        picked.append(exact | ((one.targets != NOT_KNOWN) & (chance.random(len(exact)) < _SHARE)))
    count = sum(int(places.sum()) for places in picked)
    features = np.zeros((count, COPIES * (rows[0].features.shape[1] + chances[0].shape[1])), dtype=np.float32)
    targets, weights = np.zeros(count, dtype=np.int64), np.zeros(count)
    at = 0
    for one, own, places in zip(rows, chances, picked, strict=True):
        end = at + int(places.sum())
        features[at:end] = with_context(np.concatenate((one.features, own), axis=1)).T[places]
        targets[at:end] = one.targets[places]
        weights[at:end] = np.where(one.targets[places] >= 0, one.weight, one.weight / _SHARE)
        at = end
    return features, targets, weights
