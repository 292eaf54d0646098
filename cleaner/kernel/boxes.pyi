from collections.abc import Mapping, Set

class Boxes:
    """Which labels are parts of which boxes, and take their names (`classify.company`).

    Parameters: `names` are the labels by number; `boxes` has each label's box, `yields` the boxes whose name a label takes, with the most
    words; `closed` are boxes that two neighbours are enough for; `part_of_teaser` are labels; `votes`: lines on either side, how many of
    them must agree, passes.

    Raises `ValueError` where there are too many labels, or boxes that one of them yields to.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        boxes: Mapping[str, str],
        yields: Mapping[str, Mapping[str, int]],
        closed: Set[str],
        part_of_teaser: Set[str],
        votes: tuple[int, int, int],
    ) -> None: ...
