"""Keeps outputs off inputs, and walks out of outputs."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cleaner.errors import OutputError
from cleaner.sinks.journal import JOURNAL


class Fence:
    """Knows where a run reads and where it writes.

    Parameters: `inputs` are the named files and folders, `output` the folder or file to write, None for neither.
    Raises `OutputError` where the output is one of the inputs.
    """

    def __init__(self, inputs: Sequence[str], output: str | None) -> None:
        real = [os.path.realpath(path) for path in inputs]
        self._folders = [path for path in real if os.path.isdir(path)]
        self._files = {path for path in real if not os.path.isdir(path)}
        self._output = os.path.realpath(output) if output is not None else None
        self._checked: dict[str, str] = {}
        #: folder -> whether it lies in the output folder
        self._inside: dict[str, bool] = {}
        if output is not None and self._output in self._folders:
            raise OutputError(output, "is the input folder itself: name another output, inputs are never written to")
        if output is not None and self._output in self._files:
            raise OutputError(output, "is an input: name another output, inputs are never written to")

    def passed(self, folder: str) -> str | None:
        """Why a folder below an input is not entered, or None."""
        if self._output is not None and os.path.realpath(folder) == self._output:
            return "is this run's output folder"
        if os.path.lexists(os.path.join(folder, JOURNAL)):
            return f"holds the output of a run of cleaner (there is a {JOURNAL}); name it to have it cleaned"
        return None

    def check(self, path: str) -> None:
        """Raises `OutputError` where a file written there would be an input, or lie among inputs."""
        folder, name = os.path.split(path)
        if folder not in self._checked:
            self._checked.clear()  # a run writes folder after folder: the last one is enough
            self._checked[folder] = os.path.realpath(folder)
        target = os.path.join(self._checked[folder], name)
        if target in self._files:
            raise OutputError(path, "is an input, and inputs are never written to: name another output")
        for root in self._folders:
            if _within(root, target) and not (self._output is not None and _within(root, self._output) and _within(self._output, target)):
                raise OutputError(path, f"would lie in the input folder {root}, which is never written to: name another output")

    def check_page(self, path: str) -> None:
        """Raises `OutputError` where a page written there would replace an input. A new one may lie among inputs."""
        if os.path.lexists(path):
            self.check(path)

    def check_inside(self, folder: str, path: str) -> None:
        """Raises `OutputError` where a file written there would lie outside the output folder, since a link leads out of it."""
        above = os.path.dirname(path)
        if above not in self._inside:
            self._inside.clear()
            self._inside[above] = _within(os.path.realpath(folder), os.path.realpath(above))
        if not self._inside[above]:
            raise OutputError(
                path, "would lie outside the output folder, a link leads out of it: remove the link, or choose another output"
            )


def _within(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
