"""Which elements of a site's pages hold the text on all of them, and which never hold any of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from cleaner.learning.reading import PARAGRAPH_WORDS, Lines, Sample
from cleaner.learning.site_lines import examples
from cleaner.load.site_rules import Holds
from cleaner.parse.paths import containers, lies_in

#: fewer pages don't show what always holds
LEAST_PAGES = 4
#: the text's element holds so much of each page's real paragraphs, in words, on so many of the pages
_BODY_SHARE, _BODY_PAGES = 0.8, 0.9
#: an element that never holds a paragraph must be on so many of the pages
_RESIDUE_PAGES = 0.5
#: inside the text's element its lines must recur, or subheadings and lists would go with the share bars
_RECURRING = 0.8


#: elements of single paragraphs, which say nothing about where the text stands
_TEXT_TAGS = frozenset("p li ul ol blockquote pre span a em strong h1 h2 h3 h4 h5 h6 td tr".split())


class Selector(msgspec.Struct, frozen=True):
    """An element that holds the text, or never does."""

    path: str
    holds: Holds
    #: pages that have it
    seen: int
    examples: tuple[str, ...] = ()


class _Element(msgspec.Struct):
    """What was counted of one path."""

    pages: int = 0
    #: words in real paragraphs, on all pages
    words: int = 0
    lines: int = 0
    #: lines that other pages have too
    recurring: int = 0
    #: pages on which it holds most of the text
    holding: int = 0
    texts: set[str] = set()


def find_selectors(sample: Sample) -> list[Selector]:
    """The selectors of a site, the one that holds the text first; none where no element holds it on nearly all pages."""
    paths = [page.elements() for page in sample.pages]
    read = [(lines, own) for lines, own in zip(sample.lines, paths, strict=True) if len(own) == len(lines.texts)]
    if len(read) < max(LEAST_PAGES, _BODY_PAGES * len(sample.pages)):
        return []
    elements = _count(read, sample.seen)
    holding = [path for path, element in elements.items() if element.holding >= _BODY_PAGES * len(read) and _tag(path) not in _TEXT_TAGS]
    if not holding:
        return []
    # The innermost: the page's frame holds the text too.
    body = max(holding, key=lambda path: (len(containers(path)), path))
    found = [Selector(body, "body", elements[body].holding)]
    residue: list[str] = []
    for path in sorted(elements, key=lambda path: (len(containers(path)), path)):
        element = elements[path]
        if (
            element.words == 0
            and element.pages >= _RESIDUE_PAGES * len(read)
            and "." in path.rsplit(" ", 1)[-1]
            and not lies_in(body, path)
            and (not lies_in(path, body) or element.recurring >= _RECURRING * element.lines)
            and not any(lies_in(path, outer) for outer in residue)
        ):
            residue.append(path)
            found.append(Selector(path, "residue", element.pages, examples(element.texts)))
    return found


def _tag(path: str) -> str:
    return path.rsplit(" ", 1)[-1].split(".")[0]


def _count(pages: Sequence[tuple[Lines, list[str]]], seen: Counter[str]) -> dict[str, _Element]:
    elements: dict[str, _Element] = {}
    for lines, paths in pages:
        words: Counter[str] = Counter()
        total = 0
        on_page: set[str] = set()
        for at, path in enumerate(paths):
            is_paragraph = lines.ends[at] and lines.words[at] >= PARAGRAPH_WORDS and seen[lines.shapes[at]] == 1
            total += lines.words[at] if is_paragraph else 0
            for container in containers(path):
                element = elements.setdefault(container, _Element())
                element.lines += 1
                element.recurring += seen[lines.shapes[at]] > 1
                element.texts.add(lines.texts[at])
                on_page.add(container)
                if is_paragraph:
                    words[container] += lines.words[at]
        for container in on_page:
            element = elements[container]
            element.pages += 1
            element.words += words[container]
            element.holding += total > 0 and words[container] >= _BODY_SHARE * total
    return elements
