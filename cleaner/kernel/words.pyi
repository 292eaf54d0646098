from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

def row_sums(lines: Sequence[Sequence[str]], table: npt.NDArray[np.int8], pair_words: int, edges: str, sums: npt.NDArray[np.int32]) -> None:
    """Adds up the rows of the words and pairs of each line (`classify.word_scores`).

    Parameters: `lines` has the words of each block; `table` is rows × columns; in lines of two to `pair_words` words pairs are read, too;
    `edges` are the signs that do not count at a word's edges; `sums` is blocks × columns, filled with 0, and is written to.
    """
