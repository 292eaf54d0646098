import numpy as np
import numpy.typing as npt

def features(lines: list[str], parts: npt.NDArray[np.int64], signs: tuple[str, ...], wide: npt.NDArray[np.float32]) -> None:
    """What pieces look like.

    Parameters: `lines` has the line of each piece, `parts` its start and end there and whether it is at the end (pieces × 3); `signs` are
    those looked for; `wide` are features × pieces, of which the first are written to: numbers, then signs.
    """
