def may_stand_elsewhere(source: str, spans: list[tuple[int, int]], edges: str) -> list[bool]:
    """Whether what stands at (start, end), `edges` stripped, may stand at another place, too; where not, it certainly does not.

    Raises `ValueError` for a span that lies outside of the source.
    """
