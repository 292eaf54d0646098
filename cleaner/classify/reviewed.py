"""Verdicts from reviewers' decisions: a decided span is found again, also where the text around it has shifted."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

import msgspec

from cleaner.load.address import host, site_named
from cleaner.load.decisions import Decision, digest_of, landmark, sentences, sound
from cleaner.values import Verdict

#: a document is the one that was decided on where this share of its landmarks stands in it still, and so many of them, or all
_SAME, _FEWEST = 0.5, 2
#: shorter words are found again only beside something that stood beside them before
_SHORT = 20
#: so many characters of that, at least
_BESIDE = 4
#: longer spans are found again to the letter only
_LONGEST_PATTERN = 2_000
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_RANK = {"site": 0, "identical": 1, "document": 2}


class _Place(msgspec.Struct, frozen=True):
    start: int
    end: int


class _Taken:
    """Runs of a source that are taken, joined where they touch."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> list[tuple[int, int]]:
        """Takes a run; returns the parts of it that were free."""
        starts, ends = self._starts, self._ends
        first, last = bisect.bisect_left(ends, start), bisect.bisect_right(starts, end)
        free, at = [], start
        for number in range(first, last):
            if at < starts[number]:
                free.append((at, starts[number]))
            at = max(at, ends[number])
        if at < end:
            free.append((at, end))
        low, high = min([start, *starts[first:last][:1]]), max([end, *ends[first:last][-1:]])
        starts[first:last], ends[first:last] = [low], [high]
        return free


class Reviewed:
    """Decisions, ready to be found in documents.

    Parameters: `decisions` are those that stand, the latest last: where two disagree the later is believed, and one on a document
    before one on all identical spans before one on a site.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._everywhere: list[tuple[int, Decision]] = []
        self._by_document: dict[str, list[tuple[int, Decision]]] = {}
        self._landmarks: dict[str, set[str]] = {}
        #: landmark -> digests of the documents that have it
        self._having: dict[str, list[str]] = {}
        for number, decision in enumerate(decisions):
            self._by_document.setdefault(decision.digest, []).append((number, decision))
            self._landmarks.setdefault(decision.digest, set()).update(decision.landmarks)
            if decision.scope != "document":
                self._everywhere.append((number, decision))
        for digest, marks in self._landmarks.items():
            for mark in marks:
                self._having.setdefault(mark, []).append(digest)

    def __bool__(self) -> bool:
        return bool(self._by_document)

    def verdicts(self, source: str, *, url: str | None = None, site: str | None = None) -> tuple[Verdict, ...]:
        """What the reviewers said of a document: verdicts that do not overlap, sorted.

        Parameters: `source` is the document's source; `site` its site, where that is not, or not only, its address's host.
        """
        known = {host(url), site_named(site) if site else None} - {None}
        found: list[tuple[int, int, _Place, Decision]] = []
        same = self._same_documents(source) if self._by_document else {}
        for digest in same:
            for number, decision in self._by_document[digest]:
                place = _exact(source, decision) if same[digest] else _again(source, decision)
                if place is not None:
                    found.append((_RANK[decision.scope], number, place, decision))
        for number, decision in self._everywhere:
            if decision.scope == "identical" or (decision.site and site_named(decision.site) in known):
                found += [(_RANK[decision.scope], number, place, decision) for place in _all(source, decision)]
        # The strongest first: of each what no stronger one has taken.
        found.sort(key=lambda one: one[:2], reverse=True)
        taken = _Taken()
        verdicts = [
            Verdict(start, end, decision.label, "reviewed", 1.0)
            for _, _, place, decision in found
            for start, end in taken.take(place.start, place.end)
        ]
        return tuple(sorted(verdicts, key=lambda verdict: verdict.start))

    def _enough(self, digest: str) -> float:
        """How many of a document's landmarks it is known by."""
        marks = len(self._landmarks[digest])
        return max(_SAME * marks, min(_FEWEST, marks))

    def _same_documents(self, source: str) -> dict[str, bool]:
        """The decided documents that this is, by digest, and whether it is one to the letter."""
        hits: dict[str, int] = {}
        for mark in set(map(landmark, sentences(source))):
            for digest in self._having.get(mark, ()):
                hits[digest] = hits.get(digest, 0) + 1
        same = {digest: False for digest, count in sorted(hits.items()) if count >= self._enough(digest)}
        own = digest_of(source)
        if own in self._by_document:
            same[own] = True
        return same


def _exact(source: str, decision: Decision) -> _Place | None:
    """Where the decision says. The digest has vouched for the source, but a line that was changed may name another place in it."""
    if sound(source[decision.start : decision.end]) != decision.text:
        return None
    return _Place(decision.start, decision.end)


def _again(source: str, decision: Decision) -> _Place | None:
    """Where the decided words stand now: of several places the one whose surroundings are most like those of then."""
    best: tuple[int, int] | None = None
    chosen: _Place | None = None
    for place in _all(source, decision, loosely=True):
        beside = _alike(source, place, decision)
        if len(decision.text) < _SHORT and beside < _BESIDE and decision.before + decision.after != "":
            continue
        worth = (-beside, abs(place.start - decision.start))
        if best is None or worth < best:
            best, chosen = worth, place
    return chosen


def _all(source: str, decision: Decision, *, loosely: bool = False) -> Iterator[_Place]:
    """Every place with the decided words that begins and ends a line where the decided span did."""
    at_start, at_end = _opens_line(decision.before), _closes_line(decision.after)
    places = list(_literally(source, decision.text))
    if not places and loosely and len(decision.text) <= _LONGEST_PATTERN:
        pattern = r"\s+".join(map(re.escape, decision.text.split()))
        places = [_Place(*found.span()) for found in re.finditer(pattern, source)] if pattern else []
    for place in places:
        before, after = source[max(0, place.start - 200) : place.start], source[place.end : place.end + 200]
        if at_start != _opens_line(before) or at_end != _closes_line(after):
            continue
        if (before[-1:].isalnum() and source[place.start].isalnum()) or (after[:1].isalnum() and source[place.end - 1].isalnum()):
            continue
        yield place


def _literally(source: str, text: str) -> Iterator[_Place]:
    at = source.find(text)
    while at >= 0:
        yield _Place(at, at + len(text))
        at = source.find(text, at + len(text))


def _opens_line(before: str) -> bool:
    bare = before.rstrip(" \t")
    return not bare or bare[-1] in _BREAKS


def _closes_line(after: str) -> bool:
    bare = after.lstrip(" \t")
    return not bare or bare[0] in _BREAKS


def _alike(source: str, place: _Place, decision: Decision) -> int:
    """Characters beside a place that stood beside the decided span too, white space evened."""
    width = 2 * max(len(decision.before), len(decision.after), 1)
    before, after = _evened(source[max(0, place.start - width) : place.start]), _evened(source[place.end : place.end + width])
    return _common(before[::-1], _evened(decision.before)[::-1]) + _common(after, _evened(decision.after))


def _evened(text: str) -> str:
    return " ".join(text.split())


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
