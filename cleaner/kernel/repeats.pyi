from collections.abc import Sequence

from cleaner.values import Block

class Repeats:
    """Finds the few blocks of a text that may stand in it twice (`classify.duplicates`).

    Parameters: `edges` are the signs that do not count at a text's start and end.
    """

    def __init__(self, edges: str) -> None: ...
    def repeated(self, texts: tuple[str, ...], words: list[int], candidates: Sequence[int], least_words: int) -> list[int]:
        """Those of the candidates, in their order, whose text may be another's, in small letters; of the others it certainly is not.

        Parameters: `texts` and `words` have an entry a block; blocks of fewer words than `least_words` are passed over.
        Raises `ValueError` for blocks that are not there, and lists that do not fit together.
        """

    def quoted(
        self, source: str, blocks: tuple[Block, ...], words: list[int], candidates: Sequence[int], least_words: int, most_words: int
    ) -> list[int]:
        """Those of the candidates, in their order, whose words may stand in a longer one, or before the first; others' do not.

        Parameters: `blocks` and `words` have an entry a block; the candidates ascend, and those of fewer words than `least_words`, or
        more than `most_words`, are passed over.
        Raises `ValueError` for blocks that are not there or lie outside of the source, and lists that do not fit together.
        """
