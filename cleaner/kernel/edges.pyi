import numpy as np
import numpy.typing as npt

def pieces(
    source: str,
    starts: list[int],
    ends: list[int],
    most_characters: int,
    most_words: int,
    least_rest: int,
    most_ends: int,
    first_sign: int,
    name_words: int,
) -> list[tuple[int, int, int, bool]]:
    """The pieces of lines of a text, each as the line's number, its start and end in the line, and whether it is at the line's end.

    Parameters: `starts` and `ends` are where the lines are; the others are what `classify.edges` says of each.
    """

def features(lines: list[str], parts: npt.NDArray[np.int64], signs: tuple[str, ...], wide: npt.NDArray[np.float32]) -> None:
    """What pieces look like.

    Parameters: `lines` has the line of each piece, `parts` its start and end there and whether it is at the end (pieces × 3); `signs` are
    those looked for; `wide` are features × pieces, of which the first are written to: numbers, then signs.
    """
