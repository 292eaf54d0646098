"""The corpus as the tests read it. corpus/README.md is the format."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.load.labels import labels
from tests.cleaners import words

CORPUS = Path(__file__).parents[2] / "corpus"
LANGUAGES = tuple(sorted(path.stem for path in (CORPUS / "hosts").glob("*.txt")))
_MARK = re.compile(r"⟦([a-z_]+):([^⟧]*)⟧")


@dataclass(frozen=True)
class Case:
    """A document, the label of each of its lines, and the body it must give."""

    name: str
    source: str
    body: str
    #: `language`, and what is known beside it; `labels`, one a line; `spans`: [line, start, end, label]
    known: dict[str, Any]

    @property
    def lines(self) -> list[str]:
        """The source's lines, blank ones too."""
        return self.source.removesuffix("\n").split("\n")

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it is residue."""
        return all(labels()[label].content for label in [*filter(None, self.known["labels"]), *(span[3] for span in self.known["spans"])])


def read_case(folder: Path) -> Case:
    """One folder of corpus/cases.

    Raises `FileNotFoundError` where a file is missing.
    """
    return Case(
        folder.name,
        (folder / "source.txt").read_bytes().decode(),
        (folder / "body.txt").read_bytes().decode(),
        json.loads((folder / "labels.json").read_bytes()),
    )


FOLDERS = sorted(path for path in (CORPUS / "cases").iterdir() if path.is_dir())
_FILES = ("source.txt", "body.txt", "labels.json")
#: those that are whole; that all of them are is tests/corpus/test_cases.py's to say
CASES = tuple(read_case(folder) for folder in FOLDERS if all((folder / file).exists() for file in _FILES))


@dataclass(frozen=True)
class Marked:
    """A paragraph, and the residue in it."""

    text: str
    #: start, end, label
    marks: tuple[tuple[int, int, str], ...]


def marked(line: str) -> Marked:
    """A line of corpus/spans without its marks."""
    text, marks, at = "", [], 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        marks.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    return Marked(text + line[at:], tuple(marks))


def spans(language: str) -> list[Marked]:
    """The paragraphs of corpus/spans in a language; those without marks must stay whole."""
    return [marked(line) for line in _lines(CORPUS / "spans" / f"{language}.txt")]


def lookalikes(language: str) -> list[list[str]]:
    """The look-alikes in a language, each a list of lines."""
    return [line.split(" ¶ ") for line in _lines(CORPUS / "lookalikes" / f"{language}.txt")]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


@functools.cache
def _host(language: str) -> tuple[str, ...]:
    """The paragraphs of the first article of corpus/hosts."""
    article = (CORPUS / "hosts" / f"{language}.txt").read_text(encoding="utf-8").split("\n---\n")[0]
    return tuple(paragraph for paragraph in article.split("\n") if paragraph.strip())


def embed(language: str, lines: list[str]) -> tuple[str, list[int]]:
    """An article in whose middle these lines stand, and where each of them begins."""
    host = _host(language)
    middle = len(host) // 2
    paragraphs = [*host[:middle], *lines, *host[middle:]]
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + 2
    return "\n\n".join(paragraphs), starts[middle : middle + len(lines)]


def precision_and_recall(text: str, body: str) -> tuple[float, float]:
    """Shares of the words of a text that are the body's, and of the body's words that are in the text; both as bags."""
    got, wanted = Counter(words(text)), Counter(words(body))
    hit = (got & wanted).total()
    return hit / max(1, got.total()), hit / max(1, wanted.total())
