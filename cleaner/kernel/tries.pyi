class Trie:
    """Texts, made ready to be looked for at one place of a line after the other.

    Parameters: `texts` in ascending order, none empty and none twice; each has the number of its place among them.
    """

    count: int
    longest: int

    def __init__(self, texts: list[bytes]) -> None: ...
    def numbers_from(self, line: bytes, start: int) -> list[int]:
        """The numbers of the texts with which the line goes on from an offset, shortest first."""
