from cleaner.classify.candidates import Possible
from cleaner.kernel.normal_forms import NormalForms
from cleaner.load.rules import Rule

class ExactLines:
    """Phrases that are whole lines, and sets of words that whole lines are made of (`classify.line_rules`).

    Parameters: `conditions` has for each rule its fewest and most words, whether the line must have a digit and be a sentence (1 yes,
    0 no, -1 either), whether it opens a section, and whether no other rule is asked for where it takes a line. `phrases` (in normal
    form) have the numbers of their rules, `word_sets` the number of their rule and the words but `0`, which is in all of them. Lines of
    more words than `most_words`, or longer than `longest_line`, are left out; those longer than `longest_phrase` are in no list.
    """

    def __init__(
        self,
        forms: NormalForms,
        rules: tuple[Rule, ...],
        conditions: list[tuple[int, int, int, int, bool, bool]],
        phrases: dict[str, list[int]],
        word_sets: list[tuple[int, frozenset[str]]],
        most_words: int,
        longest_line: int,
        longest_phrase: int,
        most_words_with_digit: int,
    ) -> None: ...
    def find(
        self, texts: list[str], words: list[int], ends: list[bool], possible: list[Possible]
    ) -> list[tuple[int, list[Rule] | None, bool, bool]]:
        """The lines that a rule may take: all others are taken by none.

        Returns each line's place, the rules that name all of it or all its words (None where the twin is to look), whether patterns that
        its literals leave possible are to be tried, and whether patterns that ask for a digit are.
        """
