"""Texts a second of `clean_text` on the documents of corpus/cases, beside jusText on the same lines in the same run.

python scripts/benchmark.py [--repeat 5]

Both run on one core, one after the other by turns, so that what else the machine does hits both; of each the fastest round counts.
jusText gets every line as a paragraph, and the stop words of the document's language. In every round each longer line differs by a
letter from what it was before: `cleaner` remembers lines, and on a real corpus only buttons and headings come again.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from cleaner import Cleaner, Options
from cleaner.parse.decode import decode

_CASES = Path(__file__).resolve().parent.parent / "corpus/cases"
#: words
_LONGER = 8
STOP_LISTS = {
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "sv": "Swedish",
}


def texts() -> list[tuple[str, str]]:
    """(language, text) of every case."""
    found = []
    for case in sorted(_CASES.iterdir()):
        source = case / "source.txt"
        if source.is_file():
            language = json.loads((case / "labels.json").read_text(encoding="utf-8")).get("language", "en")
            found.append((language, decode(source.read_bytes()).text))
    return found


def varied(sources: list[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    """The same texts with a letter behind a word in the middle of each longer line."""
    return [(language, "\n".join(_varied(line, number) for line in text.splitlines())) for language, text in sources]


def _varied(line: str, number: int) -> str:
    words = line.split(" ")
    if len(words) >= _LONGER:
        words[len(words) // 2] += chr(ord("a") + number % 26) * (1 + number // 26)
    return " ".join(words)


def justext() -> Callable[[str, str], object]:
    """jusText on lines."""
    import justext

    known = {code: justext.get_stoplist(name) for code, name in STOP_LISTS.items()}

    def run(language: str, text: str) -> object:
        page = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        return justext.justext(page, known.get(language, known["en"]))

    return run


def seconds(run: Callable[[str, str], object], sources: list[tuple[str, str]]) -> float:
    """How long a round takes."""
    start = time.perf_counter()
    for language, text in sources:
        run(language, text)
    return time.perf_counter() - start


def main() -> None:
    """Prints the rates and their ratio."""
    parser = argparse.ArgumentParser(description="texts a second, beside jusText")
    parser.add_argument("--repeat", type=int, default=5, help="rounds; the fastest counts")
    rounds: int = parser.parse_args().repeat
    sources = texts()
    characters = sum(len(text) for _, text in sources)
    print(f"{len(sources)} texts, {characters / len(sources):,.0f} characters on average, {rounds} rounds, one core")
    start = time.perf_counter()
    cleaner = Cleaner(Options(model=None))
    cleaner.clean_text(sources[0][1])
    print(f"loading rules and cleaning the first text: {1000 * (time.perf_counter() - start):,.0f} ms")
    runs = {"cleaner": lambda _, text: cleaner.clean_text(text), "jusText": justext()}
    for run in runs.values():  # rules are compiled when first needed
        seconds(run, sources)
    best = dict.fromkeys(runs, float("inf"))
    for number in range(rounds):
        fresh = varied(sources, number)
        for name, run in runs.items():
            best[name] = min(best[name], seconds(run, fresh))
    for name, took in best.items():
        print(f"{name:8} {len(sources) / took:9,.0f} texts/s {characters / took / 1e6:8.2f} M characters/s")
    print(f"ratio    {best['jusText'] / best['cleaner']:9.2f}")


if __name__ == "__main__":
    main()
