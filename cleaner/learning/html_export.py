"""A trained network to the arrays of a model file: whole numbers over powers of two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from cleaner.classify.html_features import LEVELS
from cleaner.classify.html_network import CHANCE, LOGIT_GRID, LOGIT_MOST
from cleaner.classify.html_text import character_classes
from cleaner.load.html_model import PREFIX, VERSION

#: greatest whole number of an embedding's entry, of a weight, and the unit of biases, means and spreads
_ENTRY, _WEIGHT, _FINE = 127, 16_383, 65_536
_LAYERS = ("l1", "c1", "l2", "c2", "c3", "out")


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
    }
    tables = {"words": "word.weight", "pairs": "pair.weight"} | {f"names{level}": f"name.{level}.weight" for level in range(LEVELS + 1)}
    for name, source in tables.items():
        _add(arrays, name, state[source], _ENTRY, np.int8)
    for layer in _LAYERS:
        _add(arrays, f"{layer}.weight", state[f"{layer}.weight"], _WEIGHT, np.int16)
        _add_fine(arrays, f"{layer}.bias", state[f"{layer}.bias"])
    _add_fine(arrays, "mean", state["mean"])
    _add_fine(arrays, "spread", state["spread"])
    return {f"{PREFIX}{name}": value for name, value in arrays.items()}


def chances() -> Any:
    """The chance, in ten-thousandths, for each logit of the grid: the logistic function as a table."""
    steps = range(-LOGIT_MOST * LOGIT_GRID, LOGIT_MOST * LOGIT_GRID + 1)
    return np.array([round(CHANCE / (1 + math.exp(-step / LOGIT_GRID))) for step in steps], dtype=np.int16)


def _add(arrays: dict[str, Any], name: str, values: Any, most: int, kind: Any) -> None:
    largest = float(np.abs(values).max(initial=0.0)) or 1.0
    unit = 2 ** math.floor(math.log2(most / largest))
    arrays[name] = np.rint(np.asarray(values, dtype=np.float64) * unit).astype(kind)
    arrays[f"{name}.unit"] = np.array(unit, dtype=np.float64)


def _add_fine(arrays: dict[str, Any], name: str, values: Any) -> None:
    arrays[name] = np.rint(np.asarray(values, dtype=np.float64) * _FINE).astype(np.int32)
    arrays[f"{name}.unit"] = np.array(_FINE, dtype=np.float64)
