"""Quality and speed on gold pages beside trafilatura, resiliparse, readability-lxml and jusText, in one run.

python scripts/benchmark_html.py [--pages 200] [--rounds 3] [--model PATH-{fold}.npz] [--folds 0,1] [--gold ../shared/bench] [--write]
python scripts/benchmark_html.py --memory 20000

Every page goes through every extractor by turns; of each page the fastest round counts, in processor time. With one round each page is
new to every extractor; with more, `cleaner` remembers short lines of it. Word F1 is the mean over pages with a gold body. The model that
ships has seen all gold pages: held-out figures need a model for each fold. `--write` puts table and plot into docs/html.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import Cleaner, Options
from cleaner.learning.html_targets import word_score, words

_ROOT = Path(__file__).resolve().parents[1]
_GUIDE, _PLOT = _ROOT / "docs/html.md", _ROOT / "docs/images/pages.svg"
_BEGIN, _END = "<!-- figures: scripts/benchmark_html.py -->\n", "<!-- end of figures -->\n"
_SETS = ("fundus", "newspaper4k", "wcxb")
_RARE = 0.99


class Figures(NamedTuple):
    """What an extractor came to."""

    name: str
    #: mean word F1 over pages
    score: float
    #: processor time of each page, in seconds, sorted
    seconds: list[float]

    @property
    def speed(self) -> float:
        """Pages a second."""
        return len(self.seconds) / sum(self.seconds)

    @property
    def tail(self) -> float:
        """How many times the median the slowest page in a hundred takes."""
        return self.seconds[int(_RARE * (len(self.seconds) - 1))] / statistics.median(self.seconds)


def peers() -> dict[str, Callable[[bytes], str]]:
    """The other extractors, by name."""
    import justext
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    stop = frozenset(justext.get_stoplist("English") | justext.get_stoplist("German"))

    def decoded(page: bytes) -> str:
        return str(bytes_to_str(page, detect_encoding(page) or "utf-8"))

    return {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "trafilatura, fast": lambda page: trafilatura.extract(page, include_comments=False, fast=True) or "",
        "resiliparse": lambda page: str(extract_plain_text(decoded(page), main_content=True, alt_texts=False, links=False)),
        "jusText": lambda page: "\n".join(part.text for part in justext.justext(page, stop) if not part.is_boilerplate),
    } | _readability(decoded)


def _readability(decoded: Callable[[bytes], str]) -> dict[str, Callable[[bytes], str]]:
    import logging

    import lxml.etree
    import lxml.html

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it prints a traceback for each page that it has no text for
    try:
        import readability  # it wants a chardet older than ours, so no extra brings it: pip install --no-deps readability-lxml cssselect
    except ImportError:
        print("without readability: pip install --no-deps readability-lxml cssselect", file=sys.stderr)
        return {}

    def run(page: bytes) -> str:
        try:
            summary = readability.Document(decoded(page)).summary()
            return "".join(str(text) for text in lxml.html.fromstring(summary).itertext())
        except (readability.readability.Unparseable, lxml.etree.ParserError):
            return ""  # it has no text for this page

    return {"readability-lxml": run}


def gold_pages(bench: Path, count: int, folds: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """So many pages with a gold body, of each set alike, spread over the set."""
    spec = importlib.util.spec_from_file_location("gold", bench / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    found: list[dict[str, Any]] = []
    for name in _SETS:
        pages = [page for page in gold.pages(name, folds=folds) if page["body"]]
        found += pages[:: max(1, len(pages) * len(_SETS) // count)][: count // len(_SETS)]
    return found


def measure(pages: Sequence[dict[str, Any]], model: str, rounds: int) -> list[Figures]:
    """The figures of all extractors on the same pages."""
    cleaners = {fold: Cleaner(Options(model=model.format(fold=fold))) for fold in {page["fold"] for page in pages}}
    runs: dict[str, Callable[[dict[str, Any]], str]] = {"cleaner": lambda page: cleaners[page["fold"]].clean_html(page["html"]).text}
    runs |= {name: lambda page, run=run: run(page["html"]) for name, run in peers().items()}  # type: ignore[misc]
    for name, run in runs.items():
        print(f"{name} is ready", file=sys.stderr)
        for page in pages[:10]:
            run(page)
    fastest = {name: [float("inf")] * len(pages) for name in runs}
    texts: dict[str, list[str]] = {name: [""] * len(pages) for name in runs}
    for number in range(rounds):
        for at, page in enumerate(pages):
            for name, run in runs.items():
                start = time.process_time()
                texts[name][at] = run(page)
                fastest[name][at] = min(fastest[name][at], time.process_time() - start)
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    bodies = [words(page["body"]) for page in pages]
    return [
        Figures(name, statistics.mean(word_score([text], body) for text, body in zip(texts[name], bodies, strict=True)), sorted(spent))
        for name, spent in fastest.items()
    ]


def table(figures: Sequence[Figures], pages: int, rounds: int, held_out: bool) -> str:
    """The figures in Markdown, speed in multiples of trafilatura's."""
    base = next(found.speed for found in figures if found.name == "trafilatura")
    kind = (
        "held out: each page by a model that has not seen its site" if held_out else "not held out: the shipped model has seen these pages"
    )
    seen = "each seen once" if rounds == 1 else f"the fastest of {rounds} rounds"
    lines = [
        f"{pages} gold pages, {seen}, one core; `cleaner`'s F1 is {kind}.\n",
        "| extractor | word F1 | speed, trafilatura = 1 | slowest page in a hundred, median = 1 |",
        "| --- | --- | --- | --- |",
        *(f"| {found.name} | {found.score:.3f} | {found.speed / base:.1f} | {found.tail:.1f} |" for found in figures),
    ]
    return "\n".join(lines) + "\n"


def plot(figures: Sequence[Figures], path: Path) -> None:
    """F1 against pages a second."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "cleaner"
    import matplotlib.pyplot as plt

    base = next(found.speed for found in figures if found.name == "trafilatura")
    figure, axes = plt.subplots(figsize=(7, 4))
    for found in figures:
        own = found.name == "cleaner"
        axes.scatter(found.speed / base, found.score, color="#b03a2e" if own else "#34495e", zorder=2)
        axes.annotate(
            found.name, (found.speed / base, found.score), xytext=(6, 5), textcoords="offset points", weight="bold" if own else None
        )
    axes.set_xscale("log")
    axes.set_xlabel("pages a second, trafilatura = 1")
    axes.set_ylabel("word F1")
    axes.grid(visible=True, which="both", color="#dddddd", linewidth=0.5)
    axes.margins(x=0.18, y=0.12)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def memory(pages: Sequence[dict[str, Any]], count: int) -> None:
    """Cleans so many pages in a process of their own, and prints the memory it uses after each tenth of them."""
    child = multiprocessing.get_context("spawn").Process(target=_clean_and_tell, args=([page["html"] for page in pages], count))
    child.start()
    child.join()


def _clean_and_tell(pages: Sequence[bytes], count: int) -> None:
    """Prints the memory in use after each tenth of so many pages, in MB (Linux), and the most there was."""
    cleaner = Cleaner()
    for number in range(count):
        cleaner.clean_html(pages[number % len(pages)])
        if (number + 1) % (count // 10) == 0:
            used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
            print(f"{number + 1} pages: {used / 2**20:.0f} MB", flush=True)
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB", flush=True)


def main() -> None:
    """Prints the table, or writes it and the plot into the guide."""
    parser = argparse.ArgumentParser(description="quality and speed on pages, beside other extractors")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="default", help="path of a model; {fold} is the page's fold")
    parser.add_argument("--folds", help="folds to take pages from, parted by commas; all without it")
    parser.add_argument("--gold", type=Path, default=_ROOT.parent / "shared/bench")
    parser.add_argument("--memory", type=int, metavar="PAGES", help="clean so many pages one after another and print the memory instead")
    parser.add_argument("--write", action="store_true", help="write table and plot into docs/html.md")
    options = parser.parse_args()
    if not options.gold.exists():
        print(f"no gold pages in {options.gold}: nothing to measure pages with", file=sys.stderr)
        return
    pages = gold_pages(options.gold, options.pages, [int(fold) for fold in options.folds.split(",")] if options.folds else None)
    if options.memory:
        memory(pages, options.memory)
        return
    figures = measure(pages, options.model, options.rounds)
    found = table(figures, len(pages), options.rounds, "{fold}" in options.model)
    print(found)
    for one in figures:
        print(f"{one.name}: {one.speed:.1f} pages/s, median {statistics.median(one.seconds) * 1e3:.1f} ms")
    if options.write:
        plot(figures, _PLOT)
        guide = _GUIDE.read_text(encoding="utf-8")
        before, rest = guide.split(_BEGIN)
        _GUIDE.write_text(f"{before}{_BEGIN}{found}{_END}{rest.split(_END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
