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
