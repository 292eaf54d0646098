"""Patterns tried on one text each, by a backtracker that never stands twice at one instruction and byte: linear time, nothing built.

The twin is RE2, which gives the same answers.
"""

from collections.abc import Callable

class Trie:
    """Literals of which one stands at a place, in the order in which they are preferred."""

    def __init__(self, nodes: bytes) -> None: ...

class Program:
    """A pattern made ready by `cleaner.load.programs`.

    Parameters: `code` are its numbers, 32 bits each, `tries` those that it names by number, `otherwise` answers as `found` does for
    texts that are too long for it.
    """

    def __init__(self, code: bytes, tries: tuple[Trie, ...], otherwise: Callable[[bytes], object]) -> None: ...
    def found(self, encoded: bytes) -> object:
        """Its place in a set of one, as RE2 has it, if the pattern is in a text, given in UTF-8; None if it is not."""
    def search(self, encoded: bytes) -> tuple[int, int] | None:
        """Where what the pattern takes stands in a text, in code points; None if it does not.

        Raises `OverflowError` for a text that is too long for it.
        """
    def search_all(self, encoded: bytes) -> list[tuple[int, int]]:
        """The same for all matches, none of which overlaps another.

        Raises `OverflowError` for a text that is too long for it.
        """
