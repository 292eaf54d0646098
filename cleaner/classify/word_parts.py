"""A word as the model knows it: the rows of its hashed parts."""

from __future__ import annotations

from zlib import crc32

from cleaner.load.rules import EDGES

#: rows of the table of parts; row 0 stays empty
BUCKETS = 1 << 16
#: letters of a start or an end
_AFFIX = 4
_DIGITS = str.maketrans("123456789", "000000000")


def word_parts(word: str) -> tuple[int, ...]:
    """The rows of a word: as it stands, without signs at its edges, its start, its end; digits count as 0, case does not."""
    low = word.lower()
    if not low.isalpha():
        low = low.translate(_DIGITS)
    bare = low.strip(EDGES)
    return (_row(low), _row(f"={bare}"), _row(f"<{bare[:_AFFIX]}"), _row(f">{bare[-_AFFIX:]}"))


def pair_parts(first: str, second: str) -> tuple[int, ...]:
    """The row of two words that stand side by side."""
    return (_row(f"{first.lower().strip(EDGES)} {second.lower().strip(EDGES)}".translate(_DIGITS)),)


def _row(text: str) -> int:
    return 1 + crc32(text.encode("utf-8", "surrogatepass")) % (BUCKETS - 1)
