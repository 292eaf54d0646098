"""Lines that are the same but for a few words, names and titles say, and what they have in common: frames.

`brelt von anna maier` and `brelt von jan wolff` give `brelt von {any}`. A frame is the words at a line's beginning and at its end that
many pages have, one run of words between them, before them or after them left open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import msgspec

from cleaner.learning.reading import Sample, is_strange
from cleaner.learning.site_lines import Occurrence, Template, element_of, examples, is_doubted, kept_share, zone
from cleaner.load.line_shapes import ANY, NUMBER
from cleaner.load.site_rules import Where

#: fewer pages say nothing about what changes
LEAST_PAGES = 4
#: share of the pages, and pages, that must have a line in the frame
FRAME_SHARE, _SEEN = 0.5, 3
#: share of the pages for a frame of words that the site's texts use too, and that stands between paragraphs
_INSIDE_SHARE = 0.8
#: the part that is open must have been filled in so many ways
_FILLINGS = 3
#: words of a line that is looked at; of a longer one than the second more words must be fixed
_MOST_WORDS, _SHORT_WORDS = 40, 12
_FIXED = 5
#: a frame with one fixed word is bound to a place, short, and outside the text
_ONE_FIXED_MOST_WORDS = 6
#: lines a page may have in one frame
_PER_PAGE = 2.0
_LETTERS = 2

_Words: TypeAlias = tuple[str, ...]


class _Frame(msgspec.Struct, frozen=True, order=True):
    """Fixed words before and after an open run."""

    head: _Words
    tail: _Words

    @property
    def text(self) -> str:
        """The frame as a shape."""
        return " ".join((*self.head, ANY, *self.tail))


def find_frames(sample: Sample, taken: set[str]) -> list[Template]:
    """The frames of lines whose shape is not in `taken`, sorted by text."""
    if len(sample.lines) < LEAST_PAGES:
        return []
    places = _places(sample, taken)
    heads, tails = _common_edges(places, FRAME_SHARE * len(sample.lines))
    by_frame: dict[_Frame, set[Occurrence]] = defaultdict(set)
    for place, words in places.items():
        for frame in _frames(words, heads, tails):
            by_frame[frame].add(place)
    # A frame that few pages have cannot come to more once others have taken their lines.
    frames = {frame: where for frame, where in by_frame.items() if _is_seen(sample, where)}
    found: list[Template] = []
    while frames:
        frame = min(frames, key=lambda frame: (-len({place.page for place in frames[frame]}), -len(frame.head + frame.tail), frame))
        lines = frames.pop(frame)
        template = _checked(sample, frame, lines, places)
        if template is None:
            continue
        found.append(template)
        frames = {other: rest for other, where in frames.items() if _is_seen(sample, rest := where - lines)}
    return sorted(found, key=lambda template: template.shape)


def _places(sample: Sample, taken: set[str]) -> dict[Occurrence, _Words]:
    """The words of each line that may be in a frame: all but paragraphs."""
    places: dict[Occurrence, _Words] = {}
    for number, page in enumerate(sample.lines):
        for at, (shape, words) in enumerate(zip(page.shapes, page.words, strict=True)):
            if 2 <= words <= _MOST_WORDS and shape not in taken:
                places[Occurrence(number, at)] = tuple(shape.split(" "))
    return places


def _common_edges(places: Mapping[Occurrence, _Words], least: float) -> tuple[set[_Words], set[_Words]]:
    """The first and last words of lines that so many pages have: no frame that is common has others."""
    heads: dict[_Words, set[int]] = defaultdict(set)
    tails: dict[_Words, set[int]] = defaultdict(set)
    for place, words in places.items():
        for count in range(1, min(_FIXED, len(words) - 1) + 1):
            heads[words[:count]].add(place.page)
            tails[words[-count:]].add(place.page)
    return tuple({(), *(words for words, pages in edges.items() if len(pages) >= least)} for edges in (heads, tails))  # type: ignore[return-value]


def _frames(words: _Words, heads: set[_Words], tails: set[_Words]) -> Iterator[_Frame]:
    count = len(words)
    least = 1 if count <= _SHORT_WORDS else _FIXED
    for head in range(min(_FIXED, count - 1) + 1):
        if words[:head] not in heads:
            break
        for tail in range(min(_FIXED, count - 1 - head) + 1):
            if words[count - tail :] not in tails:
                break
            frame = _Frame(words[:head], words[count - tail :])
            if head + tail >= least and _says_something(frame):
                yield frame


def _says_something(frame: _Frame) -> bool:
    return any(sum(map(str.isalpha, word)) >= _LETTERS for word in frame.head + frame.tail)


def _is_seen(sample: Sample, places: set[Occurrence]) -> bool:
    seen = len({place.page for place in places})
    return seen >= _SEEN and seen >= FRAME_SHARE * len(sample.lines)


def _checked(sample: Sample, frame: _Frame, lines: set[Occurrence], places: dict[Occurrence, _Words]) -> Template | None:
    """The frame as a template, or None where texts have such lines too."""
    pages = {place.page for place in lines}
    longest = max(len(places[place]) for place in lines)
    head, tail = len(frame.head), len(frame.tail)
    fillings = {places[place][head : len(places[place]) - tail] for place in lines}
    zones = {zone(sample, place) for place in lines} - {"any"}
    where: Where = zones.pop() if len(zones) == 1 else "any"
    if len(fillings) < _FILLINGS or len(lines) > _PER_PAGE * len(pages):
        return None
    if all(filling == (NUMBER,) for filling in fillings):
        return None
    if head + tail == 1 and (where not in ("start", "end") or longest > _ONE_FIXED_MOST_WORDS):
        return None
    text = frame.text
    outside = where in ("start", "end")
    if is_doubted(kept_share(sample, lines), len(pages), len(pages) / len(sample.lines)):
        return None
    if not outside and len(pages) < _INSIDE_SHARE * len(sample.lines) and not is_strange(text, sample.vocabulary):
        return None
    if any(fits(text, sample.lines[place.page].shapes[place.line]) for place in _paragraphs(sample, longest) if place not in lines):
        return None
    texts = {sample.lines[place.page].texts[place.line] for place in lines}
    return Template(text, len(pages), where, examples(texts), longest, element_of(sample, lines))


def _paragraphs(sample: Sample, most_words: int) -> Iterator[Occurrence]:
    """The lines inside the texts that are no longer than the frame's longest."""
    for number, (page, (first, last)) in enumerate(zip(sample.lines, sample.bodies, strict=True)):
        for at in range(first, last):
            if page.words[at] <= most_words and page.ends[at]:
                yield Occurrence(number, at)


def fits(frame: str, shape: str) -> bool:
    """Whether a line's shape is in a frame."""
    head, tail = (part.split() for part in frame.split(ANY, 1))
    words = shape.split()
    return len(words) > len(head) + len(tail) and words[: len(head)] == head and words[len(words) - len(tail) :] == tail
