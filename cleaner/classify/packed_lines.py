"""All rules as the kernel reads them, which looks at one block after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaner.classify.digit_rules import list_probe
from cleaner.classify.line_rules import HINT, LONGEST_LINE, LONGEST_PHRASE, LineRules, is_sure
from cleaner.classify.span_rules import SpanHit, SpanRules
from cleaner.load.rules import MOST_WORDS_WITHOUT_LITERAL, Rule, probe

if TYPE_CHECKING:
    from cleaner.kernel.block_rules import BlockRules

#: Markdown's signs that may stand inside a phrase: of links, of emphasis
INSIDE_PHRASES = ("](", "**", "__")
#: more words than any line has
_MANY = 1 << 60
_EITHER = {None: -1, False: 0, True: 1}


def block_rules(rules: tuple[Rule, ...], line_rules: LineRules, span_rules: SpanRules) -> BlockRules:
    """The rules, made ready for the kernel, which asks their twins for what it cannot do.

    Parameters: `line_rules` and `span_rules` are the same rules.
    """
    from cleaner.classify.packed_rules import packed
    from cleaner.kernel.block_rules import BlockRules
    from cleaner.kernel.exact_lines import ExactLines
    from cleaner.load.rules import normal_forms

    phrases, word_sets = line_rules.phrases, line_rules.word_sets
    return BlockRules(
        rules,
        packed(rules),
        ExactLines(normal_forms, rules, _conditions(rules), phrases, word_sets, LONGEST_PHRASE),
        probe,
        line_rules,
        span_rules,
        line_rules.digit_numbers,
        line_rules.digit_rules.asked,
        line_rules.digit_rules.lists,
        list_probe,
        SpanHit,
        INSIDE_PHRASES,
        line_rules.most_words,
        LONGEST_LINE,
        MOST_WORDS_WITHOUT_LITERAL,
        HINT,
    )


def _conditions(rules: Sequence[Rule]) -> list[tuple[int, int, int, int, bool, bool]]:
    """What each rule asks of a line itself; whether it opens a section; whether no other rule is asked for where it takes a line."""
    return [
        (
            min(rule.min_words, _MANY),
            min(rule.max_words, _MANY),
            _EITHER[rule.digits],
            _EITHER[rule.sentence],
            rule.kind == "sections",
            is_sure(rule),
        )
        for rule in rules
    ]
