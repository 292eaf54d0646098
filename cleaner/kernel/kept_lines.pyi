from cleaner.values import Block, Verdict

def kept_lines(
    blocks: tuple[Block, ...],
    taken: dict[int, Verdict],
    words: list[int],
    ends: list[bool],
    prose: list[bool],
    content: list[bool],
    first_body: int,
    standfirst: list[int],
    most_words: int,
    verdict: type[Verdict],
) -> list[Verdict]:
    """Verdicts on the content that is not plain body (`classify.kept`): `lead`, `subheading`.

    Parameters: `words`, `ends`, `prose` and `content` have an entry a block; `first_body` is the first paragraph after a standfirst;
    `standfirst` are the blocks that are one by their place; a subheading has no more than `most_words`.
    """
