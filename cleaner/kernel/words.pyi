from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

def row_sums(lines: Sequence[Sequence[str]], table: npt.NDArray[np.int8], pair_words: int, edges: str, sums: npt.NDArray[np.int32]) -> None:
    """Adds up the rows of the words and pairs of each line (`classify.word_scores`).

    Parameters: `lines` has the words of each block; `table` is rows × columns, filled up with 0 to a multiple of 16; in lines of two to
    `pair_words` words pairs are read, too; `edges` are the signs that do not count at a word's edges; `sums` is blocks × columns, filled
    with 0, and is written to.
    """

def part_sums(
    texts: Sequence[str],
    parts: npt.NDArray[np.int64] | None,
    most_head: int,
    most_tail: int,
    table: npt.NDArray[np.int8],
    pair_words: int,
    edges: str,
    sums: npt.NDArray[np.int32],
) -> None:
    """The same for the words of texts: the first `most_head`, and of those behind them the last `most_tail`.

    Parameters: `parts` has, where not the whole texts are read, for each part the number of its text, where it starts and ends, and how
    many words are read at its head and at its tail; otherwise as `row_sums`.
    """
