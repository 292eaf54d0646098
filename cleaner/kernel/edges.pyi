def pieces(
    source: str,
    starts: list[int],
    ends: list[int],
    most_characters: int,
    most_words: int,
    least_rest: int,
    most_ends: int,
    first_sign: int,
    name_words: int,
) -> list[tuple[int, int, int, bool]]:
    """The pieces of lines of a text, each as the line's number, its start and end in the line, and whether it is at the line's end.

    Parameters: `starts` and `ends` are where the lines are; the others are what `classify.edges` says of each.
    """
