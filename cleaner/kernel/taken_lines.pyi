from collections.abc import Mapping

from cleaner.kernel.rule_facts import RuleFacts
from cleaner.kernel.section_tails import Tails
from cleaner.load.rules import Rule
from cleaner.values import Block, Verdict

class Taker:
    """Takes the lines that rules take (`classify.taking`).

    Parameters: `numbers` are those of the labels, `tails` label sections. `about`: words of a long paragraph and of a quoting one,
    quotation marks. `caption`: least and most words. `passes` over neighbours.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        tails: Tails,
        about: tuple[int, int, str],
        caption: tuple[int, int],
        passes: int,
        verdict: type[Verdict],
    ) -> None: ...
    def take(
        self,
        rules: RuleFacts,
        blocks: tuple[Block, ...],
        texts: tuple[str, ...],
        lines: dict[int, tuple[Rule, ...]],
        words: list[int],
        ends: list[bool],
        prose: list[bool],
        content: list[bool],
        section: list[Rule | None],
        is_opener: list[bool],
        first: int,
        last: int,
        threshold: float,
    ) -> dict[int, Verdict]:
        """The verdicts on lines that rules take: by their words, in sections, for the lines beside them."""
