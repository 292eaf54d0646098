"""Which documents are nearly the same: the same agency text on many sites, the same article twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.learning.sketches import BINS, Sketch, likeness

#: documents that share so much of their runs of words, of all in either, are nearly the same
NEARLY_THE_SAME = 0.7
#: bins a band: two texts of likeness 0.7 meet in at least one of 32 bands with a probability of 0.9998
_ROWS = 4
#: in a larger crowd of one band each document is compared with so many of the first
_CROWD = 20


class Duplicate(msgspec.Struct, frozen=True):
    """A document that is nearly the same as another."""

    id: str
    #: the document that stands for both
    of: str
    #: share of runs of four words that both have, of all in either; told from sketches, to 0.044 (one standard deviation)
    likeness: float


class Sketches:
    """The sketches of documents, 256 bytes each, and their ids."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.words: list[int] = []
        self._rows: list[bytes] = []

    def add(self, id: str, words: int, sketch: Sketch) -> None:
        """Adds a document of so many words."""
        self.ids.append(id)
        self.words.append(words)
        self._rows.append(sketch.tobytes())

    def packed(self) -> bytes:
        """All sketches as bytes, in the order of the ids."""
        return b"".join(self._rows)

    @classmethod
    def unpacked(cls, ids: Sequence[str], words: Sequence[int], packed: bytes) -> Sketches:
        """The inverse of `packed`."""
        made = cls()
        made.ids, made.words = list(ids), list(words)
        size = BINS * 2
        made._rows = [packed[at : at + size] for at in range(0, len(packed), size)]
        return made

    def duplicates(self) -> list[Duplicate]:
        """The documents that are nearly the same as one that is kept, sorted by id.

        The longest text is kept, of equals the one whose id comes first; whatever the order in which they were added.
        """
        if not self.ids:
            return []
        order = sorted(range(len(self.ids)), key=lambda at: (-self.words[at], self.ids[at], self._rows[at]))
        matrix = np.frombuffer(b"".join(self._rows[at] for at in order), np.uint16).reshape(len(order), BINS)
        found = _duplicates(matrix)
        listed = [Duplicate(self.ids[order[at]], self.ids[order[other]], round(like, 2)) for at, (other, like) in found.items()]
        return sorted(listed, key=lambda duplicate: (duplicate.id, duplicate.of))


def _duplicates(matrix: npt.NDArray[np.uint16]) -> dict[int, tuple[int, float]]:
    """Row -> the kept row before it that it is most like, of equals the first, and how like."""
    meeting = _meeting(matrix)
    found: dict[int, tuple[int, float]] = {}
    for row in sorted(meeting):
        others = [other for other in meeting[row] if other not in found]
        if not others:
            continue
        likes = likeness(matrix[row], matrix[others])
        best = int(likes.argmax())
        if likes[best] >= NEARLY_THE_SAME:
            found[row] = (others[best], float(likes[best]))
    return found


def _meeting(matrix: npt.NDArray[np.uint16]) -> dict[int, list[int]]:
    """Row -> rows before it that meet it in a band, ascending."""
    meeting: dict[int, set[int]] = defaultdict(set)
    for start in range(0, BINS, _ROWS):
        band = np.ascontiguousarray(matrix[:, start : start + _ROWS]).view(np.uint64).ravel()
        order = np.argsort(band, kind="stable")
        ordered = band[order]
        edges = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            if high - low < 2:
                continue
            rows = order[low:high].tolist()
            for at, row in enumerate(rows):
                meeting[row].update(rows[: min(at, _CROWD)])
    return {row: sorted(others) for row, others in meeting.items() if others}
