def tiles(source: str, starts: list[int], ends: list[int], kept: list[bool], closing: str) -> list[tuple[int, int, int]]:
    """What tiles a source, of which pieces have a label and white space lies between them (`decide`).

    Parameters: `starts`, `ends` and `kept` have an entry for each piece, in their order; before a sign of `closing` no lone space stays.
    Returns (start, end, number of the piece, or -1 for white space that goes) of each tile, in their order.
    Raises `ValueError` for pieces that overlap, or lie outside of the source.
    """
