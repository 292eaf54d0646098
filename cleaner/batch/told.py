"""Why a document failed, in words."""

from __future__ import annotations

import traceback

from cleaner.errors import CleanerError


def told(error: Exception) -> str:
    """What to tell a user about a document that raised."""
    if isinstance(error, CleanerError):
        return str(error)
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "there is not enough memory for it: use fewer --jobs, or split it"
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"a fault of cleaner, please report it: {type(error).__name__}: {error} ({where.filename}, line {where.lineno})"
