"""Counts groups of letters for `cleaner/data/letters.bin`: `python scripts/letter_figures.py FILE…`, each a text in UTF-8.

What comes out says how often groups of three letters and four are met, roughly, and nothing of any text. The kernel looks for a rule's
literals where they are rarest: results do not depend on the figures, speed does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.load.files import DATA
from cleaner.load.letters import FIGURES

_MULTIPLIER = np.uint32(2654435761)
#: the counts are for so many signs
_SIGNS = 10_000_000
_STEPS = 8


def figures(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    """The figures for the groups of letters in these texts."""
    counts, signs = np.zeros(1 << FIGURES), 0
    for text in texts:
        for line in text.lower().splitlines():
            letters = np.frombuffer(bytes([0, *map(_letter, line), 0, 0, 0]), dtype=np.uint8).astype(np.uint32)
            three = letters[:-3] | letters[1:-2] << np.uint32(8) | letters[2:-1] << np.uint32(16)
            signs += len(line)
            for group in (three | np.uint32(3 << 24), three | letters[3:] << np.uint32(24)):
                counts += np.bincount((group * _MULTIPLIER) >> np.uint32(32 - FIGURES), minlength=1 << FIGURES)
    return np.minimum(np.round(_STEPS * np.log2(1 + counts * (_SIGNS / max(signs, 1)))), 255).astype(np.uint8)


def _letter(sign: str) -> int:
    """A letter or number as one byte, as in the kernel (`folded.pyx`)."""
    if not sign.isalnum():
        return 0
    return ord(sign) if sign < "\x80" else 0x80 | (ord(sign) & 0x7F)


if __name__ == "__main__":
    (DATA / "letters.bin").write_bytes(figures(Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]).tobytes())
