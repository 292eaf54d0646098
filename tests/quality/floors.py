"""What the shipped model must reach on corpus/. `python -m tests.quality.floors` writes the table anew from today's results."""

from __future__ import annotations

import functools
import hashlib
import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from cleaner.learning.documents import Labelled
from cleaner.learning.measures import DocumentScore, measure, source_of
from cleaner.pipeline import Cleaner
from tests.corpus.looking import lost_lookalikes
from tests.corpus.reading import CASES, CORPUS, LANGUAGES, Case

PATH = Path(__file__).with_name("floors.toml")
_HEAD = """# What the shipped model, with the rules, must reach on corpus/: word F1 and recall by language, residue lines removed and
# rightly named by label, look-alikes kept by language.
# Written by `python -m tests.quality.floors`: a floor goes up with model and rules, and down only with a reason in the change that
# lowers it. A corpus with another digest asks for new floors. The model was trained on these documents too: they guard what works,
# and say nothing of unseen sites.
"""
#: what is counted
_FOLDERS = ("cases", "hosts", "lookalikes")


@functools.cache
def shipped() -> Cleaner:
    """What a user gets who asks for nothing."""
    return Cleaner()


def floors() -> dict[str, Any]:
    """Tables `language`, `label` and `lookalikes`: name -> figure -> the least it must be; and `digest`."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def digest() -> str:
    """SHA-256 of the files of corpus/ that the floors were measured on, in hexadecimal."""
    hashed = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file()):
            hashed.update(f"{path.relative_to(CORPUS).as_posix()}\0{path.stat().st_size}\0".encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def labelled(case: Case) -> Labelled:
    """A case as a labelled document."""
    return Labelled(
        id=case.name,
        site=case.name,
        lines=tuple(case.lines),
        labels=tuple(case.known["labels"]),
        language=case.known["language"].split("-")[0],
        spans=tuple((line, start, end, label) for line, start, end, label in case.known["spans"]),
    )


@functools.cache
def results() -> dict[str, dict[str, dict[str, float]]]:
    """What is reached today, in the tables of `floors`."""
    scores = []
    for case in CASES:
        document = labelled(case)
        scores.append(measure(document, shipped().clean_text(source_of(document)).spans))
    languages = sorted({score.language for score in scores if score.language is not None})
    found = sorted({label for score in scores for label in score.tallies})
    kept = {}
    for language in LANGUAGES:
        count, lost = lost_lookalikes(language, shipped())
        kept[language] = {"kept": 1 - len(lost) / count}
    return {
        "language": {language: _kept([score for score in scores if score.language == language]) for language in languages},
        "label": {label: _removed(label, scores) for label in found},
        "lookalikes": kept,
    }


def _kept(scores: Sequence[DocumentScore]) -> dict[str, float]:
    return {"f1": mean(score.f1 for score in scores), "recall": mean(score.recall for score in scores)}


def _removed(label: str, scores: Sequence[DocumentScore]) -> dict[str, float]:
    own = [score.tallies[label] for score in scores if label in score.tallies]
    removed = sum(tally.removed for tally in own)
    return {"removed": removed / sum(tally.lines for tally in own), "right": sum(tally.right for tally in own) / max(1, removed)}


def write() -> None:
    """Writes what is reached today, rounded down."""
    lines = [_HEAD, f'digest = "{digest()}"\n']
    for table, rows in results().items():
        lines.append(f"\n[{table}]\n")
        for name, figures in rows.items():
            values = ", ".join(f"{figure} = {math.floor(value * 100) / 100:.2f}" for figure, value in figures.items())
            lines.append(f"{name} = {{ {values} }}\n")
    PATH.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
