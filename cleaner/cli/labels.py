"""`cleaner labels`: what a piece of a page can be."""

from __future__ import annotations


def labels() -> None:
    """List the labels, and whether what has them stays."""
    from cleaner.cli.table import show
    from cleaner.load.labels import labels as all_labels

    listed = list(all_labels().values())
    rows = [(label.name, "kept" if label.content else "removed", label.description) for label in listed]
    show(("label", "by default", "what it is"), rows, [label.colour for label in listed])
