"""Writes the gold sets of ../shared, and corpus/cases, as training documents (docs/model.md): `python scripts/gold_documents.py FILE`.

Labelled articles keep their labels. Article pages become crude scrapes, of a width that their name picks, whole pages' text and what
trafilatura and resiliparse make of them, with `content` and `residue` by their gold body; bodies of all pages become documents of nothing
but content.
"""

from __future__ import annotations

import importlib
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from cleaner.load.labels import labels

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
SETS = ("fundus", "newspaper4k", "wcxb")
#: how far a crude scrape's container is widened: most scrapers go a step or two too far
LEVELS = (1, 2, 1, 2, 3, 0)
#: what a line of these counts for beside a labelled one
CRUDE, WHOLE, EXTRACTED, BODY, CASE = 0.6, 0.3, 0.3, 0.3, 0.7
WEIGHTS = {"crude": CRUDE, "whole": WHOLE, "trafilatura": EXTRACTED, "resiliparse": EXTRACTED}
#: pages of more lines are menus for the most part
MOST_LINES = 1500
#: shares of a line's 4-grams that stand in the gold body
SURE, NOT_SURE = 0.8, 0.2
#: a short line between two of the body may be a subheading that the gold leaves out
SHORT_WORDS = 8


def main() -> None:
    sys.path.insert(0, str(BENCH))
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        for document in documents():
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def documents() -> Iterator[dict[str, Any]]:
    gold, render, scores = (importlib.import_module(name) for name in ("gold", "render", "scores"))
    for page in gold.labelled():
        yield {
            "id": page["doc"],
            "site": page["site"],
            "fold": page["fold"],
            "language": page["lang"],
            "lines": page["lines"],
            "labels": page["labels"],
            "spans": page["spans"],
        }
    yield from cases()
    for name in SETS:
        for page in gold.pages(name):
            body = page["body"]
            if not body or not body.strip():
                continue
            common = {"site": page["site"], "fold": page["fold"], "language": page["lang"]}
            lines = [line for line in scores.without_repeats(body).splitlines() if line.strip()]
            yield common | {"id": f"{name}/{page['file']}/body", "lines": lines, "labels": ["content"] * len(lines), "weight": BODY}
            if page["kind"] == "article" and len(body) >= 200:
                for how, lines in scraped(render, page, body):
                    text = [line for line in lines if line.strip()]
                    found = judged(render, text, body)
                    if found is not None:
                        yield common | {
                            "id": f"{name}/{page['file']}/{how}",
                            "page": f"{name}/{page['file']}",
                            "weight": WEIGHTS[how],
                            "lines": text,
                            "labels": found,
                        }


def scraped(render: Any, page: dict[str, Any], body: str) -> Iterator[tuple[str, list[str]]]:
    """What scrapers and extractors make of a page: their name, and lines."""
    number = zlib.crc32(page["file"].encode())
    root = render.tree(page["html"])
    yield "crude", render.blocks(render.container(root, body, LEVELS[number % len(LEVELS)]))
    yield "whole", render.blocks(root)
    yield "trafilatura", (trafilatura.extract(page["html"], include_comments=False, favor_recall=number % 2 == 1) or "").splitlines()
    text = bytes_to_str(page["html"], detect_encoding(page["html"]) or "utf-8")
    yield "resiliparse", extract_plain_text(text, main_content=True, alt_texts=False, links=False).splitlines()


def judged(render: Any, lines: list[str], body: str) -> list[str] | None:
    """`content`, `residue` or nothing for each line, by the gold body; None where nothing of it is there, or there are too many lines."""
    shares = render.prelabel(lines, body)
    inside = [place for place, share in enumerate(shares) if share > 0.5 and len(lines[place].split()) > SHORT_WORDS]
    if not inside or len(lines) > MOST_LINES:
        return None
    found = []
    for place, (line, share) in enumerate(zip(lines, shares, strict=True)):
        doubtful = inside[0] < place < inside[-1] and len(line.split()) <= SHORT_WORDS
        found.append("content" if share > SURE else "residue" if share < NOT_SURE and not doubtful else "")
    return found


def cases() -> Iterator[dict[str, Any]]:
    """The documents of corpus/cases: our own invention, in every fold's training."""
    for folder in sorted((ROOT / "corpus" / "cases").iterdir()):
        source, table = folder / "source.txt", folder / "labels.json"
        if source.exists() and table.exists():
            case = json.loads(table.read_text(encoding="utf-8"))
            lines = source.read_text(encoding="utf-8").split("\n")[: len(case["labels"])]
            known = [label if label in labels() else "" for label in case["labels"]][: len(lines)]
            yield {"id": f"corpus/{folder.name}", "site": f"corpus/{folder.name}", "lines": lines, "labels": known, "weight": CASE}


if __name__ == "__main__":
    main()
