class Vocabulary:
    """Words of several lists, made ready to be counted in texts (`classify.language`). Nothing is changed by counting.

    Parameters: `words` holds for each word the numbers of its lists; there are `lists` of these.
    Raises `ValueError` for a word with white space, or of more than 32 characters, and for the number of a list that is not there.
    """

    def __init__(self, words: dict[str, list[int]], lists: int) -> None: ...
    def count(self, text: str) -> tuple[int, list[int]]:
        """How many words a text has between white space, and how many of each list."""
