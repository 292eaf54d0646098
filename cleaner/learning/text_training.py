"""Trains the text model: word scores first, then trees over them and all else that is seen of a block."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.context import COPIES, with_context
from cleaner.classify.word_scores import WordScores
from cleaner.errors import MissingExtra
from cleaner.learning.augmentation import variants
from cleaner.learning.documents import CONTENT, RESIDUE, Labelled
from cleaner.learning.rows import NOT_KNOWN, Rows, is_content, rows_of_document
from cleaner.learning.tree_export import tree_arrays
from cleaner.learning.word_training import UNIT, Words, train_words
from cleaner.load.labels import labels
from cleaner.load.model import FORMAT, PREFIX
from cleaner.pipeline import Cleaner
from cleaner.values import Options

Arrays = dict[str, npt.NDArray[Any]]
Say = Callable[[str], None]

#: `bias` -> the least probability with which a long block is content; docs/model.md has what each keeps and removes
THRESHOLDS = {"precision": 0.5, "balanced": 0.28, "recall": 0.08}
#: word scores of labelled documents come from a table that was trained without their site
_PARTS = 4
#: share of the blocks without an exact label that is learned from, for memory's sake; they count the more
_SHARE = 0.4
_KEEP = {"iterations": 500, "learning_rate": 0.06, "rsm": 0.2}
_LABEL = {"iterations": 250, "learning_rate": 0.15, "rsm": 0.1, "loss_function": "MultiClass"}
_BOTH = {"depth": 6, "l2_leaf_reg": 6, "border_count": 32, "verbose": 0, "allow_writing_files": False}


def train_text(documents: Iterable[Labelled], *, seed: int = 1, threads: int = 2, say: Say = print) -> Arrays:
    """The arrays of a model file's text part.

    Parameters: `documents` have labels of labels.toml where they are known, else `content` and `residue`; `seed` fixes every chance;
    `threads` are used in training (more than one may change the last bits of the result); `say` is told what is going on.
    Raises `MissingExtra` where the packages that only training needs are not installed.
    """
    try:
        import catboost
    except ImportError as error:
        raise MissingExtra("training", "train") from error
    rows, labelled = _rows(documents, random.Random(seed))
    say(f"{len(rows)} documents, {sum(map(len, (one.targets for one in rows))):,} blocks, {sum(labelled)} documents with labels")
    table, bias, chances = _word_scores(rows, labelled)
    say("word scores done")
    names = tuple(labels())
    content = sum(label.content for label in labels().values())
    features, targets, weights = _table(rows, chances, np.random.default_rng(seed))
    say(f"{len(targets):,} blocks to learn from, {features.shape[1]} features")
    options = _BOTH | {"random_seed": seed, "thread_count": threads}
    keep = catboost.CatBoostClassifier(**_KEEP, **options)
    keep.fit(features, is_content(targets).astype(int), sample_weight=weights)
    say("keep or remove done")
    named = targets >= content
    label = catboost.CatBoostClassifier(**_LABEL, **options)
    label.fit(features[named], targets[named] - content, sample_weight=weights[named])
    say("labels done")
    arrays: Arrays = {
        "format": np.array(FORMAT),
        f"{PREFIX}labels": np.array(names),
        f"{PREFIX}width": np.array(features.shape[1]),
        f"{PREFIX}words.table": table,
        f"{PREFIX}words.bias": bias,
        f"{PREFIX}words.unit": np.array(UNIT),
        f"{PREFIX}thresholds.name": np.array(list(THRESHOLDS)),
        f"{PREFIX}thresholds.value": np.array(list(THRESHOLDS.values())),
    }
    return arrays | tree_arrays(keep, f"{PREFIX}keep") | tree_arrays(label, f"{PREFIX}label", len(names) - content)


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


def _rows(documents: Iterable[Labelled], chance: random.Random) -> tuple[list[Rows], list[bool]]:
    """The rows of all documents and of copies of those with labels; and which are originals with labels."""
    cleaner = Cleaner(Options(model=None))
    rows: list[Rows] = []
    labelled: list[bool] = []
    for document in documents:
        own = bool(set(document.labels) - {CONTENT, RESIDUE, ""})
        for number, copy in enumerate((document, *variants(document, chance)) if own else (document,)):
            found = rows_of_document(copy, cleaner)
            if found is not None:
                rows.append(found)
                labelled.append(own and number == 0)
    return rows, labelled


def _word_scores(
    rows: Sequence[Rows], labelled: Sequence[bool]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64], list[npt.NDArray[np.float32]]]:
    """The table and bias trained on all labelled originals, and each document's scores from a table that has not seen its site."""
    originals = [one for one, is_labelled in zip(rows, labelled, strict=True) if is_labelled]
    targets = np.concatenate([one.targets for one in originals])
    sites = np.concatenate([np.full(len(one.targets), zlib.crc32(one.site.encode())) for one in originals]).astype(np.int64)
    # What people labelled counts the same here, whoever they were; only what was decided on for this counts more.
    weights = np.concatenate([np.full(len(one.targets), max(1.0, one.weight)) for one in originals]).astype(np.float32)
    usable = np.flatnonzero(targets >= 0)
    lines = [line for one in originals for line in one.words]
    count = len(labels())

    def trained(places: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
        return train_words(Words([lines[place] for place in places]), targets[places], sites[places], weights[places], count)

    parts = [WordScores(*trained(usable[sites[usable] % _PARTS != part]), UNIT) for part in range(_PARTS)]
    table, bias = trained(usable)
    known = {zlib.crc32(one.site.encode()) for one in originals}
    whole = WordScores(table, bias, UNIT)
    chances = []
    for one in rows:
        site = zlib.crc32(one.site.encode())
        chances.append((parts[site % _PARTS] if site in known else whole).chances(one.words).astype(np.float32))
    return table, bias, chances
