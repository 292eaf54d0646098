"""Writes into the pages what their programs and commands print today: `python -m tests.docs.write [PAGE …]`.

For after a change of rules or models. What a page shows with `…` in it is left alone as long as it agrees. Read the difference
before you commit it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.fences import PAGES, ROOT
from tests.docs.reader import agrees, page_text, put_into


def write(page: str) -> int:
    """Writes one page anew. Returns how many of its outputs were not what is printed."""
    with tempfile.TemporaryDirectory() as folder:
        taken = put_into(Path(folder) / "reader", page)
    text = page_text(page)
    changes = [(step.place, came) for step, came in taken if step.shown is not None and not agrees(step.shown, came)]
    for (start, end), came in reversed(changes):
        text = text[:start] + came.rstrip() + "\n" + text[end:]
    if changes:
        (ROOT / page).write_text(text, encoding="utf-8")
    return len(changes)


if __name__ == "__main__":
    for name in sys.argv[1:] or PAGES:
        print(f"{name}: {write(name)} changed")
