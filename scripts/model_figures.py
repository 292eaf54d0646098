"""Puts an evaluation's tables into docs/model.md: `cleaner evaluate … --json FILE`, then `python scripts/model_figures.py FILE`.

A table stands between `<!-- figures: NAME -->` and `<!-- end of figures -->`, NAME being that of `cleaner.learning.tables`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "model.md"
_PLACE = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def filled(page: str, tables: dict[str, str]) -> str:
    """The page with the tables at their places; a place without a table stays as it is."""
    return _PLACE.sub(lambda found: f"{found[1]}\n{tables[found[2]]}\n\n{found[3]}" if found[2] in tables else found[0], page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), json.loads(Path(sys.argv[1]).read_bytes())["tables"]), encoding="utf-8")
