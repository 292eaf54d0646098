import numpy as np
import numpy.typing as npt

class Anchors:
    """The literals that a text is looked through for, each by the group of letters in it that texts have most seldom.

    Parameters: `literals`, none of them empty; `uses` has for each the edges that all that it points to ask for (1 that a word ends with
    it, 2 that one begins with it), the most words of lines for which it is of use, and how far from a line's start it may end otherwise,
    and from its end; `figures` says how often groups of letters are met (`load.letters`).
    """

    count: int

    def __init__(self, literals: list[str], uses: npt.NDArray[np.int32], figures: npt.NDArray[np.uint8]) -> None: ...

def groups_of(texts: list[str], found: npt.NDArray[np.int32], figures: npt.NDArray[np.uint8]) -> None:
    """Writes to `found`, for each of the texts, which bit is set for a line that holds it, and one: that of its rarest group
    of three letters; 0 where it has none."""
