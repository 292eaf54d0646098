from collections.abc import Mapping, Set

from cleaner.kernel.rule_facts import RuleFacts
from cleaner.load.rules import Rule
from cleaner.values import Block, Verdict

class Taker:
    """Takes the lines that rules take (`classify.taking`).

    Parameters: `numbers` are those of the labels, `own_in_tail`, `of_its_own`, `chrome` and `beneath_titles` names of them. `about`: words
    of a long paragraph and of a quoting one, quotation marks. `tail`: words of a title and of an entry, lines of a menu, how many of them
    are known and how many are figures (as shares of one), digits of a page number, the most that a line beneath a heading is worth.
    `caption`: least and most words. `passes` over neighbours, `stops` end a sentence.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        own_in_tail: Set[str],
        of_its_own: Set[str],
        chrome: Set[str],
        beneath_titles: Set[str],
        about: tuple[int, int, str],
        tail: tuple[int, int, int, int, int, int, float],
        caption: tuple[int, int],
        passes: int,
        stops: str,
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
