"""The last paragraphs of an article that stand below a box of teasers: what follows them shows that they are the article's own."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

#: labels of lines with which an article ends, and no teaser does: who it is from, what is to be said of it
ENDS = frozenset({"agency_credit", "editorial_note"})
#: paragraphs given back above such a line at the most
_MOST = 4


def restore_end(content: MutableSequence[bool], prose: Sequence[bool], end: int, first_body: int) -> list[int]:
    """Gives back the paragraphs that stand right above a line with which an article ends.

    A box of teasers often stands before an article's last paragraphs. Summaries of teasers read like them, but no agency's credit and
    no note on the article follows these.

    Parameters: one entry a block: `content`, whether it lies in the body, which is changed, and `prose`, whether it is a real paragraph;
    `end` is the line's block, `first_body` the first paragraph of the body.
    Returns the blocks given back, the last one first.
    """
    restored: list[int] = []
    for block in range(end - 1, max(first_body, end - 1 - _MOST), -1):
        if content[block] or not prose[block]:
            break
        content[block] = True
        restored.append(block)
    return restored
