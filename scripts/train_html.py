"""Trains the block model on the gold pages.

python scripts/train_html.py OUT.npz [--without FOLD] [--text-model PATH] [--gold ../shared/bench]

The residue of pages that no reader labelled is named by the text model; for held-out figures it must be one without the fold, too.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner import Cleaner, Options
from cleaner.learning.html_training import train_html


def gold_pages(bench: Path, without: int | None) -> Iterator[dict[str, Any]]:
    """All gold pages but those of a fold, with the labels of those that were read."""
    spec = importlib.util.spec_from_file_location("gold", bench / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    folds = [fold for fold in range(5) if fold != without]
    labelled = {(page["set"], page["file"]): page for page in gold.labelled(folds)}
    for name in gold.SETS:
        for page in gold.pages(name, folds):
            read = labelled.get((name, page["file"]), {})
            yield page | {key: read[key] for key in ("lines", "labels") if key in read}


def main() -> None:
    """Trains and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=int, help="fold that is left out")
    parser.add_argument("--text-model", default="default", help="path of the text model; the package's own without it")
    parser.add_argument("--gold", type=Path, default=Path(__file__).resolve().parents[2] / "shared/bench")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    cleaner = Cleaner(Options(model=options.text_model))
    train_html(gold_pages(options.gold, options.without), options.out, options.seed, print, cleaner)


if __name__ == "__main__":
    main()
