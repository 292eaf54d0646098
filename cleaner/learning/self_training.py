"""Labels for residue that nobody has labelled, as a first model sees them: what the second network learns from.

Most residue of the training documents has no label, and stands on far more sites than what has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.classify.dense import Dense
from cleaner.classify.fixed_point import softmax
from cleaner.classify.trees import Trees
from cleaner.load.model import DenseArrays, TreeArrays

#: all taught blocks together count for so many times what all with a label do (measured: docs/model.md)
_SHARE = 1.0
#: blocks that are looked at in one go
_AT_ONCE = 4_096


def taught_labels(
    features: npt.NDArray[np.float32],
    columns: npt.NDArray[np.int64],
    trees: Mapping[str, npt.NDArray[Any]],
    dense: Mapping[str, npt.NDArray[Any]],
    labelled: float,
) -> npt.NDArray[np.float32]:
    """What each block counts for under each label of residue: blocks × labels.

    Parameters: `features` are blocks × features, `columns` their numbers; `trees` and `dense` are the arrays of a label ensemble and
    of a network, without prefixes; `labelled` is what all blocks with a label count for.
    """
    ensemble = Trees(TreeArrays(**{name: _number(values) for name, values in trees.items()}), columns)
    network = Dense(DenseArrays(columns=columns, **{name: _number(values) for name, values in dense.items()}), columns)
    parts = []
    for start in range(0, len(features), _AT_ONCE):
        some = np.ascontiguousarray(features[start : start + _AT_ONCE].T)
        parts.append(softmax((ensemble.scores(some) + network.scores(some)[:, 1:]) / 2))
    chances = np.concatenate(parts) if parts else np.zeros((0, len(trees["bias"])))
    return np.asarray(chances * (_SHARE * labelled / max(1, len(features))), dtype=np.float32)


def _number(values: npt.NDArray[Any]) -> Any:
    """An array, or the number that it is."""
    return values if values.ndim else float(values)
