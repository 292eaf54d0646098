"""Counts the literals of rules for `cleaner/data/literals.bin`: `python scripts/literal_figures.py FILE…`, each a text in UTF-8.

What comes out says how often each literal is met, and nothing of any text. Rules are looked at where their rarest literals stand: results
do not depend on the figures, speed does. `make rules` makes the index of rules anew with them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import ahocorasick_rs

from cleaner.load import literals, rules
from cleaner.load.frequency import SIGNS, WORD, write_figures
from cleaner.load.package import read_package_rules


def asked() -> set[str]:
    """All literals that rules could be looked for by."""
    found: set[str] = set()

    def note(some: frozenset[str]) -> float:
        found.update(some)
        return 1.0

    with mock.patch.object(literals, "frequency", note), mock.patch.object(rules, "frequency", note):
        read_package_rules()
    return found


def figures(texts: Iterable[str], wanted: set[str]) -> dict[str, int]:
    """How often these literals are met in ten million signs of the texts: those that are met at all."""
    bare = sorted({literal.strip(WORD) for literal in wanted})
    automaton = ahocorasick_rs.AhoCorasick(bare, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    counts: Counter[str] = Counter()
    signs = 0
    for text in texts:
        low = text.lower()
        signs += len(low)
        for number, start, end in automaton.find_matches_as_indexes(low, overlapping=True):
            before = "" if low[start - 1 : start].isalnum() else WORD
            behind = "" if low[end : end + 1].isalnum() else WORD
            counts.update({f"{first}{bare[number]}{last}" for first in ("", before) for last in ("", behind)})
    return {literal: max(1, round(counts[literal] * SIGNS / max(signs, 1))) for literal in wanted if counts[literal]}


if __name__ == "__main__":
    write_figures(figures((Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]), asked()))
