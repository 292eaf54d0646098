import numpy as np
import numpy.typing as npt

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
