from collections.abc import Callable

from cleaner.classify.line_rules import LineRules
from cleaner.classify.span_rules import SpanHit, SpanRules
from cleaner.kernel.candidates import Candidates
from cleaner.kernel.exact_lines import ExactLines
from cleaner.load.patterns import PatternSet
from cleaner.load.rules import Rule
from cleaner.values import Block

class BlockRules:
    """All rules on all blocks of a document (`classify.rules.RuleBook`).

    Parameters: `probe` makes a rule's pattern ready; `line_rules` and `span_rules` are asked where a text is too long, or its normal form
    not simple; `digit_numbers` are those of the rules without a literal, ascending, `asked` has sets for each, by their bits, of the
    `lists` of each of which a line must have one, where `list_probe` makes a list ready; `part` is made of a start, an end and a rule;
    `inside_phrases` are signs that may stand inside a phrase where a reader does not see them. Lines of more words than `most_words`, or
    longer than `longest_line`, are taken by none, those of more than `most_words_with_digit` by no rule without a literal. Rules with a
    score below `hint` are listed apart.
    """

    def __init__(
        self,
        rules: tuple[Rule, ...],
        candidates: Candidates,
        exact_lines: ExactLines,
        probe: Callable[[Rule], PatternSet],
        line_rules: LineRules,
        span_rules: SpanRules,
        digit_numbers: list[int],
        asked: list[list[int]],
        lists: tuple[str, ...],
        list_probe: Callable[[str], PatternSet],
        part: Callable[[int, int, Rule], SpanHit],
        inside_phrases: tuple[str, ...],
        most_words: int,
        longest_line: int,
        most_words_with_digit: int,
        hint: float,
    ) -> None: ...
    def find(
        self, source: str, lowered: str, blocks: tuple[Block, ...], texts: tuple[str, ...], words: list[int], ends: list[bool]
    ) -> tuple[dict[int, tuple[Rule, ...]], dict[int, tuple[Rule, ...]], dict[int, Rule], list[SpanHit]]:
        """The rules that would take each block, those too weak for it, and those whose section it opens, by block; and parts of blocks."""
