"""CatBoost's oblivious trees as arrays of a model file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def tree_arrays(model: Any, name: str) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a trained `CatBoostClassifier`, their names beginning with `name`; leaves are rounded to int16."""
    exported = _exported(model)
    scale, bias = exported["scale_and_bias"]
    trees = exported["oblivious_trees"]
    outputs = len(trees[0]["leaf_values"]) >> len(trees[0]["splits"])
    depth = max(len(tree["splits"]) for tree in trees)
    columns = np.zeros((len(trees), depth), dtype=np.int32)
    borders = np.full((len(trees), depth), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << depth, outputs))
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        values = np.array(tree["leaf_values"]).reshape(-1, outputs) * scale
        leaves[number, : len(values)] = values
    unit = 2.0 ** np.ceil(np.log2(np.abs(leaves).max() / 32_000))
    return {
        f"{name}.columns": columns,
        f"{name}.borders": borders,
        f"{name}.leaves": np.rint(leaves / unit).astype(np.int16),
        f"{name}.bias": np.rint(np.broadcast_to(np.array(bias, dtype=np.float64), outputs) / unit).astype(np.int64),
        f"{name}.unit": np.array(unit),
    }


def _exported(model: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        exported: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return exported
