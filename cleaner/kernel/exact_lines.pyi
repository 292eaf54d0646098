from cleaner.kernel.normal_forms import NormalForms
from cleaner.load.rules import Rule

class ExactLines:
    """Phrases that are whole lines, and sets of words that whole lines are made of (`classify.line_rules`).

    Parameters: `conditions` has for each rule its fewest and most words, whether the line must have a digit and be a sentence (1 yes,
    0 no, -1 either), whether it opens a section, and whether no other rule is asked for where it takes a line. `phrases` (in normal
    form) have the numbers of their rules, `word_sets` the number of their rule and the words but `0`, which is in all of them. Lines of
    more than `longest` signs are in no list. `block_rules` asks it line by line.
    """

    def __init__(
        self,
        forms: NormalForms,
        rules: tuple[Rule, ...],
        conditions: list[tuple[int, int, int, int, bool, bool]],
        phrases: dict[str, list[int]],
        word_sets: list[tuple[int, frozenset[str]]],
        longest: int,
    ) -> None: ...
