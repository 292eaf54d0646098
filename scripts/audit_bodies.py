"""Do no harm: what `cleaner` takes away from texts that are article bodies already, worst first.

python scripts/audit_bodies.py [--how text|html] [--model default|none|PATH] [--sets fundus,newspaper4k,wcxb,corpus] [--fold K …]
                               [--count 50]

Every gold body of the article sets in ../shared and every body of corpus/ goes through `clean_text`, or, wrapped in plain HTML (`article`,
`h1`, `p`), through `clean_html`. `{fold}` in the path of a model stands for the document's fold: a model that has seen a document says
nothing of what it would do to it. Bodies of corpus/ have no fold, and are left out where a model by fold is asked for.
"""

from __future__ import annotations

import argparse
import html
import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner, Options, Result, Span

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
SETS = ("fundus", "newspaper4k", "wcxb", "corpus")
#: characters of a removal that are shown
SHOWN = 260
#: what the wrapped page's title is: the headline goes, and is no loss
TITLE = "Headline of the piece"


class Body(NamedTuple):
    """A text that is nothing but an article's body."""

    #: set and file
    name: str
    text: str
    #: by site; None for what no model was tested on
    fold: int | None


class Loss(NamedTuple):
    """What went from one body."""

    body: Body
    #: words of the body, and those of them that went
    words: int
    lost: int
    #: the removals that hold a word, with their text
    removals: list[tuple[Span, str]]


def main() -> None:
    sys.path.insert(0, str(BENCH))
    options = _arguments()
    losses = [lost for body in bodies(options.sets.split(","), options.fold) if (lost := loss(body, options.how, options.model))]
    losses.sort(key=lambda found: (-found.lost, found.body.name))
    for found in losses[: options.count]:
        if found.lost:
            print(f"{found.body.name}: {found.lost} of {found.words} words")
            for span, text in found.removals:
                print(f"    {span.label:14} {span.reason:34} {span.score:.2f}  {' '.join(text.split())[:SHOWN]}")
    kept = sum(1 - found.lost / found.words for found in losses) / len(losses)
    print(f"{len(losses)} bodies, {sum(found.lost > 0 for found in losses)} of them lose words; mean share of words kept {kept:.5f}")
    reasons: Counter[str] = Counter()
    for found in losses:
        for span, text in found.removals:
            reasons[f"{span.reason} ({span.label})"] += len(_words(text))
    for reason, count in reasons.most_common(options.count):
        print(f"{count:7} words  {reason}")


def bodies(sets: Sequence[str], folds: Sequence[int] | None) -> Iterator[Body]:
    """The bodies of the sets named, those of some folds if any are named."""
    gold, scores = importlib.import_module("gold"), importlib.import_module("scores")
    for name in sets:
        if name == "corpus":
            yield from _corpus()
            continue
        for page in gold.pages(name, folds, kind="article"):
            if page["body"] and page["body"].strip():
                yield Body(f"{name} {page['file']}", scores.without_repeats(page["body"]), page["fold"])


def loss(body: Body, how: str, model: str) -> Loss | None:
    """What goes from a body, cleaned in the way asked for; nothing where a model by fold cannot judge it."""
    if "{fold}" in model and body.fold is None:
        return None
    cleaner = _cleaner(model.format(fold=body.fold))
    result = cleaner.clean_text(body.text) if how == "text" else cleaner.clean_html(wrapped(body.text))
    words = Counter(_words(body.text))
    missing = words - Counter(_words(result.text))
    return Loss(body, words.total(), missing.total(), list(_removals(result)))


def wrapped(text: str) -> str:
    """A body in the plainest page there is."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    title = html.escape(TITLE)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"


def _removals(result: Result) -> Iterator[tuple[Span, str]]:
    for span in result.removed:
        text = result.source[span.start : span.end]
        if _words(text) and text.strip() != TITLE:
            yield span, text


def _corpus() -> Iterator[Body]:
    for path in sorted((ROOT / "corpus" / "cases").glob("*/body.txt")):
        yield Body(f"corpus {path.parent.name}", path.read_text(encoding="utf-8"), None)
    for path in sorted((ROOT / "corpus" / "hosts").glob("*.txt")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n---\n")):
            yield Body(f"corpus hosts/{path.stem} {number + 1}", text, None)


def _words(text: str) -> list[str]:
    found: list[str] = importlib.import_module("scores").words(text)
    return found


_cleaners: dict[str, Cleaner] = {}


def _cleaner(model: str) -> Cleaner:
    if model not in _cleaners:
        _cleaners[model] = Cleaner(Options(model=None if model == "none" else model))
    return _cleaners[model]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--how", choices=["text", "html"], default="text")
    parser.add_argument("--model", default="default")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--fold", type=int, action="append")
    parser.add_argument("--count", type=int, default=50)
    return parser.parse_args()


if __name__ == "__main__":
    main()
