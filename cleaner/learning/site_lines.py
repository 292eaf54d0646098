"""Which lines of a site's pages are its own and not their texts': template lines.

A template line stands on many of a site's pages, outside the text or at a fixed place, and is made of words that the texts don't
use. A motto, a refrain, an agency's standard sentence stands on some, among paragraphs. So what a line needs to be believed
depends on what it looks like and where it stands; what stands between template lines needs less.

The shares below were set by hand on invented crawls; docs/site-rules.md has the figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from cleaner.learning.reading import Sample, is_strange, words_of
from cleaner.load.site_rules import EXAMPLES, Where
from cleaner.parse.paths import containers

#: share of a site's pages, and pages, that a line must stand on: outside the text, or between template lines …
_OUTSIDE = (0.2, 2)
#: … between paragraphs, of other words than the texts' …
_STRANGE_INSIDE = (0.4, 3)
#: … between paragraphs: a subheading, a speaker, a label of a table may recur there …
_INSIDE = (0.5, 5)
#: … a sentence that template lines part from the text …
_SHELTERED_SENTENCE = (0.35, 3)
#: … a sentence anywhere else …
_SENTENCE = (0.8, 5)
#: … a line without letters
_FIGURES = (0.8, 3)
#: a line that ends like a sentence and has so many words may be one of a text
_SENTENCE_WORDS = 3
_STOPS = frozenset(".!?…。！？।؟")
_CLOSING = "\"'”“’‘»«›‹)]}"
#: … and any line that the cleaner, knowing nothing of the site, keeps so often, asked about so many pages
_BELIEVED = (0.8, 3)
_OFTEN_KEPT, _ASKED_PAGES = 0.25, 2
#: a line is outside the text, or inside, if so much of its occurrences are
_MOSTLY = 0.8
#: a line of other words than the text's, seen outside of it on so many pages, needs no share of all: it belongs to a part of the site
_PART = (0.05, 6)
#: what stands on a page more often than this is an entry's label in a list
_PER_PAGE = 3.0
_ROUNDS = 3
#: days are looked at where so many are known, for so much of the pages
_DAYS, _DAYS_KNOWN = 3, 0.5
#: a longer example says no more
_EXAMPLE_LENGTH = 160


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """Where a line stands."""

    page: int
    line: int


class Candidate(msgspec.Struct, frozen=True):
    """A line that several pages have."""

    shape: str
    #: pages that have it
    seen: int
    #: the share of the site's pages that have it, or of its days, if that is less
    share: float
    where: Where
    #: whether it ends like a sentence and is as long as one
    is_sentence: bool
    #: whether it has too few words of the site's texts to be one of theirs
    is_strange: bool
    occurrences: tuple[Occurrence, ...]
    #: how often the cleaner keeps it that knows nothing of the site, of all it was asked about; None where these are too few
    kept: float | None


class Template(msgspec.Struct, frozen=True):
    """A line, or a frame of lines, that belongs to the site."""

    #: shape or frame
    shape: str
    seen: int
    where: Where
    examples: tuple[str, ...]
    #: words of the longest line that a frame was seen in
    max_words: int | None = None
    #: the element that all of them lay in; None where there is none
    path: str | None = None


def find_candidates(sample: Sample) -> dict[str, Candidate]:
    """The lines that more than one page has, by shape."""
    places: dict[str, list[Occurrence]] = defaultdict(list)
    for number, page in enumerate(sample.lines):
        for at, shape in enumerate(page.shapes):
            if sample.seen[shape] > 1:
                places[shape].append(Occurrence(number, at))
    days = {page.day for page in sample.lines if page.day}
    dated = sum(page.day is not None for page in sample.lines)
    use_days = len(days) >= _DAYS and dated >= _DAYS_KNOWN * len(sample.lines)
    return {shape: _candidate(sample, shape, occurrences, len(days) if use_days else 0) for shape, occurrences in places.items()}


def _candidate(sample: Sample, shape: str, occurrences: list[Occurrence], days: int) -> Candidate:
    zones = Counter(zone(sample, place) for place in occurrences)
    sentences = sum(sample.lines[place.page].texts[place.line].rstrip(_CLOSING)[-1:] in _STOPS for place in occurrences)
    share = sample.seen[shape] / len(sample.lines)
    if days:
        own = {sample.lines[place.page].day for place in occurrences}
        share = min(share, len(own - {None}) / days) if own != {None} else share
    return Candidate(
        shape,
        sample.seen[shape],
        share,
        _mostly(zones),
        len(words_of(shape)) >= _SENTENCE_WORDS and 2 * sentences > len(occurrences),
        is_strange(shape, sample.vocabulary),
        tuple(occurrences),
        kept_share(sample, occurrences),
    )


def kept_share(sample: Sample, places: Iterable[Occurrence]) -> float | None:
    """How often the cleaner keeps lines, of all it was asked about; None where these stand on too few pages."""
    asked = [(place, views) for place in places if (views := sample.lines[place.page].views) is not None]
    if len({place.page for place, _ in asked}) < _ASKED_PAGES:
        return None
    return sum(views[place.line].kept for place, views in asked) / len(asked)


def is_doubted(kept: float | None, seen: int, share: float) -> bool:
    """Whether a line is content to the cleaner, and not on so many of the pages that it is the site's all the same."""
    least, pages = _BELIEVED
    return kept is not None and kept >= _OFTEN_KEPT and (seen < pages or share < least)


def zone(sample: Sample, place: Occurrence) -> Where:
    """Where a line stands: before, between or after its page's real paragraphs; `any` on a page without such."""
    first, last = sample.bodies[place.page]
    if first == last:
        return "any"
    return "start" if place.line < first else "end" if place.line >= last else "inside"


def _mostly(zones: Mapping[Where, int]) -> Where:
    total = sum(count for where, count in zones.items() if where != "any")
    for where in ("start", "inside", "end"):
        if total and zones.get(where, 0) >= _MOSTLY * total:
            return where
    return "any"


def find_templates(sample: Sample, candidates: Mapping[str, Candidate], known: Mapping[str, str]) -> list[Template]:
    """The lines among the candidates that are the site's own, sorted by shape.

    Parameters: `known` has the label of each line that the rules know for residue.
    """
    accepted: set[str] = set()
    for _ in range(_ROUNDS):
        fresh = {
            shape
            for shape, candidate in candidates.items()
            if shape not in accepted and _is_template(sample, candidate, shape in known, accepted)
        }
        if not fresh:
            break
        accepted |= fresh
    return [_template(sample, candidates[shape]) for shape in sorted(accepted)]


def _is_template(sample: Sample, candidate: Candidate, is_residue: bool, accepted: set[str]) -> bool:
    if not any(map(str.isalpha, candidate.shape)):
        return _enough(candidate, _FIGURES) and candidate.where != "inside"
    if is_doubted(candidate.kept, candidate.seen, candidate.share):
        return False
    sheltered = _sheltered(sample, candidate, accepted)
    is_foreign = is_residue or candidate.is_strange
    if not is_foreign and len(candidate.occurrences) > _PER_PAGE * candidate.seen:
        return False
    if candidate.is_sentence and not is_foreign:
        return _enough(candidate, _SHELTERED_SENTENCE if sheltered else _SENTENCE)
    outside = candidate.where in ("start", "end")
    if outside and is_foreign and _enough(candidate, _PART):
        return True
    return _enough(candidate, _OUTSIDE if outside or sheltered else _STRANGE_INSIDE if is_foreign else _INSIDE)


def _enough(candidate: Candidate, needed: tuple[float, int]) -> bool:
    share, pages = needed
    return candidate.seen >= pages and candidate.share >= share


def _sheltered(sample: Sample, candidate: Candidate, accepted: set[str]) -> bool:
    """Whether template lines stand between the text and most of its occurrences, or on both sides of them."""
    if not accepted:
        return False
    count = sum(_is_sheltered(sample, place, accepted) for place in candidate.occurrences)
    beside: Counter[str] = Counter()
    for place in candidate.occurrences:
        shapes = sample.lines[place.page].shapes
        beside.update(accepted.intersection(shapes[max(0, place.line - 1) : place.line + 2]))
    beside.pop(candidate.shape, None)
    # A line that always stands beside the same template line is of one box with it.
    return max(count, beside.most_common(1)[0][1] if beside else 0) >= _MOSTLY * len(candidate.occurrences)


def _is_sheltered(sample: Sample, place: Occurrence, accepted: set[str]) -> bool:
    shapes = sample.lines[place.page].shapes
    where = zone(sample, place)
    before = place.line > 0 and shapes[place.line - 1] in accepted
    after = place.line + 1 < len(shapes) and shapes[place.line + 1] in accepted
    if where == "start":
        return after
    if where == "end":
        return before
    return before and after


def _template(sample: Sample, candidate: Candidate) -> Template:
    bound = not any(map(str.isalpha, candidate.shape))
    texts = {sample.lines[place.page].texts[place.line] for place in candidate.occurrences}
    where = candidate.where if bound else "any"
    return Template(candidate.shape, candidate.seen, where, examples(texts), path=element_of(sample, candidate.occurrences))


def element_of(sample: Sample, places: Iterable[Occurrence]) -> str | None:
    """The innermost element that lines lie in, their own elements aside; None for texts, and where only the page itself holds them all.

    A menu names what other pages are about: there the same line is no menu's.
    """
    common: list[str] | None = None
    for place in places:
        paths = sample.lines[place.page].paths
        around = containers(paths[place.line])[:-1] if paths else []
        common = around if common is None else [path for path, other in zip(common, around, strict=False) if path == other]
        if not common:
            return None
    return common[-1] if common else None


def examples(texts: set[str]) -> tuple[str, ...]:
    """The first two of some lines, in the order of their characters."""
    return tuple(text[:_EXAMPLE_LENGTH] for text in sorted(texts)[:EXAMPLES])
