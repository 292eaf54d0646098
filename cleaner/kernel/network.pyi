import numpy as np
import numpy.typing as npt

def with_context(
    features: npt.NDArray[np.float64],
    means: npt.NDArray[np.float64],
    rows: npt.NDArray[np.int64],
    bounds: npt.NDArray[np.int64],
    offsets: npt.NDArray[np.int64],
    windows: npt.NDArray[np.int64],
    wide: npt.NDArray[np.float32],
) -> None:
    """Features beside those of neighbours and of the whole document (`classify.context`).

    Parameters: `features` are features × blocks, on a grid, so that sums of them are exact; `means` are theirs over the document; `rows`
    are the features asked for, one copy after the other, ascending in each: at each of `offsets`, over each of `windows`, over the
    document; `bounds` says where each copy begins, and at last where all end; `wide` is (features asked for) × blocks, and is written to.
    """

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

def dense_scores(
    features: npt.NDArray[np.float32],
    blocks: npt.NDArray[np.int64] | None,
    columns: npt.NDArray[np.int64],
    middle: npt.NDArray[np.float32],
    steps: npt.NDArray[np.float32],
    most: float,
    first: npt.NDArray[np.float32],
    hidden_bias: npt.NDArray[np.float32],
    hidden_unit: float,
    highest: float,
    second: npt.NDArray[np.float32],
    bias: npt.NDArray[np.int64],
    unit: float,
    scores: npt.NDArray[np.float64],
) -> None:
    """Answers of a network of two layers (`classify.dense`). Weights are whole numbers, and sums no greater than float32 holds exactly.

    Parameters: `features` are features × blocks; `blocks` are the numbers of those asked for (None: all); `columns` are the features that
    the network looks at, `middle`, `steps` and `most` make inputs of them; `first` is inputs × activations, filled up with 0 to a multiple
    of 8, `hidden_bias`, `hidden_unit` and `highest` make activations of its sums; `second` is activations × outputs, filled up in the same
    way; `scores` are (blocks asked for) × outputs, and are written to.
    """
