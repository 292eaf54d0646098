"""What is given back to the body after the sequence of states was found (`classify.structure`): lists inside it, and the standfirst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.classify.rules import Hits
from cleaner.classify.shape import Shapes
from cleaner.load.rules import Rule

#: a run of short lines is inside the body if so many words of prose stand in a row with it on both sides
_ISLAND_WORDS = 60
#: a standfirst stands so many lines before the first paragraph at the most, so many of which no rule knows, and has so many words
_LEAD_REACH, _LEAD_REACH_UNKNOWN = 30, 10
_LEAD_WORDS = (10, 70)
#: its second line, and any further one
_LEAD_LINE_WORDS = 4
_HEADING_WORDS = (5, 15)
#: the same as the kernel wants it
WEIGHTS = {
    "island_words": _ISLAND_WORDS,
    "lead_reach": _LEAD_REACH,
    "lead_unknown": _LEAD_REACH_UNKNOWN,
    "lead_least": _LEAD_WORDS[0],
    "lead_most": _LEAD_WORDS[1],
    "lead_line_words": _LEAD_LINE_WORDS,
    "heading_least": _HEADING_WORDS[0],
    "heading_most": _HEADING_WORDS[1],
}


def restore_inside(content: list[bool], shapes: Shapes, prose: list[bool], hits: Hits, section: list[Rule | None]) -> None:
    """Gives back runs of short lines inside the body of which no rule says anything: lists, tables, verse."""
    runs = [(start, stop) for start, stop in _runs(content, False) if start > 0 and stop < len(content)]
    silent = [run for run in runs if not any(block in hits.lines or section[block] is not None for block in range(*run))]
    if not silent:
        return
    words = _words_of_islands(content, shapes, prose)
    for start, stop in silent:
        if min(words[start - 1], words[stop]) >= _ISLAND_WORDS:
            content[start:stop] = [True] * (stop - start)


def _runs(states: list[bool], state: bool) -> Iterator[tuple[int, int]]:
    """(first, one past the last) of every run of blocks in this state."""
    stop = 0
    while stop < len(states):
        start, stop = stop, run_end(states, stop)
        if states[start] is state:
            yield start, stop


def run_end(states: list[bool], start: int) -> int:
    """Where the run of equal states ends that begins there, or goes on."""
    try:
        return states.index(not states[start], start)
    except ValueError:
        return len(states)


def _words_of_islands(content: list[bool], shapes: Shapes, prose: list[bool]) -> list[int]:
    """For each block the words of prose in the run of content that it is in."""
    words = [0] * len(content)
    for start, stop in _runs(content, True):
        total = sum([shapes.words[block] for block in range(start, stop) if prose[block]])
        words[start:stop] = [total] * (stop - start)
    return words


def restore_lead(content: list[bool], first: int, shapes: Shapes, residue: Sequence[str | None], section: list[Rule | None]) -> int:
    """Gives back the standfirst: a sentence or two under the title, cut off from the body by byline, date and share bar.

    A title that then stands right over the first paragraph is a subheading.
    """
    start = first
    unknown = 0
    for block in range(first - 1, max(-1, first - 1 - _LEAD_REACH), -1):
        unknown += residue[block] is None
        if unknown > _LEAD_REACH_UNKNOWN:
            break
        if (
            residue[block] is None
            and section[block] is None
            and shapes.ends[block]
            and _LEAD_WORDS[0] <= shapes.words[block] <= _LEAD_WORDS[1]
        ):
            content[block] = True
            start = block
            for below in range(block + 1, first):
                if (
                    content[below]
                    or residue[below] is not None
                    or section[below] is not None
                    or not shapes.ends[below]
                    or shapes.words[below] < _LEAD_LINE_WORDS
                ):
                    break
                content[below] = True
    above = first - 1
    if (
        start < above
        and residue[above] is None
        and section[above] is None
        and _HEADING_WORDS[0] <= shapes.words[above] <= _HEADING_WORDS[1]
    ):
        content[above] = True
    return start
