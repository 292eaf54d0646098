"""What one cleaned document is worth, beside its labels: words kept, residue removed, names and scores that are right.

Words are runs of letters and digits; in Chinese and Japanese script every character is one. All counts are by position in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.learning.documents import CONTENT, RESIDUE, UNKNOWN, Labelled, is_content
from cleaner.load.labels import labels
from cleaner.values import SPACE, Span

#: what is known of a document: every line's label; which lines stay and which go; that all of it is an article's body
Kind: TypeAlias = Literal["labels", "content and residue", "body alone"]
KINDS: tuple[Kind, ...] = ("labels", "content and residue", "body alone")

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
#: more than this share of its characters makes a line or a span removed, or residue
_HALF = 0.5

Flags: TypeAlias = npt.NDArray[np.bool_]


class Tally(msgspec.Struct, frozen=True, gc=False):
    """What became of a document's residue lines of one label."""

    lines: int = 0
    removed: int = 0
    #: of the removed: under their own label
    right: int = 0
    #: of the removed: under their own label, or one of its group
    near: int = 0


class Removal(msgspec.Struct, frozen=True, gc=False):
    """A removed span, and whether it should have been."""

    #: what its reason begins with: `rule`, `model`, `structure` …
    judge: str
    score: float
    #: whether most of it is residue
    is_residue: bool
    #: whether most of it has this label; None where only `residue` is known
    is_named: bool | None


class DocumentScore(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one document."""

    id: str
    language: str | None
    kind: Kind
    #: share of the kept words that are content; of content words that are kept; their harmonic mean
    precision: float
    recall: float
    f1: float
    #: words of content removed, words of residue kept
    words_lost: int
    words_left: int
    content_lines: int
    content_lines_lost: int
    #: label of the residue (`residue` where no more is known) -> what became of its lines
    tallies: dict[str, Tally]
    #: residue inside lines: how much there is, and how much of it was removed
    spans_seen: int
    spans_found: int
    #: removals inside lines that are kept: those of residue, and those of content
    spans_right: int
    spans_wrong: int
    removals: tuple[Removal, ...]


def source_of(document: Labelled) -> str:
    """The text that is cleaned."""
    return "\n".join(document.lines)


def kind_of(document: Labelled) -> Kind:
    """What is known of a document."""
    found = set(document.labels) - {UNKNOWN}
    if found - {CONTENT, RESIDUE}:
        return "labels"
    return "content and residue" if RESIDUE in found else "body alone"


def measure(document: Labelled, spans: Sequence[Span]) -> DocumentScore:
    """Compares what was made of a document with its labels.

    Parameters: `spans` tile `source_of(document)`.
    """
    source = source_of(document)
    truth = _Truth(document, source)
    kept = _kept(source, spans)
    starts = np.fromiter((found.start() for found in _WORD.finditer(source)), dtype=np.int64)
    starts = starts[~truth.is_open[starts]]
    stays, is_kept = truth.stays[starts], kept[starts]
    hit, left, lost = int((stays & is_kept).sum()), int((~stays & is_kept).sum()), int((stays & ~is_kept).sum())
    precision = hit / (hit + left) if hit + left else float(not lost)
    recall = hit / (hit + lost) if hit + lost else 1.0
    content_lines, content_lines_lost, tallies = _lines(document, truth, kept, spans)
    seen, found = _spans_found(document, truth, kept)
    right, wrong = _spans_removed(source, truth, kept, spans)
    return DocumentScore(
        id=document.id,
        language=document.language,
        kind=kind_of(document),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        words_lost=lost,
        words_left=left,
        content_lines=content_lines,
        content_lines_lost=content_lines_lost,
        tallies=tallies,
        spans_seen=seen,
        spans_found=found,
        spans_right=right,
        spans_wrong=wrong,
        removals=tuple(_removals(truth, spans)),
    )


def wrong_lines(document: Labelled, spans: Sequence[Span]) -> dict[str, list[tuple[str, str]]]:
    """The lines that are `lost` and those that are `left`, each with its label."""
    source = source_of(document)
    truth = _Truth(document, source)
    kept = _kept(source, spans)
    wrong: dict[str, list[tuple[str, str]]] = {"lost": [], "left": []}
    for number, (line, label) in enumerate(zip(document.lines, document.labels, strict=True)):
        start, end = truth.line_place(document, number)
        if label != UNKNOWN and line.strip() and _is_gone(truth, kept, start, end) is is_content(label):
            wrong["lost" if is_content(label) else "left"].append((line, label))
    return wrong


class _Truth:
    """What the labels say of every character of a document."""

    def __init__(self, document: Labelled, source: str) -> None:
        count = len(source)
        #: content
        self.stays = np.zeros(count, dtype=np.bool_)
        #: either is right: nothing is known of it, or it is content that one may leave out, such as a dateline
        self.is_open = np.zeros(count, dtype=np.bool_)
        self.is_known = np.zeros(count, dtype=np.bool_)
        #: numbers of the labels in `names`
        self.label = np.zeros(count, dtype=np.int16)
        self.names = [UNKNOWN, CONTENT, RESIDUE, *labels()]
        self.starts: list[int] = []
        numbers = {name: number for number, name in enumerate(self.names)}
        at = 0
        for line, label in zip(document.lines, document.labels, strict=True):
            self.starts.append(at)
            place = slice(at, at + len(line))
            self.stays[place] = is_content(label)
            self.is_known[place] = label != UNKNOWN
            self.is_open[place] = label == UNKNOWN
            self.label[place] = numbers[label]
            at += len(line) + 1
        for number, start, end, label in document.spans:
            place = slice(self.starts[number] + start, self.starts[number] + end)
            self.label[place] = numbers[label]
            if is_content(label):
                self.is_open[place] = True
            else:
                self.stays[place] = False
        self.is_word = np.fromiter(map(str.isalnum, source), dtype=np.bool_, count=count)
        self.is_space = np.fromiter(map(str.isspace, source), dtype=np.bool_, count=count)

    def line_place(self, document: Labelled, number: int) -> tuple[int, int]:
        """Start and end of a line in the source."""
        return self.starts[number], self.starts[number] + len(document.lines[number])


def _kept(source: str, spans: Sequence[Span]) -> Flags:
    kept = np.zeros(len(source), dtype=np.bool_)
    for span in spans:
        kept[span.start : span.end] = span.kept
    return kept


def _is_gone(truth: _Truth, kept: Flags, start: int, end: int) -> bool:
    """Whether most of what can be seen between two places was removed."""
    solid = ~truth.is_space[start:end]
    return int((solid & ~kept[start:end]).sum()) > _HALF * int(solid.sum())


def _lines(document: Labelled, truth: _Truth, kept: Flags, spans: Sequence[Span]) -> tuple[int, int, dict[str, Tally]]:
    """Lines of content, those of them that are lost, and the tallies of the others."""
    content = lost = 0
    tallies: dict[str, Tally] = {}
    first = 0
    for number, label in enumerate(document.labels):
        start, end = truth.line_place(document, number)
        while first < len(spans) and spans[first].end <= start:
            first += 1
        if label == UNKNOWN or truth.is_space[start:end].all():
            continue
        is_gone = _is_gone(truth, kept, start, end)
        if is_content(label):
            content += 1
            lost += is_gone
            continue
        name = _name(truth, spans, first, start, end)
        own = tallies.get(label, Tally())
        is_known = is_gone and label != RESIDUE
        tallies[label] = Tally(
            own.lines + 1, own.removed + is_gone, own.right + (is_known and name == label), own.near + (is_known and _are_near(name, label))
        )
    return content, lost, tallies


def _name(truth: _Truth, spans: Sequence[Span], first: int, start: int, end: int) -> str:
    """The label that most characters between two places got; of equals the first."""
    counts: dict[str, int] = {}
    for place in range(first, len(spans)):
        span = spans[place]
        if span.start >= end:
            break
        count = int((~truth.is_space[max(span.start, start) : min(span.end, end)]).sum())
        counts[span.label] = counts.get(span.label, 0) + count
    return max(counts, key=counts.__getitem__)


def _are_near(name: str, label: str) -> bool:
    return name == label or (name in labels() and labels()[name].group == labels()[label].group)


def _spans_found(document: Labelled, truth: _Truth, kept: Flags) -> tuple[int, int]:
    seen = found = 0
    for number, start, end, label in document.spans:
        place = slice(truth.starts[number] + start, truth.starts[number] + end)
        count = int(truth.is_word[place].sum())
        if count and not is_content(label):
            seen += 1
            found += int((truth.is_word[place] & ~kept[place]).sum()) > _HALF * count
    return seen, found


def _spans_removed(source: str, truth: _Truth, kept: Flags, spans: Sequence[Span]) -> tuple[int, int]:
    """Removals inside a line whose rest is kept: of residue, and of content."""
    right = wrong = 0
    for span in spans:
        text = source[span.start : span.end].strip()
        if span.kept or not text or "\n" in text:
            continue
        start = source.rfind("\n", 0, span.start + 1) + 1
        end = source.find("\n", span.end)
        rest = slice(start, len(source) if end < 0 else end)
        place = slice(span.start, span.end)
        if not truth.is_known[place].any() or not (kept[rest] & truth.is_word[rest]).any():
            continue
        count = int(truth.is_word[place].sum())
        residue = int((truth.is_word[place] & (~truth.stays[place] | truth.is_open[place])).sum())
        if not count or residue > _HALF * count:
            right += 1
        else:
            wrong += 1
    return right, wrong


def _removals(truth: _Truth, spans: Sequence[Span]) -> Iterator[Removal]:
    for span in spans:
        if span.kept or span.label == SPACE:
            continue
        place = slice(span.start, span.end)
        looked_at = truth.is_word[place] if truth.is_word[place].any() else ~truth.is_space[place]
        known = looked_at & truth.is_known[place]
        count = int(known.sum())
        if not count or count <= _HALF * int(looked_at.sum()):
            continue
        is_residue = int((known & (~truth.stays[place] | truth.is_open[place])).sum()) > _HALF * count
        label = truth.names[int(np.bincount(truth.label[place][known]).argmax())]
        yield Removal(span.reason.partition(":")[0], span.score, is_residue, None if label == RESIDUE else label == span.label)
