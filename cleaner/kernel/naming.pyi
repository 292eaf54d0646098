import numpy as np
import numpy.typing as npt

def likeliest(
    scores: npt.NDArray[np.float64],
    goes: npt.NDArray[np.uint8],
    said: npt.NDArray[np.int64],
    stands: npt.NDArray[np.uint8],
    follows: npt.NDArray[np.float64],
    weight: float,
    likely: float,
    surely: float,
    powers: npt.NDArray[np.float64],
    grid: float,
    names: npt.NDArray[np.int64],
) -> None:
    """The label of each block that goes (`classify.naming`).

    Parameters: `scores`, `goes` and `follows` are as there; `said` has the number of the label that a precise rule gives, or -1, `stands`
    whether nobody changes it; of what neighbours say so much counts as `weight` says, a rule's label gives way to one that is likelier
    than `likely`, one that stands is likelier than any other by `surely`; `powers` are those of e, of 0 and of each multiple of `-grid`;
    `names` has an entry for each block, and is written to: -1 where a block stays.
    """
