import numpy as np
import numpy.typing as npt

# All raise `ValueError` for arrays that do not fit together. Activations are whole numbers.

def first_inputs(
    dense: npt.NDArray[np.float64],
    mean: npt.NDArray[np.float64],
    spread: npt.NDArray[np.float64],
    most: float,
    words: npt.NDArray[np.int64],
    word_from: npt.NDArray[np.int64],
    word_table: npt.NDArray[np.uint64],
    word_steps: npt.NDArray[np.float64],
    pairs: npt.NDArray[np.int64],
    pair_from: npt.NDArray[np.int64],
    pair_table: npt.NDArray[np.uint64],
    pair_steps: npt.NDArray[np.float64],
    names: npt.NDArray[np.int64],
    name_from: npt.NDArray[np.int64],
    name_table: npt.NDArray[np.uint64],
    name_steps: npt.NDArray[np.float64],
    elements: npt.NDArray[np.int64],
    around_block: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """What the first layer looks at (`classify.html_network`).

    Parameters: `dense` are features × blocks, cut at `most` steps; tables are packed, four columns to a number; the rest is from `Arrays`.
    Returns blocks × inputs of their own, and elements around × names of these.
    """

def settled(
    sums: npt.NDArray[np.float32],
    bias: npt.NDArray[np.float32],
    parts: list[tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]],
    hidden: npt.NDArray[np.float32] | None,
) -> None:
    """Makes activations of a layer's sums, in place.

    Parameters: `parts` are more sums, each with the row for every block; `hidden` is added to the activations.
    """

def stacked(hidden: npt.NDArray[np.float32], reach: int) -> npt.NDArray[np.float32]:
    """Side by side the activations of the block so far before each, its own, and of the one so far behind it; 0 beyond the page's ends."""

def range_means(
    hidden: npt.NDArray[np.float32],
    first: npt.NDArray[np.int64],
    last: npt.NDArray[np.int64],
    around_block: npt.NDArray[np.int64],
    levels: int,
) -> npt.NDArray[np.float32]:
    """Rounded means over so many elements around blocks' own, from the parent on, one behind the other."""

def own_differences(
    hidden: npt.NDArray[np.float32], first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Blocks that share their own element with others, and how far the rounded mean over it is from each."""

def kind_means(hidden: npt.NDArray[np.float32], kind: npt.NDArray[np.int64], kinds: int) -> npt.NDArray[np.float32]:
    """Rounded means over the blocks of each kind."""

def page_means(hidden: npt.NDArray[np.float32], count: npt.NDArray[np.int64], least: int) -> npt.NDArray[np.float32]:
    """Rounded means over the page, and over its blocks of so many words, each counted as often as it has words: one row."""
