"""CatBoost's oblivious trees as arrays of a model file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

#: what a class scores that training did not have, in natural logarithms: it is never the likeliest
_NEVER = -100.0
#: no feature is above this: the border of a question that a tree of fewer levels does not ask
_BEYOND = 1e29


def tree_arrays(model: Any, name: str, classes: int | None = None) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a trained `CatBoostClassifier`, their names beginning with `name`; leaves are rounded to int16.

    Parameters: `classes` is how many outputs there are, whether or not training had all of them; None for one output.
    """
    exported = _exported(model)
    scale, bias = exported["scale_and_bias"]
    trees = exported["oblivious_trees"]
    outputs = len(trees[0]["leaf_values"]) >> len(trees[0]["splits"])
    depth = max(len(tree["splits"]) for tree in trees)
    columns = np.zeros((len(trees), depth), dtype=np.int32)
    borders = np.full((len(trees), depth), _BEYOND, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << depth, outputs))
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        values = np.array(tree["leaf_values"]).reshape(-1, outputs) * scale
        leaves[number, : len(values)] = values
    offsets = np.broadcast_to(np.array(bias, dtype=np.float64), outputs)
    if classes is not None:
        leaves, offsets = _spread(leaves, offsets, [int(one) for one in model.classes_], classes)
    unit = 2.0 ** np.ceil(np.log2(np.abs(leaves).max() / 32_000))
    return {
        f"{name}.columns": columns,
        f"{name}.borders": borders,
        f"{name}.leaves": np.rint(leaves / unit).astype(np.int16),
        f"{name}.bias": np.rint(offsets / unit).astype(np.int64),
        f"{name}.unit": np.array(unit),
    }


def _spread(
    leaves: npt.NDArray[np.float64], offsets: npt.NDArray[np.float64], present: list[int], classes: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Leaves and offsets with an output for every class: CatBoost has none for those that training lacked."""
    whole = np.zeros((*leaves.shape[:2], classes))
    whole[:, :, present] = leaves
    bias = np.full(classes, _NEVER)
    bias[present] = offsets
    return whole, bias


def _exported(model: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        exported: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return exported
