"""What reviewers' decisions say of single lines and parts of lines, once those on the same words are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from cleaner.load.decisions import Decision, Scope, Verdict

#: what of its line was decided on: all of it, its start, its end, or something between
Where: TypeAlias = Literal["line", "start", "end", "anywhere"]
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_BLANKS = " \t"


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A line, or a part of one, of which a reviewer said that it stays or goes."""

    #: white space evened
    text: str
    where: Where
    verdict: Verdict
    #: one of `cleaner labels`
    label: str
    scope: Scope
    #: host of the document's address, or the folder it lies in; empty where neither is known
    site: str
    #: the document's
    digest: str
    #: what stood before and behind it in its line, as far as the decision has it
    before: str
    after: str


def statements(decisions: Iterable[Decision]) -> tuple[Statement, ...]:
    """What the decisions say, the latest last, the same whatever their order.

    Within a document a later decision takes back what an earlier one said of the same words. What was kept is told line by line; what
    goes and spans several lines is left out, since no one of these lines was meant alone.
    """
    listed = sorted(decisions, key=lambda decision: (decision.time, decision.key))
    later: dict[tuple[str, Verdict], list[tuple[int, int]]] = {}
    found: list[Statement] = []
    for decision in reversed(listed):
        against = later.get((decision.digest, "keep" if decision.verdict == "remove" else "remove"), [])
        rest = [(decision.start, decision.end)]
        for other in against:
            rest = [piece for one in rest for piece in _without(one, other)]
        if decision.verdict == "keep" or (rest == [(decision.start, decision.end)] and len(decision.text.splitlines()) == 1):
            found += reversed([said for start, end in rest for said in _said(decision, start - decision.start, end - decision.start)])
        later.setdefault((decision.digest, decision.verdict), []).append((decision.start, decision.end))
    return tuple(reversed(found))


def _said(decision: Decision, start: int, end: int) -> Iterator[Statement]:
    """What a decision says of a part of its text."""
    context = decision.before + decision.text + decision.after
    shift = len(decision.before)
    for low, high in _lines(decision.text, start, end):
        before, after = _of_line(context[: shift + low], context[shift + high :])
        yield Statement(
            text=" ".join(decision.text[low:high].split()),
            where=where(context[: shift + low], context[shift + high :]),
            verdict=decision.verdict,
            label=decision.label,
            scope=decision.scope,
            site=decision.site,
            digest=decision.digest,
            before=before,
            after=after,
        )


def where(before: str, after: str) -> Where:
    """What of its line a span is, by what stands before and behind it."""
    before, after = before.rstrip(_BLANKS), after.lstrip(_BLANKS)
    opens, closes = not before or before[-1] in _BREAKS, not after or after[0] in _BREAKS
    return "line" if opens and closes else "start" if opens else "end" if closes else "anywhere"


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of a part of a text, without the white space around them."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            low = at + line.index(bare)
            yield low, low + len(bare)
        at += len(line)


def _of_line(before: str, after: str) -> tuple[str, str]:
    """Of what stands before and behind a span, that of its own line, white space evened."""
    head = (before + "|").splitlines()[-1][:-1]
    tail = ("|" + after).splitlines()[0][1:]
    return " ".join(head.split()), " ".join(tail.split())


def _without(piece: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of a piece when another is cut out of it."""
    start, end = piece
    if end <= other[0] or other[1] <= start:
        return [piece]
    return [(low, high) for low, high in ((start, min(end, other[0])), (max(start, other[1]), end)) if low < high]
