"""How often groups of letters are met in texts: figures, by which the kernel looks for literals where they are rarest."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from cleaner.load.files import DATA

#: logarithm of how many figures there are, as in the kernel (`folded.pxd`)
FIGURES = 15


@functools.cache
def letter_figures() -> npt.NDArray[np.uint8]:
    """A figure for each number of a group of letters: eight times the logarithm of how often it is met in ten million signs, and one.

    `scripts/letter_figures.py` makes them.
    """
    return np.frombuffer((DATA / "letters.bin").read_bytes(), dtype=np.uint8)
