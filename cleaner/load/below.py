"""Paths out of files that others may have changed: they stay below their folder, and lead to files."""

from __future__ import annotations

import os
import stat


def leads_out(path: str) -> bool:
    """Whether a path, written with `/`, could lead anywhere but below the folder it belongs to; links aside."""
    return any(part in ("", ".", "..") or os.sep in part or "\0" in part or (os.name == "nt" and ":" in part) for part in path.split("/"))


def read_below(path: str) -> bytes:
    """The content of a file that a ledger names.

    Raises `OSError`, also for what is no file: a pipe in its place would be waited for without end.
    """
    # A pipe without a writer is opened only so; on a file the flag does nothing.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "is no file")
        return file.read()
