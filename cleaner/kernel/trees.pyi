import numpy as np
import numpy.typing as npt

class Forest:
    """An ensemble of oblivious trees (`classify.trees`), made ready. Its questions are ordered by the feature they ask about.

    Parameters: `count` and `depth` are those of the trees; `rows` are the features that any tree asks about; from each of
    `question_starts` on come the questions about one of these: whether it is above one of `borders`, the number of the tree that asks in
    `trees`, and what a yes adds to the number of the leaf, one bit, in `bits`; `at_nothing` has for each tree the leaf of a block whose
    features are all 0; `leaves` are (trees × 2**depth) × outputs, several filled up with 0 to a multiple of 8; up to each of `ends`,
    ascending to the number of trees, leaves add up to no more than 16 bits hold; `bias` has an output's; all are in units of `unit`.
    """

    def __init__(
        self,
        count: int,
        depth: int,
        rows: npt.NDArray[np.int64],
        question_starts: npt.NDArray[np.int64],
        borders: npt.NDArray[np.float32],
        trees: npt.NDArray[np.int32],
        bits: npt.NDArray[np.uint8],
        at_nothing: npt.NDArray[np.uint8],
        leaves: npt.NDArray[np.int16],
        ends: npt.NDArray[np.int64],
        bias: npt.NDArray[np.int64],
        unit: float,
    ) -> None: ...
    def scores(self, features: npt.NDArray[np.float32], blocks: npt.NDArray[np.int64] | None, scores: npt.NDArray[np.float64]) -> None:
        """The ensemble's answers.

        Parameters: `features` are features × blocks; `blocks` are the numbers of those asked for (None: all); `scores` are (blocks asked
        for) × outputs, and are written to.
        """
