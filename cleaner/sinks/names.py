"""Names of outputs in a mirrored tree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count


class Names:
    """Gives every document a name of its own.

    Parameters: `suffix` ends every output's name; `taken` are names already given away.
    """

    def __init__(self, suffix: str, taken: Iterable[str] = ()) -> None:
        self._suffix = suffix
        self._taken = set(taken)

    def give(self, id: str, stem: str, suffix: str | None = None) -> str:
        """The output of a document: its name with the suffix changed; where that is taken, its suffix kept and another added.

        Parameters: `suffix` is one of its own, None for the one of all.
        """
        suffix = self._suffix if suffix is None else suffix
        folder, slash, name = id.rpartition("/")
        for candidate in chain((stem, name), (f"{name}-{number}" for number in count(2))):
            given = f"{folder}{slash}{candidate}{suffix}"
            if given not in self._taken:
                self._taken.add(given)
                return given
        raise AssertionError("count() never ends")


class Ids:
    """Gives every document an id of its own: files of the same name can be named from several folders."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, id: str) -> str:
        """The id itself the first time, `2/id` the second time."""
        given, number = id, 2
        while given in self._taken:
            given = f"{number}/{id}"
            number += 1
        self._taken.add(given)
        return given
