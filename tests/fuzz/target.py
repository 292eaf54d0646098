"""What a target is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec


class Target(msgspec.Struct, frozen=True):
    """A kind of input.

    Its check raises where a law is broken; an error that the user is meant to see is none.
    """

    #: sound inputs, made when asked for
    seeds: Callable[[], Sequence[bytes]]
    #: what the format is made of
    words: tuple[bytes, ...]
    #: checks an input; the folder is for its files
    check: Callable[[bytes, Path], None]
    #: inputs of the run that is part of the test suite
    tried: int = 60


def tokens(*groups: str) -> tuple[bytes, ...]:
    """The words of some lines, parted by spaces; `_` stands for a space in a word."""
    return tuple(word.replace("_", " ").encode() for group in groups for word in group.split())
