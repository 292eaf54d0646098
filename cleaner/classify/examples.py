"""Runs a rule's own examples: what it removes, and what it must keep."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.classify.document import classify
from cleaner.classify.rules import RuleBook, lower
from cleaner.load.rules import MARK_CLOSE, MARK_OPEN, Rule
from cleaner.parse.text import parse_text

#: invented paragraphs between which an example stands when it is to stand in an article
_BEFORE = (
    "The harbour master of the old town said on Monday that the last of the wooden piers would be taken down before the winter, because "
    "the beams had gone soft and nobody could say any longer how much they would carry.",
    "Two engineers had looked at the piers in the spring, and they had counted more than forty beams that could be pushed in with a thumb, "
    "as the harbour master told the council in a letter of three pages.",
)
_AFTER = (
    "The council wants to vote on the new piers in the first week of the year, and the fishermen hope that the boats can be moored there "
    "again when the season begins, since the berths on the other bank are too shallow for most of them.",
    "Until then the boats lie in the basin behind the mill, where the water is deep enough even at the lowest tide, but where the wind "
    "from the west pushes them against the wall on every second night.",
)


def check_rule(rule: Rule, book: RuleBook) -> list[str]:
    """What is wrong with a rule's examples.

    Parameters: `book` holds the rules for the rule's language; it is asked where the rule needs neighbours that others name.
    Returns a complaint for each example that does not come out as it should.
    """
    judge = book if rule.neighbour is not None else RuleBook([rule])
    complaints = []
    for example in rule.removes:
        text, marked = unmark(example)
        if not any(_claims(rule, text, judge, context) == marked for context in _CONTEXTS):
            got = [text[start:end] for start, end in _claims(rule, text, judge, _CONTEXTS[0])]
            complaints.append(f"removes: {example!r} is not what the rule removes; it removes {got or 'nothing'}")
    for example in rule.keeps:
        text, _ = unmark(example)
        taken = _claims(rule, text, judge, _CONTEXTS[0])
        if taken:
            complaints.append(f"keeps: of {example!r} the rule removes {[text[start:end] for start, end in taken]}")
    return complaints


def unmark(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its marks, and (start, end) of what they hold; of all of it where there are none."""
    if MARK_OPEN not in example:
        return example, [(start, end) for start, end in _lines(example)]
    text, marked = "", []
    for number, piece in enumerate(example.split(MARK_OPEN)):
        inside, closed, outside = piece.partition(MARK_CLOSE)
        if number == 0 or not closed:
            text += piece
            continue
        marked += [(len(text) + start, len(text) + end) for start, end in _lines(inside)]
        text += inside + outside
    return text, marked


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of a text, white space aside."""
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line) + 1


_CONTEXTS = ((_BEFORE, _AFTER), (_BEFORE, ()), ((), _AFTER), ((), ()))


def _claims(rule: Rule, text: str, book: RuleBook, context: tuple[tuple[str, ...], tuple[str, ...]]) -> list[tuple[int, int]]:
    """The parts of a text that the rule takes when it stands between these paragraphs."""
    before, after = context
    head = "".join(f"{paragraph}\n\n" for paragraph in before)
    source = head + text + "".join(f"\n\n{paragraph}" for paragraph in after)
    document = parse_text(source)
    verdicts = classify(document, lower(source), book, bias="precision", threshold=0.0).verdicts
    ours = {f"rule:{rule.id}"}
    return sorted(
        (verdict.start - len(head), verdict.end - len(head))
        for verdict in verdicts
        if verdict.reason in ours and len(head) <= verdict.start < len(head) + len(text)
    )
