"""The test crawl in corpus/crawl, read."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner.pipeline import Cleaner
from cleaner.values import Options, Source
from tests.cleaners import words

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "crawl"


class Crawled(NamedTuple):
    """A document of the crawl."""

    site: str
    url: str
    #: kind (`template`, `body`, `head`, empty for blank lines) and text of each line
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The document as it was scraped."""
        return "\n".join(text for _, text in self.lines) + "\n"


class Shares(NamedTuple):
    """What became of documents' lines."""

    #: of template lines, those of which no word is left
    removed: float
    #: of the words of bodies, those that are gone
    lost: float


@functools.cache
def crawl() -> dict[str, tuple[Crawled, ...]]:
    """The documents of each site."""
    return {path.stem: tuple(_documents(path)) for path in sorted(FOLDER.glob("*.txt"))}


def _documents(path: Path) -> Iterable[Crawled]:
    for part in path.read_text(encoding="utf-8").split("\n---\n"):
        url, *lines = part.rstrip("\n").split("\n")
        yield Crawled(path.stem, url.removeprefix("url: "), tuple(_line(line) for line in lines))


def _line(line: str) -> tuple[str, str]:
    kind, _, text = line.partition("\t")
    return kind, text


def sources(documents: Iterable[Crawled], *, named: bool = True) -> list[Source]:
    """What `learn` takes. Parameters: with `named` their address is known."""
    return [Source(content=document.text, url=document.url if named else None, id=document.url) for document in documents]


def cleaned(documents: Iterable[Crawled], options: Options, *, named: bool = True) -> Shares:
    """How a cleaner does on the documents."""
    cleaner = Cleaner(options)
    template = gone = body = lost = 0
    for document in documents:
        result = cleaner.clean_text(document.text, url=document.url if named else None)
        kept = bytearray(len(result.source))
        for span in result.spans:
            kept[span.start : span.end] = bytes([span.kept]) * (span.end - span.start)
        at = 0
        for kind, text in document.lines:
            if kind == "template":
                template += 1
                gone += not any(kept[at + place] for place, character in enumerate(text) if character.isalnum())
            elif kind == "body":
                left = "".join(character for place, character in enumerate(text) if kept[at + place])
                body += len(words(text))
                lost += len(words(text)) - len(words(left))
            at += len(text) + 1
    return Shares(gone / template, lost / body)
