"""What becomes of content that looks like residue, in the middle of an article."""

from __future__ import annotations

from cleaner.pipeline import Cleaner
from cleaner.values import SPACE
from tests.corpus.reading import embed, lookalikes


def lost_lookalikes(language: str, cleaner: Cleaner) -> tuple[int, list[str]]:
    """How many lines of corpus/lookalikes there are in a language, and those that lose something."""
    count, lost = 0, []
    for lines in lookalikes(language):
        source, starts = embed(language, lines)
        removed = [span for span in cleaner.clean_text(source).removed if span.label != SPACE]
        for line, start in zip(lines, starts, strict=True):
            count += 1
            taken = [span for span in removed if span.start < start + len(line) and span.end > start]
            if taken:
                lost.append(f"{language} {taken[0].label} by {taken[0].reason}: {line!r}")
    return count, lost
