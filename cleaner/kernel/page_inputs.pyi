import numpy as np
import numpy.typing as npt

def first_inputs(
    dense: npt.NDArray[np.float64],
    mean: npt.NDArray[np.float64],
    spread: npt.NDArray[np.float64],
    most: float,
    words: npt.NDArray[np.int64],
    word_from: npt.NDArray[np.int64],
    word_table: npt.NDArray[np.uint64],
    word_steps: npt.NDArray[np.float64],
    pairs: npt.NDArray[np.int64],
    pair_from: npt.NDArray[np.int64],
    pair_table: npt.NDArray[np.uint64],
    pair_steps: npt.NDArray[np.float64],
    names: npt.NDArray[np.int64],
    name_from: npt.NDArray[np.int64],
    name_table: npt.NDArray[np.uint64],
    name_steps: npt.NDArray[np.float64],
    elements: npt.NDArray[np.int64],
    around_block: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """What the first layer looks at (`classify.html_network`).

    Parameters: `dense` are features × blocks, cut at `most` steps; tables are packed, four columns to a number; the rest is from `Arrays`.
    Returns the activations of blocks × inputs of their own, and of elements around × names of these; behind a row of odd length is a zero.
    Raises `ValueError` for arrays that do not fit together.
    """
