from collections.abc import Mapping, Set

class Tails:
    """Labels for sections (`classify.tails`).

    Parameters: `numbers` are those of the labels, `own_in_tail`, `of_its_own`, `chrome` and `beneath_titles` names of them. `sizes`: words
    of a title and of an entry, lines of a menu, how many of them are known and how many are figures (as shares of one), digits of a page
    number. `capped` is the most that a line beneath a heading is worth, `stops` end a sentence.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        own_in_tail: Set[str],
        of_its_own: Set[str],
        chrome: Set[str],
        beneath_titles: Set[str],
        sizes: tuple[int, ...],
        capped: float,
        stops: str,
    ) -> None: ...
