"""What other ways of cleaning text keep and lose on the documents of corpus/, beside `cleaner`.

python scripts/compare.py [--write]

Lines are what each gets: a scrape has no tags. jusText takes every line for a paragraph and has the stop words of the document's
language. `C4` are the line rules of Raffel et al. 2020 (section 2.2): a line stays that ends in a terminal punctuation mark and has five
words; a line with "javascript", and a page with "lorem ipsum" or a curly bracket, goes. With `--write` the table is put into
docs/comparison.md. The corpus was written by the hands that wrote the rules, and the model was trained on it: of `cleaner` the figures say
nothing for unseen sites.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchmark import STOP_LISTS
from model_figures import filled

from cleaner import Cleaner, Options
from cleaner.learning.tables import aligned
from cleaner.parse.decode import decode

_ROOT = Path(__file__).resolve().parent.parent
_PAGE = _ROOT / "docs/comparison.md"
_TERMINAL = tuple(".!?\"'”’“»")
#: words
_C4_LEAST = 5
#: gives what stays of a text in a language
Way = Callable[[str, str], str]


def c4(_: str, text: str) -> str:
    """What the line rules of C4 leave."""
    if "{" in text or "lorem ipsum" in text.lower():
        return ""
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(
        line for line in lines if line.endswith(_TERMINAL) and len(line.split()) >= _C4_LEAST and "javascript" not in line.lower()
    )


def justext() -> Way:
    """What jusText leaves."""
    import justext

    known = {code: justext.get_stoplist(name) for code, name in STOP_LISTS.items()}

    def run(language: str, text: str) -> str:
        page = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
        paragraphs = justext.justext(page, known.get(language, known["en"])) if page else []
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return run


def main() -> None:
    """Prints the table, or writes it into the page."""
    parser = argparse.ArgumentParser(description="what other ways of cleaning text keep and lose on corpus/")
    parser.add_argument("--write", action="store_true", help="put the table into docs/comparison.md")
    write: bool = parser.parse_args().write
    scrapes = list(_scrapes())
    bodies = [(language, body) for language, _, body in scrapes]
    with_model, rules = Cleaner(), Cleaner(Options(model=None))
    ways: dict[str, Way] = {
        "everything kept": lambda _, text: text,
        "cleaner": lambda _, text: with_model.clean_text(text).text,
        "cleaner, rules alone": lambda _, text: rules.clean_text(text).text,
        "jusText": justext(),
        "line rules of C4": c4,
    }
    table = aligned(
        ("on corpus/cases", "precision", "recall", "F1", "clean bodies: words kept"),
        [(name, *_figures(way, scrapes), f"{mean(_shared(way(*body), body[1])[1] for body in bodies):.3f}") for name, way in ways.items()],
    )
    print(table)
    if write:
        _PAGE.write_text(filled(_PAGE.read_text(encoding="utf-8"), {"corpus": table}), encoding="utf-8")


def _scrapes() -> list[tuple[str, str, str]]:
    """Language, scraped text and body of each case."""
    found = []
    for case in sorted((_ROOT / "corpus/cases").iterdir()):
        if (case / "labels.json").is_file():
            language = json.loads((case / "labels.json").read_bytes())["language"].partition("-")[0]
            found.append((language, *(decode((case / name).read_bytes()).text for name in ("source.txt", "body.txt"))))
    return found


def _figures(way: Way, scrapes: list[tuple[str, str, str]]) -> list[str]:
    """Precision, recall and F1 over words, means over documents."""
    shares = [_shared(way(language, text), body) for language, text, body in scrapes]
    f1 = [2 * precision * recall / (precision + recall) if precision + recall else 0.0 for precision, recall in shares]
    return [f"{mean(column):.3f}" for column in (*zip(*shares, strict=True), f1)]


def _shared(text: str, body: str) -> tuple[float, float]:
    """Shares of a text's words that are the body's, and of the body's words that are in the text; both as bags."""
    got, wanted = (Counter(re.findall(r"\w+", part.lower())) for part in (text, body))
    hit = (got & wanted).total()
    return hit / max(1, got.total()), hit / max(1, wanted.total())


if __name__ == "__main__":
    main()
