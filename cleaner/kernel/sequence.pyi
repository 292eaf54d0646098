def looks(
    words: list[int],
    ends: list[bool],
    texts: tuple[str, ...],
    skipped: list[str | None],
    items: dict[int, float],
    prose: tuple[int, float, float, int, float],
    sentence: tuple[int, float],
    lines: tuple[int, int, float, float, float],
    figures: tuple[int, int, float],
    clean: float,
) -> list[float]:
    """What each block's look says for its being content (`classify.structure`).

    Parameters: `words`, `ends`, `texts` and `skipped` have an entry a block; those of which `skipped` holds something get 0. `items` has
    what blocks of a list, a table or code get beside. `prose`: words from which on a sentence's end counts, evidence a word and the most of
    it, words from which on no end is needed, evidence without one. `sentence`: words of a short one, its evidence. `lines`: words of short
    and of longer lines; evidence of the short, the longer, the long. `figures`: words, numbers and evidence of a row of a table. `clean` is
    added to short lines.
    """

def best_states(evidence: list[float], into_content: float, into_residue: float) -> list[bool]:
    """The states (content or not) with the most evidence, where changes into the one and the other cost so much."""

def calm(evidence: list[float], prose: list[bool], known: list[int], reach: int, more: float) -> None:
    """Raises, in `evidence`, that of each block that is no prose and stands more than `reach` from any of the known, which ascend."""
