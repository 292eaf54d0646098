from typing import Any

import numpy as np
import numpy.typing as npt

class Layer:
    """Weights of some inputs, as the kernel reads them."""

    def __init__(self, weight: npt.NDArray[np.int64]) -> None:
        """Parameters: `weight` is inputs × outputs. Raises `ValueError` for weights beyond 16 bits."""

def padded(row: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A number for each output, with zeros behind them up to the width that the kernel computes at once."""

def answers(
    seen: npt.NDArray[np.int16],
    near: npt.NDArray[np.int16],
    first: npt.NDArray[np.int64],
    last: npt.NDArray[np.int64],
    around: npt.NDArray[np.int64],
    around_block: npt.NDArray[np.int64],
    kind: npt.NDArray[np.int64],
    kinds: int,
    count: npt.NDArray[np.int64],
    least: int,
    layers: dict[str, Any],
    biases: dict[str, npt.NDArray[np.int32]],
    steps: dict[str, npt.NDArray[np.float32]],
    reaches: tuple[int, int, int],
    bits: int = ...,
) -> npt.NDArray[np.float32]:
    """What the last layer says of each block, blocks × outputs.

    Parameters: `seen` and `near` are of `page_inputs.first_inputs`; `first` to `count` are from `Arrays`; blocks of `least` words are text;
    `layers` has the weights of each layer by what it looks at (`HtmlNetwork`), `steps` what its sums count in steps of the grid; `reaches`
    is how far the convolutions look; `bits` is how many the processor may look at in one instruction, for tests.
    Raises `ValueError` for arrays that do not fit together.
    """

def judged(
    logits: npt.NDArray[np.float32],
    chances: npt.NDArray[np.int64],
    residue: npt.NDArray[np.int64],
    content: npt.NDArray[np.int64],
    grid: float,
    most: float,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Of each block its chance of content, the likeliest of the rows of `residue`, and whether one of `content` is likelier than all these.

    Parameters: `chances` is the table of chances, `grid` what a logit is multiplied by to find its place there, which is `most` from the
    middle at most.
    Raises `ValueError` for answers that do not fit the model.
    """
