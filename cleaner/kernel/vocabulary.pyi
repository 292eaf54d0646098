class Vocabulary:
    """Words of several lists, made ready to be counted in texts (`classify.language`). Nothing is changed by counting.

    Parameters: `words` holds for each word the numbers of its lists; `against` has for each list the one that speaks against it, -1 for
    none, and -2 where the list is none of those that `likeliest` tells apart.
    Raises `ValueError` for a word with white space, or of more than 32 characters, and for the number of a list that is not there.
    """

    def __init__(self, words: dict[str, list[int]], against: list[int]) -> None: ...
    def count(self, text: str) -> tuple[int, list[int]]:
        """How many words a text has between white space, and how many of each list."""

    def likeliest(self, text: str, least_share: float, least_lead: float, least_words: int, foreign: int) -> int:
        """The list of which a text holds the most words; -1 where it is not clear which.

        Parameters: each word that speaks against a list takes `foreign` words away; a list's words are at least `least_share` of the
        text's, with and without what is taken away, and `least_lead` times the next list's, and there are `least_words` or more in the
        text.
        """
