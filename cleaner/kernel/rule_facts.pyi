from collections.abc import Sequence

from cleaner.load.rules import Rule

class RuleFacts:
    """What of a book's rules is asked for when lines get their labels.

    Parameters: `names` are the labels that there are; `rows` hold of each rule its label, reason, score, position (0: anywhere, 1: before
    the body, 2: after it, 3: outside, 4: inside), exactness, the labels of its neighbours as bits (above, below; None where it asks for
    none), least and most words, digits, sentence; `beside` are, for each label, `prose` and `none`, the numbers of the rules without words
    of their own that may take a line beside one.

    Raises `ValueError` where these do not fit together.
    """

    names: tuple[str, ...]
    numbers: dict[str, int]

    def __init__(
        self,
        rules: tuple[Rule, ...],
        names: tuple[str, ...],
        rows: list[tuple[str, str, float, int, int, tuple[int, int] | None, int, int, bool | None, bool | None]],
        beside: Sequence[Sequence[int]],
    ) -> None: ...
