"""Other looks of a labelled document, so that training does not take this one's accidents for laws."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import msgspec

from cleaner.learning.documents import UNKNOWN, Labelled, is_content

#: a copy's lines count for so much of the original's
_WEIGHT = 0.4
#: share of residue lines that a thinned copy leaves out
_THINNED = 0.4
_CHANGED = 0.3


def variants(document: Labelled, chance: random.Random) -> Iterator[Labelled]:
    """Copies of a document: cut at both ends, thinned of residue, its tail shuffled and restyled, nothing but its body."""
    count = len(document.lines)
    places = list(range(count))
    # What nobody knows is left where it is: of a document with decisions on some lines, the others are its text for the most part.
    stays = [is_content(label) or label == UNKNOWN for label in document.labels]
    yield _copy(document, places[chance.randint(0, count // 3) : count - chance.randint(0, count // 3)])
    yield _copy(document, [place for place in places if stays[place] or chance.random() >= _THINNED])
    last = max((place for place in places if stays[place]), default=0)
    tail = places[last + 1 :]
    chance.shuffle(tail)
    lines = [line if stays[place] else _restyled(line, chance) for place, line in enumerate(document.lines)]
    yield _copy(msgspec.structs.replace(document, lines=tuple(lines)), places[: last + 1] + tail)
    yield _copy(document, [place for place in places if stays[place]])


def _copy(document: Labelled, places: Sequence[int]) -> Labelled:
    return msgspec.structs.replace(
        document,
        lines=tuple(document.lines[place] for place in places),
        labels=tuple(document.labels[place] for place in places),
        weight=document.weight * _WEIGHT,
    )


def _restyled(line: str, chance: random.Random) -> str:
    """A line in capitals, in small letters, without the signs at its ends, or as it was."""
    if chance.random() >= _CHANGED:
        return line
    return chance.choice([line.upper(), line.lower(), line.strip(" .:!?»›|") or line])
