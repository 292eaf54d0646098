import numpy as np
import numpy.typing as npt

class Network:
    """A network of two layers (`classify.dense`), made ready. Weights are whole numbers, and sums no greater than float32 holds exactly.

    Parameters: `columns` are the features that the network looks at, `middle`, `steps` and `most` (127 or less) make inputs of them;
    `first` is inputs × activations, filled up with 0 to a multiple of 8, `hidden_bias`, `hidden_unit` and `highest` make activations of
    its sums; `second` is activations × outputs, filled up in the same way; `bias` has an output's, in units of `unit`.
    """

    def __init__(
        self,
        columns: npt.NDArray[np.int64],
        middle: npt.NDArray[np.float32],
        steps: npt.NDArray[np.float32],
        most: float,
        first: npt.NDArray[np.int8],
        hidden_bias: npt.NDArray[np.float32],
        hidden_unit: float,
        highest: float,
        second: npt.NDArray[np.int8],
        bias: npt.NDArray[np.int64],
        unit: float,
    ) -> None: ...
    def scores(self, features: npt.NDArray[np.float32], blocks: npt.NDArray[np.int64] | None, scores: npt.NDArray[np.float64]) -> None:
        """The network's answers.

        Parameters: `features` are features × blocks; `blocks` are the numbers of those asked for (None: all); `scores` are (blocks asked
        for) × outputs, and are written to.
        """
