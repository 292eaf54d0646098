import numpy as np
import numpy.typing as npt

# All raise `ValueError` for arrays that do not fit together.

def link_shares(linked: list[int], start: list[int], end: list[int]) -> npt.NDArray[np.float64]:
    """The share of characters in links of each block, of which none is empty."""

def best_f1(chances: npt.NDArray[np.int64], count: npt.NDArray[np.int64]) -> float:
    """The F1 of words to be expected of the best body (`html_page.expected_f1`)."""

def between(
    first: npt.NDArray[np.int64],
    last: npt.NDArray[np.int64],
    body: npt.NDArray[np.bool_],
    chances: npt.NDArray[np.int64],
    linked: npt.NDArray[np.float64],
    reach: int,
    least_chance: int,
    most_linked: float,
) -> npt.NDArray[np.bool_]:
    """Which blocks stand between blocks of the body (`html_missed.between_siblings`).

    Parameters: `first` and `last` are the first block and one past the last in the element around each block's own.
    """

def near_blocks(body: npt.NDArray[np.bool_], reach: int) -> list[int]:
    """The blocks of the body and those so far from one, or all where there is no body."""
