def lower(source: str) -> str | None:
    """A text in lower case, of the same length (`classify.rules`); None where a capital's small letter depends on its neighbours."""

def count_signs(text: str) -> int:
    """How many letters of scripts without spaces a text holds (`load.unspaced`)."""

def shapes(
    texts: tuple[str, ...], unspaced: bool, signs_a_word: int, stops: str, closers: str, brackets: str, paragraph_words: int
) -> tuple[list[int], list[bool], list[int]]:
    """What blocks look like (`classify.shape`).

    Parameters: `texts` are the blocks', none of them empty; `unspaced` tells whether letters of scripts without spaces are to be counted,
    `signs_a_word` of them as a word; a sentence ends with one of `stops`, behind which `closers` may stand.
    Returns for each block its number of words, and whether it ends like a sentence; and the blocks of which more must be known to tell:
    those that end with one of `brackets`, and those of `paragraph_words` words.
    """

def count_spaces(text: str, start: int, end: int) -> int:
    """How many spaces are in a part of a text (`str.count`). Raises `ValueError` for a part that lies outside of it."""

def has_surrogates(text: str) -> bool:
    """Whether a text holds half of a pair of UTF-16, which no encoding can."""

def count_joints(text: str, most: int) -> int:
    """How many words, up to `most`, have lost what stood between them and the next (`classify.shape`)."""
