"""Time and memory of `cleaner learn`, and what site rules add to cleaning.

python scripts/benchmark_sites.py [--documents 100000] [--sites 500]

Documents of 7 kB in invented words are made while learning; what making them takes is measured alone and taken off.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import resource
import time
from collections.abc import Iterator

from cleaner import Cleaner, Options, learn
from cleaner.values import Source

_LETTERS = "aeiou", "bdfgklmnprstvz"
#: rounds of cleaning, and documents in each
_ROUNDS, _CLEANED = 8, 150


def _words(seed: int, count: int) -> list[str]:
    pick = random.Random(seed)
    return ["".join(pick.choice(_LETTERS[at % 2]) for at in range(pick.randint(2, 11))) for _ in range(count)]


def documents(count: int, sites: int) -> Iterator[Source]:
    """Documents of 7 kB: thirty template lines, ten paragraphs, and short lines of their own."""
    pick = random.Random(1)
    words = _words(2, 40_000)
    weights = [1 / (rank + 5) for rank in range(len(words))]
    cumulated = [sum(weights[:1])]
    for weight in weights[1:]:
        cumulated.append(cumulated[-1] + weight)
    templates = [[" ".join(pick.choices(words, k=pick.randint(1, 9))).capitalize() for _ in range(30)] for _ in range(sites)]
    for number in range(count):
        site = number % sites
        own = [f"{line} {pick.randint(1, 99)}" if at % 4 == 0 else line for at, line in enumerate(templates[site]) if pick.random() < 0.95]
        text = pick.choices(words, cum_weights=cumulated, k=820)
        paragraphs = [" ".join(text[at : at + 75]).capitalize() + "." for at in range(0, 750, 75)]
        short = [" ".join(text[at : at + 5]).capitalize() for at in range(750, 820, 5)]
        paragraphs[3:3] = short[:6]
        content = "\n".join([*own[:10], short[6], "", "\n\n".join(paragraphs), "", *own[10:], *short[7:]])
        yield Source(content=content, id=str(number), url=f"https://site-{site}.example/{number}.html")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=500)
    asked = parser.parse_args()
    begin = time.process_time()
    size = sum(len(source.content) for source in documents(asked.documents // 20, asked.sites))
    making = (time.process_time() - begin) * 20
    begin = time.process_time()
    rules = learn(documents(asked.documents, asked.sites))
    spent = time.process_time() - begin - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = sum(len(site.line) for site in rules.sites)
    print(f"documents {asked.documents:,} of {size / (asked.documents // 20):,.0f} characters, {len(rules.sites):,} sites, {lines:,} lines")
    print(f"learning  {spent:.0f} s of processor time, {1000 * spent / asked.documents:.2f} ms a document, {peak:.0f} MB at the most")
    every = documents(4 * _ROUNDS * _CLEANED, asked.sites)
    for model in (None, "default"):
        without, with_rules = cleaning(every, Options(model=model), Options(model=model, site_rules=rules))
        print(
            f"cleaning  {'with the model' if model else 'by rules alone'}: {without:.2f} ms a document, "
            f"with site rules {with_rules:.2f} ms ({with_rules / without - 1:+.1%})"
        )


def cleaning(every: Iterator[Source], *options: Options) -> list[float]:
    """Milliseconds of processor time for a document with each of the options, of the fastest round."""
    cleaners = [Cleaner(one) for one in options]
    fastest = [math.inf] * len(cleaners)
    for _ in range(_ROUNDS):
        for number, cleaner in enumerate(cleaners):
            # New documents each time: lines are remembered for all cleaners, which must not help more than it does in a crawl.
            sample = list(itertools.islice(every, _CLEANED))
            begin = time.process_time()
            for source in sample:
                cleaner.clean_text(source.content, url=source.url)
            fastest[number] = min(fastest[number], 1000 * (time.process_time() - begin) / _CLEANED)
    return fastest


if __name__ == "__main__":
    main()
