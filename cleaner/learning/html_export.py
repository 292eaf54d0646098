"""A trained network to the arrays of a model file: whole numbers over powers of two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from cleaner.classify.html_features import LEVELS
from cleaner.classify.html_network import CHANCE, GRID, LAYERS, LOGIT_GRID, LOGIT_MOST, MOST
from cleaner.classify.html_text import character_classes
from cleaner.load.arrays import sums_are_exact
from cleaner.load.html_model import PREFIX, VERSION

#: greatest whole number of an embedding's entry, and the greatest unit of a weight
_ENTRY, _UNIT = 127, 4_096


def model_arrays(state: Mapping[str, Any], labels: list[str]) -> dict[str, Any]:
    """The arrays of a model file.

    Parameters: `state` maps the names of the network's parameters to arrays (numpy), `labels` are the names of its label rows.
    Returns name -> array, every name beginning with `html.`.
    """
    arrays: dict[str, Any] = {
        "version": np.array([VERSION]),
        "labels": np.frombuffer(" ".join(labels).encode(), dtype=np.uint8),
        "characters": character_classes(),
        "chances": chances(),
        "mean": np.asarray(state["mean"], dtype=np.float32),
        "spread": np.asarray(state["spread"], dtype=np.float32),
    }
    tables = {"words": "word.weight", "pairs": "pair.weight"} | {f"names{level}": f"name.{level}.weight" for level in range(LEVELS + 1)}
    for name, source in tables.items():
        values = np.asarray(state[source], dtype=np.float64)
        unit = 2.0 ** math.floor(math.log2(_ENTRY / (float(np.abs(values).max(initial=0.0)) or 1.0)))
        arrays[name], arrays[f"{name}.unit"] = np.rint(values * unit).astype(np.int8), np.array(unit)
    for layer in LAYERS:
        parts = _layer(np.asarray(state[f"{layer}.weight"], dtype=np.float64), np.asarray(state[f"{layer}.bias"], dtype=np.float64))
        arrays |= {f"{layer}.{part}": value for part, value in parts.items()}
    return {f"{PREFIX}{name}": value for name, value in arrays.items()}


def _layer(weight: Any, bias: Any) -> dict[str, Any]:
    """A layer's weights and biases as whole numbers, and each row's unit: the largest power of two at which its sums stay exact."""
    units = np.full(len(weight), float(_UNIT))
    for row in range(len(weight)):
        while not sums_are_exact(np.rint(weight[row : row + 1] * units[row]), MOST, np.rint(bias[row : row + 1] * units[row] * GRID)):
            units[row] /= 2
    whole = np.rint(weight * units[:, None])
    return {"weight": whole.astype(np.int16), "bias": np.rint(bias * units * GRID).astype(np.int32), "unit": units.astype(np.float32)}


def chances() -> Any:
    """The chance, in ten-thousandths, for each logit of the grid: the logistic function as a table."""
    steps = range(-LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID + 1)
    return np.array([round(CHANCE / (1 + math.exp(-step / LOGIT_GRID))) for step in steps], dtype=np.int16)
