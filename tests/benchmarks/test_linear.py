"""Law 6: time is linear in the input. The rate on large inputs is compared with that on 100 kB."""

from __future__ import annotations

import time

import pytest

from tests.cleaners import PARAGRAPHS, rules_alone
from tests.laws.strategies import LINES, PROSE

pytestmark = pytest.mark.benchmark

#: as slow as this many times the rate on a small input is still called linear
_FACTOR = 3


def _unlike(texts: tuple[str, ...], count: int, joint: str) -> str:
    """Texts that all differ, as in a long document."""
    return joint.join(f"{texts[number % len(texts)]} {number}" for number in range(count))


def _ordinary(length: int) -> str:
    """Scrapes of 7 kB, one behind the other."""
    block = "\n".join([*LINES[:20], *PROSE[:8]])
    return "\n\n".join(f"{number} {block}" for number in range(1 + length // len(block)))[:length]


_LARGE = {
    "10 MB": lambda: _ordinary(10_000_000),
    "100,000 lines": lambda: _unlike(LINES, 100_000, "\n"),
    "100,000 paragraphs": lambda: _unlike(PARAGRAPHS, 50_000, "\n\n"),
    "one line of 5 MB": lambda: _unlike(PARAGRAPHS, 24_000, " "),
    "one line without an end": lambda: _unlike(("and then the boat", "or the tram"), 300_000, " "),
    "one word of 5 MB": lambda: "boat" * 1_250_000,
    "the same line": lambda: "Foto: Jane Hollis/dpa (dpa)\n" * 10_000,
    "headings of sections": lambda: "Mehr zum Thema\n" * 20_000,
    "blank lines": lambda: "\n" * 2_000_000 + PARAGRAPHS[0],
}
#: what patterns stumble over: so small that even a square of it ends
_NASTY = {
    "brackets": "([{",
    "links": "[a](b",
    "pictures": "![",
    "stars": "**a ",
    "underscores": "__a ",
    "quotes": "“a. ",
    "stops": "aa. ",
    "dates": "12.03.2025 ",
    "names": "Von Petra Ahlers und ",
    "credits": "(dpa) ",
}


def _rate(text: str) -> float:
    """Characters a second of processor time, so that other processes count as little as they can."""
    start = time.process_time()
    rules_alone().clean_text(text)
    return len(text) / (time.process_time() - start)


def _best_rate(text: str, tries: int) -> float:
    return max(_rate(text) for _ in range(tries))


@pytest.mark.parametrize("name", _LARGE)
def test_large_inputs_go_at_the_rate_of_small_ones(name: str) -> None:
    text = _LARGE[name]()
    rules_alone().clean_text(text[:100_000])
    # Lines that were met before are remembered: the small inputs have to be as new as the large one.
    small = max(_rate(text[start : start + 100_000]) for start in range(100_000, min(len(text), 600_000), 100_000))
    assert _rate(text) * _FACTOR >= small


@pytest.mark.parametrize("name", _NASTY)
def test_nasty_inputs_go_at_the_rate_of_small_ones(name: str) -> None:
    text = _NASTY[name]
    small, large = (text * (length // len(text)) for length in (8_000, 80_000))
    rules_alone().clean_text(small)
    assert _best_rate(large, 3) * _FACTOR >= _best_rate(small, 5)
