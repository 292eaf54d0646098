"""Quality and speed on gold pages beside trafilatura, resiliparse, readability-lxml and jusText, in one run.

python scripts/benchmark_html.py [--pages 200] [--repeat 3] [--model PATH-{fold}.npz] [--gold ../shared/bench]

Every page goes through every extractor by turns; of each, the fastest round counts, in processor time. Word F1 is the mean over pages
with a gold body.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cleaner import Cleaner, Options
from cleaner.learning.html_targets import word_score, words


def peers() -> dict[str, Callable[[bytes], str]]:
    """The other extractors, by name."""
    import justext
    import lxml.html
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    stop = frozenset(justext.get_stoplist("English") | justext.get_stoplist("German"))

    try:
        import readability  # it wants a chardet older than ours, so no extra brings it
    except ImportError:
        readability = None

    def readable(page: bytes) -> str:
        summary = readability.Document(bytes_to_str(page, detect_encoding(page) or "utf-8")).summary()
        return "".join(str(text) for text in lxml.html.fromstring(summary).itertext())

    def resilient(page: bytes) -> str:
        return str(
            extract_plain_text(bytes_to_str(page, detect_encoding(page) or "utf-8"), main_content=True, alt_texts=False, links=False)
        )

    found = {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "trafilatura fast": lambda page: trafilatura.extract(page, include_comments=False, fast=True) or "",
        "resiliparse": resilient,
        "jusText": lambda page: "\n".join(part.text for part in justext.justext(page, stop) if not part.is_boilerplate),
    }
    return found | ({"readability": readable} if readability is not None else {})


def gold_pages(bench: Path, count: int) -> list[dict[str, Any]]:
    """So many pages with a gold body, of each set alike."""
    spec = importlib.util.spec_from_file_location("gold", bench / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    sets = ("fundus", "newspaper4k", "wcxb")
    return [page for name in sets for page in itertools.islice((p for p in gold.pages(name) if p["body"]), count // len(sets))]


def main() -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description="quality and speed on pages, beside other extractors")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--model", default="default", help="path of a model; {fold} is the page's fold")
    parser.add_argument("--gold", type=Path, default=Path(__file__).resolve().parents[2] / "shared/bench")
    options = parser.parse_args()
    pages = gold_pages(options.gold, options.pages)
    cleaners = {fold: Cleaner(Options(model=options.model.format(fold=fold))) for fold in {page["fold"] for page in pages}}
    runs: dict[str, Callable[[dict[str, Any]], str]] = {"cleaner": lambda page: cleaners[page["fold"]].clean_html(page["html"]).text}
    runs |= {name: lambda page, run=run: run(page["html"]) for name, run in peers().items()}  # type: ignore[misc]
    best = dict.fromkeys(runs, float("inf"))
    score: dict[str, list[float]] = {}
    for _ in range(options.repeat):
        spent = dict.fromkeys(runs, 0.0)
        score = {name: [] for name in runs}
        for page in pages:
            for name, run in runs.items():
                start = time.process_time()
                text = run(page)
                spent[name] += time.process_time() - start
                score[name].append(word_score([text], words(page["body"])))
        best = {name: min(best[name], spent[name]) for name in runs}
    print("| extractor | word F1 | pages/s |\n| --- | --- | --- |")
    for name in runs:
        print(f"| {name} | {sum(score[name]) / len(pages):.3f} | {len(pages) / best[name]:.0f} |")


if __name__ == "__main__":
    main()
