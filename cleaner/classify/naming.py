"""Names for removed lines: what a line's own words, looks and rules say of it, and what it stands among.

A rule knows a line by its words, wherever it stands: `Instagram` may be part of a share bar, of a menu and of an author's contact. The
model has learned from words, rules and neighbours together, and here from which labels follow each other, too. Neither what goes changes
here, nor the reason, which is the rule that found it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.document import Judgement
from cleaner.classify.fixed_point import GRID, Floats, softmax
from cleaner.load.rules import PRECISE
from cleaner.values import Verdict

#: so much of what a neighbour's label says is added: the scores have seen the neighbours, too (measured: docs/model.md)
_BESIDE = 2.0**-3
#: a label that stands is likelier than others by so much, in logarithms
_STANDS = 16.0


def precise(judgement: Judgement) -> dict[int, Verdict]:
    """The verdicts of precise rules by block: these lines go whatever the model says."""
    return {block: verdict for block, verdict in judgement.taken.items() if verdict.reason.startswith("rule:") and verdict.score >= PRECISE}


def likeliest(scores: Floats, goes: npt.NDArray[np.bool_], stand: Mapping[int, int], follows: Floats) -> npt.NDArray[np.int64]:
    """The number of the likeliest label of each block that goes, in the order of the blocks.

    Parameters: `scores` are blocks × labels of residue, log probabilities up to a constant for each block, and not looked at where a block
    stays; `goes` says which blocks go; `stand` are blocks whose label is settled, with its number; `follows` are (labels, content) ×
    (labels, content): how much likelier, in logarithms, the second is right behind the first than anywhere.
    """
    scores = scores.copy()
    for block, label in stand.items():
        scores[block] = 0.0
        scores[block, label] = _STANDS
    chances = np.zeros((len(goes), len(follows)))
    # On a grid: sums are the same in any order.
    chances[goes, :-1] = np.rint(softmax(scores[goes]) / GRID) * GRID
    chances[~goes, -1] = 1.0
    beside = np.zeros(chances.shape)
    beside[1:] += chances[:-1] @ follows
    beside[:-1] += chances[1:] @ follows.T
    return np.asarray((scores[goes] + _BESIDE * beside[goes, :-1]).argmax(axis=1), dtype=np.int64)


def renamed(verdicts: Iterable[Verdict], names: Mapping[Verdict, str]) -> Iterator[Verdict]:
    """The verdicts, with another label where `names` has one."""
    for verdict in verdicts:
        name = names.get(verdict)
        yield verdict if name is None else msgspec.structs.replace(verdict, label=name)
