from typing import TypeVar

from cleaner.values import Block

_Rule = TypeVar("_Rule")
_Heard = TypeVar("_Heard")

class Body:
    """Finds where the body is (`classify.structure`), with these weights.

    Parameters: `weights` are the constants of `structure`, `evidence` and `list_evidence`; `items` the evidence of roles that say
    something of their blocks; `plain` is the role that most blocks have.
    Raises `ValueError` where a weight is missing.
    """

    def __init__(self, weights: dict[str, float], items: dict[str, float], plain: str) -> None: ...
    def find(
        self,
        words: list[int],
        ends: list[bool],
        texts: tuple[str, ...],
        blocks: tuple[Block, ...],
        heard: dict[int, _Heard],
        sure: dict[int, int],
        openers: dict[int, tuple[_Rule, int, int, bool, bool, bool]],
        gaps: list[bool] | None,
        shift: float,
    ) -> tuple[list[bool], list[bool], list[float], list[_Rule | None], list[bool], int, int, int]:
        """What `Structure` holds, in its order.

        Parameters: `words`, `ends`, `texts` and `blocks` have an entry a block, as has `gaps`, whether a blank line stands over it. Of
        the blocks in `heard` any rule says something; of those in `sure` a sure one, that stands inside the body, too (1), or outside
        of it (2). `openers` has the rules whose section a block opens: the rule, where it may open (0 anywhere, 1 before the body,
        2 behind it, 3 outside, 4 inside), the most lines of its tail, whether that may reach to the text's end, whether it ends at a
        blank line, and whether it is a list of sections. `shift` is added to the evidence of each block.
        Raises `ValueError` for blocks that are not there, and lists that do not fit together.
        """
