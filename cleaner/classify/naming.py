"""Names for removed lines: what a line's own words, looks and rules say of it, and what it stands among.

A rule knows a line by its words, wherever it stands: `Instagram` may be part of a share bar, of a menu and of an author's contact. The
model has learned from words, rules and neighbours together, and here from which labels follow each other, too. Neither what goes changes
here, nor the reason, which is the rule that found it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.document import Judgement
from cleaner.classify.fixed_point import GRID, POWERS, Floats, softmax
from cleaner.kernel import COMPILED
from cleaner.load.rules import PRECISE
from cleaner.values import Verdict

#: so much of what a neighbour's label says is added: the scores have seen the neighbours, too (measured: docs/model.md)
_BESIDE = 2.0**-3
#: a rule's label gives way to one that is likelier than this
_LIKELY = 0.5
#: a label that stands is likelier than any other by so much, in logarithms
_STANDS = 16.0


def precise(judgement: Judgement) -> dict[int, Verdict]:
    """The verdicts of precise rules by block: these lines go whatever the model says."""
    return {block: verdict for block, verdict in judgement.taken.items() if verdict.reason.startswith("rule:") and verdict.score >= PRECISE}


def likeliest(
    scores: Floats,
    goes: npt.NDArray[np.bool_],
    said: Mapping[int, int],
    stands: Set[int],
    follows: Floats,
    *,
    compiled: bool = COMPILED,
) -> npt.NDArray[np.int64]:
    """The number of the label of each block that goes, in the order of the blocks: the likeliest, or what a rule says.

    Parameters: `scores` are blocks × labels of residue, log probabilities up to a constant for each block, and not looked at where a block
    stays; `goes` says which blocks go; `said` are the numbers of the labels that precise rules give to blocks which go, `stands` those of
    these blocks whose label nobody changes; `follows` are (labels, content) × (labels, content): how much likelier, in logarithms, the
    second is right behind the first than anywhere; `compiled` says whether the kernel is asked.
    """
    if compiled:
        return _compiled(scores, goes, said, stands, follows)
    going = np.flatnonzero(goes)
    own = scores[going]
    places = dict(zip(going.tolist(), range(len(going)), strict=True))
    for block in stands:
        own[places[block]] = 0.0
        own[places[block], said[block]] = _STANDS
    chances = np.zeros((len(goes), len(follows)))
    # On a grid: sums are the same in any order.
    chances[going, :-1] = np.rint(softmax(own) / GRID) * GRID
    chances[:, -1] = ~goes
    beside = np.zeros(chances.shape)
    beside[1:] = chances[:-1] @ follows
    beside[:-1] += chances[1:] @ follows.T
    own += _BESIDE * beside[going, :-1]
    names = own.argmax(axis=1)
    if said:
        by_rule = [places[block] for block in said]
        unsure = softmax(own[by_rule]).max(axis=1) <= _LIKELY
        for block, place, is_unsure in zip(said, by_rule, unsure.tolist(), strict=True):
            if is_unsure or block in stands:
                names[place] = said[block]
    return np.asarray(names, dtype=np.int64)


def _compiled(
    scores: Floats, goes: npt.NDArray[np.bool_], said: Mapping[int, int], stands: Set[int], follows: Floats
) -> npt.NDArray[np.int64]:
    from cleaner.kernel import naming

    by_rule, is_fixed = np.full(len(goes), -1, dtype=np.int64), np.zeros(len(goes), dtype=np.uint8)
    for block, label in said.items():
        by_rule[block] = label
    for block in stands:
        is_fixed[block] = 1
    names = np.empty(len(goes), dtype=np.int64)
    scores, follows = np.ascontiguousarray(scores), np.ascontiguousarray(follows)
    naming.likeliest(scores, goes.view(np.uint8), by_rule, is_fixed, follows, _BESIDE, _LIKELY, _STANDS, POWERS, GRID, names)
    return names[goes]


def other_names(sure: Mapping[int, Verdict], labelled: Mapping[int, str]) -> dict[Verdict, str]:
    """The verdicts of precise rules, given by block, whose blocks have got another label, and that label."""
    return {verdict: labelled[block] for block, verdict in sure.items() if labelled.get(block, verdict.label) != verdict.label}


def renamed(verdicts: Iterable[Verdict], names: Mapping[Verdict, str]) -> Iterator[Verdict]:
    """The verdicts, with another label where `names` has one."""
    for verdict in verdicts:
        name = names.get(verdict)
        yield verdict if name is None else msgspec.structs.replace(verdict, label=name)
