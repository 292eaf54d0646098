from collections.abc import Callable

from cleaner.kernel.boxes import Boxes
from cleaner.kernel.rule_facts import RuleFacts
from cleaner.load.rules import Rule
from cleaner.values import Block, Verdict

class Namer:
    """Names what the structure removed, and renames what stands in a box (`classify.left`).

    Parameters: `names` are the labels by number; `sizes` and `menu_share` those of `classify.guess`; `stops` end a sentence; `path_end` is
    how much of a title ends a path; `boxes` rename; `sure_reach` is how much of a run, on either side, says how sure it is of a block;
    `rounded` rounds beside a half.

    Raises `ValueError` where there are too many labels, or too few.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        sizes: tuple[int, ...],
        menu_share: float,
        is_name: Callable[[str], bool],
        stops: str,
        path_end: int,
        boxes: Boxes,
        sure_reach: int,
        rounded: Callable[[float, int], float],
        verdict: type[Verdict],
    ) -> None: ...
    def name(
        self,
        rules: RuleFacts,
        blocks: tuple[Block, ...],
        texts: tuple[str, ...],
        taken: dict[int, Verdict],
        hints: dict[int, tuple[Rule, ...]],
        words: list[int],
        content: list[bool],
        evidence: list[float],
        first: int,
        first_body: int,
        last: int,
        users: frozenset[str],
    ) -> None:
        """Names what the structure removed and no rule took, in `taken`, then each line for the box it stands in, but for `users`'."""
