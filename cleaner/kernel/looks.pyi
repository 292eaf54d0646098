from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

def numbers(
    source: str,
    starts: list[int],
    stops: list[int],
    texts: list[str],
    words: list[int],
    ends: list[bool],
    prose: list[bool],
    content: list[bool],
    evidence: list[float],
    openers: list[bool],
    scores: list[float],
    judges: list[int],
    removed: list[float],
    first: int,
    last: int,
    glued: bool,
    grid: float,
    features: npt.NDArray[np.float64],
) -> None:
    """The numbers of each block (`classify.block_features`), but for whether a sentence ends inside it, which `signs` sees.

    Parameters: `starts` and `stops` are where blocks are in `source`; `texts`, `words`, `ends`, `prose`, `content`, `evidence` and
    `openers` have an entry for each; so have `scores` and `judges`, of what takes it: 1 a rule, 2 the structure, 3 a repeat; `removed` is
    the share that rules take; `first` and `last` are the structure's; numbers are rounded to multiples of `grid`; `features` are
    features × blocks, of which the first are written to.
    """

def signs(
    texts: list[str],
    wanted: tuple[str, ...],
    first_classes: dict[str, int],
    last_classes: dict[str, int],
    first_count: int,
    features: npt.NDArray[np.float64],
) -> None:
    """Which signs a block holds, what it begins and ends with, and whether a sentence ends inside it.

    Parameters: `texts` are not empty; `wanted` are the signs; the classes are those of signs, other characters have one by what they are;
    `first_count` is how many classes there are of a first character; `features` are features × blocks, filled with 0, of which those behind
    the numbers are written to.
    """

def categories(values: Sequence[list[int]], rows: list[int], features: npt.NDArray[np.float64]) -> None:
    """Writes a 1 for the value of each block in each category; the first value's feature has its number in `rows`."""
