import numpy as np
import numpy.typing as npt

def tree_scores(
    features: npt.NDArray[np.float32],
    blocks: npt.NDArray[np.int64] | None,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    borders: npt.NDArray[np.float32],
    leaves: npt.NDArray[np.int16],
    ends: npt.NDArray[np.int64],
    bias: npt.NDArray[np.int64],
    unit: float,
    scores: npt.NDArray[np.float64],
) -> None:
    """Answers of an ensemble of oblivious trees (`classify.trees`).

    Parameters: `features` are features × blocks; `blocks` are the numbers of those asked for (None: all); `rows` are the features that any
    tree asks about; each level of a tree asks whether the feature in place `columns` of these is above `borders` (both trees × depth);
    `leaves` are (trees × 2**depth) × outputs, several filled up with 0 to a multiple of 8; up to each of `ends`, ascending to the number
    of trees, leaves add up to no more than 16 bits hold; `bias` has an output's; `scores` are (blocks asked for) × outputs, and are written
    to.
    """
