"""Which elements of a site's pages hold the text on all of them, and which never hold any of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from cleaner.learning.reading import PARAGRAPH_WORDS, Lines, Sample
from cleaner.learning.site_lines import examples
from cleaner.learning.views import View, usual_label
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


#: an element of whose words the cleaner keeps so few, on so many pages that it was asked about, holds residue …
_REMOVED_SHARE, _REMOVED_PAGES = 0.02, 3
#: … and one without paragraphs does not if it keeps so many
_KEPT_SHARE = 0.1
#: elements of single paragraphs, which say nothing about where the text stands
_TEXT_TAGS = frozenset("p li ul ol blockquote pre span a em strong h1 h2 h3 h4 h5 h6 td tr".split())


class Selector(msgspec.Struct, frozen=True):
    """An element that holds the text, or never does."""

    path: str
    holds: Holds
    #: pages that have it
    seen: int
    examples: tuple[str, ...] = ()
    #: what the cleaner calls most of what lies in it; None where it was not asked
    label: str | None = None


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
    #: pages that the cleaner was asked about, words there, and how many of them it keeps
    viewed: int = 0
    viewed_words: int = 0
    kept_words: int = 0
    views: list[View] = []

    @property
    def kept_share(self) -> float | None:
        """How much of its words the cleaner keeps; None where it was asked about too few pages."""
        return self.kept_words / max(self.viewed_words, 1) if self.viewed >= _REMOVED_PAGES else None


def find_selectors(sample: Sample) -> list[Selector]:
    """The selectors of a site, the one that holds the text first; none where no element holds it on nearly all pages."""
    read = [(lines, lines.paths) for lines in sample.lines if len(lines.paths) == len(lines.texts)]
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
            _is_residue(element, len(read), inside=lies_in(path, body))
            and "." in path.rsplit(" ", 1)[-1]
            and not lies_in(body, path)
            and not any(lies_in(path, outer) for outer in residue)
        ):
            residue.append(path)
            found.append(Selector(path, "residue", element.pages, examples(element.texts), usual_label(element.views)))
    return found


def _is_residue(element: _Element, pages: int, *, inside: bool) -> bool:
    """Whether an element, inside the text's or beside it, never holds any of the text."""
    kept = element.kept_share
    if kept is not None and kept <= _REMOVED_SHARE:
        return True
    if element.words or element.pages < _RESIDUE_PAGES * pages or (kept is not None and kept >= _KEPT_SHARE):
        return False
    return not inside or element.recurring >= _RECURRING * element.lines


def _tag(path: str) -> str:
    return path.rsplit(" ", 1)[-1].split(".")[0]


def _count(pages: Sequence[tuple[Lines, list[str]]], seen: Counter[str]) -> dict[str, _Element]:
    elements: dict[str, _Element] = {}
    for lines, paths in pages:
        # What is text is told by the cleaner where it was asked, else by length and by standing nowhere else.
        words: Counter[str] = Counter()
        held: Counter[str] = Counter()
        total = 0
        on_page: set[str] = set()
        for at, path in enumerate(paths):
            is_paragraph = lines.ends[at] and lines.words[at] >= PARAGRAPH_WORDS and seen[lines.shapes[at]] == 1
            view = lines.views[at] if lines.views is not None else None
            text = lines.words[at] * (is_paragraph if view is None else view.kept)
            total += text
            for container in containers(path):
                element = elements.setdefault(container, _Element())
                element.lines += 1
                element.recurring += seen[lines.shapes[at]] > 1
                element.texts.add(lines.texts[at])
                on_page.add(container)
                held[container] += text
                if view is not None:
                    element.views.append(view)
                    element.viewed_words += lines.words[at]
                    element.kept_words += view.kept * lines.words[at]
                if is_paragraph:
                    words[container] += lines.words[at]
        for container in on_page:
            element = elements[container]
            element.pages += 1
            element.words += words[container]
            element.viewed += lines.views is not None
            element.holding += total > 0 and held[container] >= _BODY_SHARE * total
    return elements
