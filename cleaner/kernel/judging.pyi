import numpy as np
import numpy.typing as npt

from cleaner.kernel.dense import Network
from cleaner.kernel.trees import Forest

def odds_asked(
    words: list[int], content: list[bool], least: float, adds: float, long_words: float, agreed: float, into: npt.NDArray[np.float64]
) -> None:
    """Writes the log odds of content asked of each block: `least`, and of a short one up to `adds` more (`classify.model`).

    Parameters: `words` are those of each block, one of `long_words` or more is not short; `content` says where the structure takes a block
    for content, of which only the share `agreed` is asked.
    """

class Judge:
    """Trees and network of the text model (`classify.model`), which look at features beside those of neighbours (`classify.context`).

    Parameters: `keep`, `label` and `dense` are made ready; `rows`, `bounds`, `offsets` and `windows` say which columns they are given, as
    for `context.with_context`; `certain`, `content` and `labels` are the weights of `classify.model`; `powers` and `grid` are those of
    `classify.fixed_point`; `most` blocks are looked at in one go.
    """

    def __init__(
        self,
        keep: Forest,
        label: Forest,
        dense: Network,
        rows: npt.NDArray[np.int64],
        bounds: npt.NDArray[np.int64],
        offsets: npt.NDArray[np.int64],
        windows: npt.NDArray[np.int64],
        certain: float,
        content: float,
        labels: float,
        powers: npt.NDArray[np.float64],
        grid: float,
        most: int,
    ) -> None: ...
    def judge(
        self,
        features: npt.NDArray[np.float64],
        least: npt.NDArray[np.float64],
        is_sure: bytearray,
        goes: npt.NDArray[np.uint8],
        scores: npt.NDArray[np.float64],
    ) -> list[float]:
        """What becomes of each block.

        Parameters: `features` are features × blocks, without those of neighbours; `least` are the log odds of content that are asked of
        each block; `is_sure` says which blocks precise rules take, `goes` which of these go, and of the others is written to; `scores` are
        blocks × labels of residue, and are written to where a block goes: log probabilities up to a constant.
        Returns the chance of content of each block that is not sure, of the others a number without meaning.
        """
