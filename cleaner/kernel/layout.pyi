from collections.abc import Callable
from typing import TypeVar

BlockType = TypeVar("BlockType")

def line_spans(source: str) -> list[tuple[int, int]]:
    """(start, end) of every line that is not blank, without the white space around it (`parse.text`)."""

def line_blocks(
    source: str, block: Callable[[int, int], BlockType], few: int, narrow: int, numbers_behind: str, bullets: str, others: str
) -> tuple[list[BlockType], list[str], list[int]] | None:
    """A text's lines as blocks (`parse.text`).

    Parameters: `block` makes one of its start and its end; no line begins a role that has not one of `others` as its first sign, or one of
    `bullets` before a space or a tab, or a number with one of `numbers_behind` between it and these.
    Returns the blocks, their texts, and the numbers of those that may begin with a sign of Markdown; None for a text of so `few` lines, or
    of such `narrow` ones, that a line may be something else than a block.
    """
