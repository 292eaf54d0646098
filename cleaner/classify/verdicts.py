"""A verdict on a whole block."""

from __future__ import annotations

from cleaner.values import Document, Verdict


def on_block(document: Document, block: int, label: str, reason: str, score: float) -> Verdict:
    """The verdict that a whole block is of that label, with its reason and how sure it is."""
    where = document.blocks[block]
    return Verdict(where.start, where.end, label, reason, score)
