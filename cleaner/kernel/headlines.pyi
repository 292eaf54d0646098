class Titles:
    """Finds the few lines that may be the page's title (`classify.headlines`).

    Parameters: `edges` are the signs that do not count at a line's start and end.
    """

    def __init__(self, edges: str) -> None: ...
    def find(
        self,
        texts: tuple[str, ...],
        words: list[int],
        known: str,
        least_words: int,
        most_words: int,
        longest: int,
        first_body: int,
        share: float,
    ) -> list[int]:
        """The blocks, ascending, whose normal form may be the `known` one, or above `first_body` may have this share of its words.

        Others' certainly is not, and has not. Passed over are texts of fewer or more words, and longer ones, and below `first_body`
        shorter ones than the known. `texts` and `words` have an entry a block.
        Raises `ValueError` for lists that do not fit together.
        """

def count_figures(text: str) -> int:
    """How many of a text's signs are decimal digits, of any script."""
