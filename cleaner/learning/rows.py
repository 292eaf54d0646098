"""Labelled documents as rows of numbers to train on, one a block."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.block_features import block_features, words_read
from cleaner.classify.document import classify
from cleaner.classify.language import detect_language
from cleaner.classify.rules import lower
from cleaner.learning.documents import CONTENT, RESIDUE, Labelled
from cleaner.load.labels import labels
from cleaner.parse.text import parse_text
from cleaner.pipeline import Cleaner

#: targets beside the labels' numbers
IS_CONTENT, IS_RESIDUE, NOT_KNOWN = -1, -2, -3


class Rows(msgspec.Struct, frozen=True):
    """The blocks of one document."""

    #: blocks × features of `block_features`
    features: npt.NDArray[np.float32]
    words: list[list[str]]
    #: one a block: a label's number, or what else is known of it
    targets: npt.NDArray[np.int64]
    weight: float
    site: str


def rows_of_document(document: Labelled, cleaner: Cleaner) -> Rows | None:
    """The rows of a document as the cleaner's rules see it; None where it has no text."""
    lines = [(line, label) for line, label in zip(document.lines, document.labels, strict=True) if line.strip()]
    if not lines:
        return None
    source = "\n".join(line for line, _ in lines)
    parsed = parse_text(source)
    lowered = lower(source)
    judgement = classify(parsed, lowered, cleaner.book(detect_language(lowered)))
    starts = _starts([line for line, _ in lines])
    targets = []
    for block in parsed.blocks:
        first, last = bisect_right(starts, block.start) - 1, bisect_right(starts, block.end - 1) - 1
        found = {label for _, label in lines[first : last + 1]}
        targets.append(_target(found.pop()) if len(found) == 1 else NOT_KNOWN)
    features = block_features(parsed, judgement).astype(np.float32)
    return Rows(features, [words_read(text) for text in parsed.texts], np.array(targets), document.weight, document.site)


def is_content(targets: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which targets are content, by label or without one."""
    count = sum(label.content for label in labels().values())
    return np.asarray((targets == IS_CONTENT) | ((targets >= 0) & (targets < count)), dtype=np.bool_)


def _starts(lines: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _target(label: str) -> int:
    if label == CONTENT:
        return IS_CONTENT
    if label == RESIDUE:
        return IS_RESIDUE
    return tuple(labels()).index(label) if label else NOT_KNOWN
