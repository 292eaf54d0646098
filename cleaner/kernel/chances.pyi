import numpy as np
import numpy.typing as npt

def chances(
    sums: npt.NDArray[np.int32],
    bias: npt.NDArray[np.int64],
    unit: float,
    powers: npt.NDArray[np.float64],
    grid: float,
    into: npt.NDArray[np.float64],
) -> None:
    """Probabilities of labels (softmax), and of content (logistic), from sums of weights (`classify.word_scores`).

    Parameters: `sums` are blocks × (labels + 1), `bias` has a column's, both in units of `unit`; `powers` are those of e, of 0 and of each
    multiple of `-grid`; `into` has the shape of `sums`, and is written to in multiples of `grid`.
    """
