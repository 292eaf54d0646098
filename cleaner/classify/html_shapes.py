"""Whether a block model's arrays fit each other and this version: a file of unknown origin must not fail at some later page."""

from __future__ import annotations

from cleaner.classify.html_features import LEVELS, NAME_BITS, PAIR_BITS, WORD_BITS
from cleaner.classify.html_text import SIGNS
from cleaner.load.arrays import real, whole
from cleaner.load.html_model import HtmlWeights
from cleaner.load.labels import labels

#: code points below 65,536 have a class each, those above one for all
_CLASSES = 65_537
#: farthest a mean may lie, smallest spread, largest unit: what is divided stays a number
_FARTHEST, _NARROWEST, _UNIT = 1e6, 1e-6, 2.0**20
_MOST = (1 << 31) - 1
#: states of blocks, their own or means of several, that each layer behind the first looks at
_STATES = {"c1": 3, "l2": LEVELS + 3, "c2": 3, "c3": 3, "l3": 4, "out": 1}


def check_weights(weights: HtmlWeights, steps: int, chance: int) -> None:
    """Looks at all arrays of a model.

    Parameters: `steps` is the length of the table of chances, `chance` its greatest number.
    Raises `KeyError` for an array that is missing, `ValueError` for one that does not fit.
    """
    arrays = weights.arrays
    if not weights.labels or all(labels()[name].content for name in weights.labels):
        raise ValueError("it knows no label of residue")
    whole(arrays, "characters", (_CLASSES,), 0, SIGNS)
    whole(arrays, "chances", (steps,), 0, chance)
    (features,) = real(arrays, "mean", (None,), -_FARTHEST, _FARTHEST).shape
    real(arrays, "spread", (features,), _NARROWEST, _FARTHEST)
    inputs = features
    bits = {"words": WORD_BITS, "pairs": PAIR_BITS} | {f"names{level}": NAME_BITS for level in range(LEVELS + 1)}
    for name, rows in bits.items():
        inputs += whole(arrays, name, (1 << rows, None), -128, 127).shape[1]
        real(arrays, f"{name}.unit", (), 1 / _UNIT, _UNIT)
    size = arrays["l1.weight"].shape[0]
    widths = {"l1": inputs} | {name: states * size for name, states in _STATES.items()}
    for name, columns in widths.items():
        rows = 1 + len(weights.labels) if name == "out" else size
        whole(arrays, f"{name}.weight", (rows, columns), -_MOST, _MOST)
        whole(arrays, f"{name}.bias", (rows,), -_MOST, _MOST)
        real(arrays, f"{name}.unit", (rows,), 1 / _UNIT, _UNIT)
