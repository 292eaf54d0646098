"""What `cleaner` makes of corpus/ today, in a form that can be kept: a line a document.

Quality is not the question here (tests/corpus and tests/quality have floors), only whether anything is another than before.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.pipeline import Cleaner
from cleaner.values import SPACE, Result
from tests.cleaners import with_model

PATH = Path(__file__).with_name("outputs.jsonl")
_CORPUS = Path(__file__).parents[2] / "corpus"
#: of so many cases one is cleaned as a page too
_AS_PAGE = 8
#: hexadecimal digits of a digest
_DIGITS = 16


def outputs() -> Iterator[dict[str, Any]]:
    """Each document's name, digests of its source and of its body, title, date, words by label, and what was removed and why.

    Scores are left out: they change with every model, and what they decide is there.
    """
    cleaner: Cleaner = with_model()
    for path in sorted((_CORPUS / "demo").rglob("*.*")):
        yield _row(path.relative_to(_CORPUS).as_posix(), cleaner.clean(path.read_bytes()))
    for number, folder in enumerate(sorted(path for path in (_CORPUS / "cases").iterdir() if path.is_dir())):
        source = (folder / "source.txt").read_bytes()
        yield _row(f"cases/{folder.name}", cleaner.clean_text(source))
        if number % _AS_PAGE == 0:
            yield _row(f"cases/{folder.name} as a page", cleaner.clean_html(_page(source.decode("utf-8", "replace"))))


def kept() -> list[dict[str, Any]]:
    """What was written down."""
    return [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]


def digest() -> str:
    """The first eight digits of the SHA-256 of what was written down, by which CHANGELOG.md calls it."""
    return hashlib.sha256(PATH.read_text(encoding="utf-8").encode()).hexdigest()[:8]


def write() -> None:
    """Writes down what comes out today."""
    PATH.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in outputs()), encoding="utf-8", newline="\n")


def _row(name: str, result: Result) -> dict[str, Any]:
    words: Counter[str] = Counter()
    for span in result.spans:
        words[span.label] += len(result.source[span.start : span.end].split())
    return {
        "id": name,
        "source": _digest(result.source),
        "body": _digest(result.text),
        "title": result.title,
        "authors": result.authors,
        "date": result.date,
        "warnings": result.warnings,
        "words": {label: count for label, count in sorted(words.items()) if label != SPACE},
        "removed": [f"{span.start}-{span.end} {span.label} {span.reason}" for span in result.removed if span.label != SPACE],
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _page(text: str) -> str:
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<!DOCTYPE html><html><body><main>\n{paragraphs}\n</main></body></html>"
