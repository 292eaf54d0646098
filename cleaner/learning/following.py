"""Counts which label stands right behind which, line by line, in labelled documents."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from cleaner.load.labels import labels
from cleaner.load.model import FOLLOWS_UNIT

#: pairs that are taken for seen behind each label, dealt out as labels are anywhere: rare ones say little
_UNSEEN = 20.0
#: what is stored is no further from 0
_MOST = 127


def follow_scores(documents: Iterable[npt.NDArray[np.int64]]) -> npt.NDArray[np.int8]:
    """How much likelier each label is right behind each other than anywhere, as logarithms in units of `FOLLOWS_UNIT`: (labels of
    residue, content) × the same.

    Parameters: `documents` are the targets of their blocks, in order; pairs with a target that is no label are left out.
    """
    content = sum(label.content for label in labels().values())
    count = len(labels()) - content + 1
    pairs = np.zeros((count, count))
    for targets in documents:
        numbers = np.where(targets >= content, targets - content, count - 1)
        known = (targets[:-1] >= 0) & (targets[1:] >= 0)
        np.add.at(pairs, (numbers[:-1][known], numbers[1:][known]), 1)
    anywhere = (pairs.sum(axis=0) + 1) / (pairs.sum() + count)
    behind = (pairs + _UNSEEN * anywhere) / (pairs.sum(axis=1, keepdims=True) + _UNSEEN)
    steps = np.rint(np.log(behind / anywhere) / FOLLOWS_UNIT)
    return np.asarray(np.clip(steps, -_MOST, _MOST), dtype=np.int8)
