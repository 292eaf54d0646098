"""Verdicts to spans that tile the source: the one place where conflicts settle, and where white space is dealt with."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Sequence
from operator import attrgetter

import msgspec

from cleaner.kernel import COMPILED
from cleaner.load.labels import labels
from cleaner.load.rules import PRECISE
from cleaner.values import SPACE, Block, Document, Role, Span, Verdict

if COMPILED:
    from cleaner.kernel.tiling import Tiler

#: the judge with the lower number is believed
_RANK = {"reviewed": 0, "site": 1, "rule": 2, "duplicate": 3, "extractor": 4, "model": 5, "weak rule": 6, "structure": 7}
#: a removal before one of these takes the space before it along
_CLOSING = ".,;:!?)]}»“”…"
#: reasons whose rank is remembered: there is one for each rule
_MOST_REASONS = 4_096
#: how strongly the commonest white space separates
_STRENGTH = {"": 0, " ": 1, "\n": 2, "\n\n": 3}
#: how sure the pipeline is of a block that nobody spoke against
_DEFAULT_SCORE = 0.9
_END = attrgetter("end")


class _Piece(msgspec.Struct, gc=False):
    """A run without white space at its ends, on its way to a span."""

    start: int
    end: int
    label: str
    kept: bool
    reason: str
    score: float
    role: Role


def decide(document: Document, verdicts: Iterable[Verdict], removed_labels: frozenset[str]) -> tuple[Span, ...]:
    """The spans of a document.

    Parameters: `verdicts` are on whole blocks or on parts of them; `removed_labels` are the labels that go.
    Returns spans that cover the source without gap or overlap.
    """
    if not COMPILED or not document.blocks:
        return plain_decide(document, verdicts, removed_labels)
    blocks, tiler = document.blocks, _tiler()
    chosen, rivals, parts = tiler.settle(blocks, list(verdicts))
    for at, verdict in rivals:
        known = chosen[at]
        if known is not None and _worth(verdict) < _worth(known):
            chosen[at] = verdict
    return tiler.tile(document.source, blocks, chosen, _cut(document, chosen, parts, removed_labels), removed_labels, _rounded)


def plain_decide(document: Document, verdicts: Iterable[Verdict], removed_labels: frozenset[str]) -> tuple[Span, ...]:
    """`decide`, in Python."""
    whole: dict[int, Verdict] = {}
    parts: list[Verdict] = []
    ends = {block.start: block.end for block in document.blocks}
    for verdict in verdicts:
        start = verdict.start
        if ends.get(start) != verdict.end:
            parts.append(verdict)
        elif start not in whole or _worth(verdict) < _worth(whole[start]):
            whole[start] = verdict
    _sort(parts)
    return plain_tile(document.source, _pieces(document, whole, parts, removed_labels))


def overlaid(source: str, spans: Iterable[Span], verdicts: Sequence[Verdict], removed_labels: frozenset[str]) -> tuple[Span, ...]:
    """The spans of a document with verdicts laid over them that nothing outranks: reviewers' decisions.

    Parameters: `spans` tile the source; `verdicts` are sorted, do not overlap, and may lie over any number of blocks.
    Returns spans that tile the source, with its white space dealt with anew.
    """
    pieces: list[_Piece] = []
    at = 0
    for span in spans:
        bare = _stripped(source, span.start, span.end)
        if bare is None:
            continue
        piece = _Piece(*bare, span.label, span.kept, span.reason, span.score, span.role)
        while at < len(verdicts) and verdicts[at].end <= piece.start:
            at += 1
        _add_cut(pieces, source, piece, verdicts, at, removed_labels)
    return _tile(source, pieces)


def _add_cut(
    pieces: list[_Piece], source: str, piece: _Piece, verdicts: Sequence[Verdict], at: int, removed_labels: frozenset[str]
) -> None:
    """A piece, cut where verdicts lie over it."""
    start = piece.start
    while at < len(verdicts) and verdicts[at].start < piece.end:
        verdict = verdicts[at]
        rest = _stripped(source, start, verdict.start) if start < verdict.start else None
        if rest:
            pieces.append(_Piece(*rest, piece.label, piece.kept, piece.reason, piece.score, piece.role))
        inside = _stripped(source, max(start, verdict.start), min(piece.end, verdict.end))
        if inside:
            taken = _Piece(*inside, verdict.label, verdict.label not in removed_labels, verdict.reason, round(verdict.score, 4), piece.role)
            last = pieces[-1] if pieces else None
            if (
                last is not None
                and last.start >= verdict.start
                and last.reason == verdict.reason
                and _strength(source[last.end : inside[0]]) < 2
            ):
                last.end = inside[1]  # one decision on several spans of a line is one span
            else:
                pieces.append(taken)
        start = max(start, min(piece.end, verdict.end))
        at += 1
    rest = _stripped(source, start, piece.end)
    if rest:
        pieces.append(_Piece(*rest, piece.label, piece.kept, piece.reason, piece.score, piece.role))


def _sort(parts: list[Verdict]) -> None:
    if len(parts) > 1:
        parts.sort(key=lambda verdict: (verdict.start, _worth(verdict)))


def _worth(verdict: Verdict) -> tuple[int, float]:
    return (_rank(verdict.reason, verdict.score >= PRECISE), -verdict.score)


#: scores are few: rules' own, and the structure's
_rounded = functools.lru_cache(maxsize=_MOST_REASONS)(functools.partial(round, ndigits=4))


@functools.lru_cache(maxsize=_MOST_REASONS)
def _rank(reason: str, is_precise: bool) -> int:
    judge = reason.partition(":")[0]
    return _RANK["weak rule" if judge == "rule" and not is_precise else judge]


@functools.cache
def _content_labels() -> frozenset[str]:
    return frozenset([name for name, label in labels().items() if label.content])


def _pieces(document: Document, whole: dict[int, Verdict], parts: Sequence[Verdict], removed_labels: frozenset[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    add, verdict_at = pieces.append, whole.get
    at, count = 0, len(parts)
    for block in document.blocks:
        start, end = block.start, block.end
        verdict = verdict_at(start)
        inside: Sequence[Verdict] = ()
        if at < count and parts[at].start < end:
            first = at
            while at < count and parts[at].start < end:
                at += 1
            inside = _inside(block, verdict, parts[first:at], removed_labels)
        if inside:
            pieces += _parts(document.source, block, verdict, inside, removed_labels)
        elif verdict is None:
            add(_Piece(start, end, "body", True, "default", _DEFAULT_SCORE, block.role))
        else:
            label = verdict.label
            add(_Piece(start, end, label, label not in removed_labels, verdict.reason, _rounded(verdict.score), block.role))
    return pieces


def _cut(
    document: Document, chosen: Sequence[Verdict | None], parts: list[Verdict], removed_labels: frozenset[str]
) -> dict[int, list[_Piece]]:
    """The pieces of blocks of which parts have a label of their own, by the block's number; `chosen` has each block's verdict."""
    _sort(parts)
    blocks = document.blocks
    cut: dict[int, list[_Piece]] = {}
    at, count = 0, len(parts)
    while at < count:
        number = bisect.bisect_right(blocks, parts[at].start, key=_END)
        if number == len(blocks):
            break
        first, block, verdict = at, blocks[number], chosen[number]
        while at < count and parts[at].start < block.end:
            at += 1
        inside = _inside(block, verdict, parts[first:at], removed_labels)
        if inside:
            cut[number] = _parts(document.source, block, verdict, inside, removed_labels)
    return cut


def _inside(block: Block, verdict: Verdict | None, parts: Sequence[Verdict], removed_labels: frozenset[str]) -> Sequence[Verdict]:
    """Which of these verdicts on parts of a block are heard beside the one on all of it."""
    # Residue is whole also where it is to stay: a caption with the credit in it.
    if verdict is None or (verdict.label not in removed_labels and verdict.label in _content_labels()):
        return [part for part in parts if part.start >= block.start and part.end <= block.end]
    return ()


def _parts(source: str, block: Block, verdict: Verdict | None, inside: Sequence[Verdict], removed_labels: frozenset[str]) -> list[_Piece]:
    """The pieces of a block of which parts have a label of their own."""
    label, reason, score = (
        ("body", "default", _DEFAULT_SCORE) if verdict is None else (verdict.label, verdict.reason, round(verdict.score, 4))
    )
    pieces: list[_Piece] = []
    at = block.start
    for part in inside:
        if part.start < at:
            continue
        rest = _stripped(source, at, part.start)
        if rest:
            pieces.append(_Piece(*rest, label, True, reason, score, block.role))
        pieces.append(
            _Piece(part.start, part.end, part.label, part.label not in removed_labels, part.reason, round(part.score, 4), block.role)
        )
        at = part.end
    rest = _stripped(source, at, block.end)
    if rest:
        pieces.append(_Piece(*rest, label, True, reason, score, block.role))
    if any(piece.kept and any(map(str.isalnum, source[piece.start : piece.end])) for piece in pieces):
        return pieces
    longest = max((piece for piece in pieces if not piece.kept), key=lambda piece: piece.end - piece.start, default=None)
    if longest is None:
        return pieces
    return [_Piece(block.start, block.end, longest.label, False, longest.reason, longest.score, block.role)]


def _stripped(source: str, start: int, end: int) -> tuple[int, int] | None:
    text = source[start:end]
    bare = text.strip()
    if not bare:
        return None
    start += len(text) - len(text.lstrip())
    return start, start + len(bare)


def _strength(space: str) -> int:
    """How strongly white space separates: nothing, a space, a line break, a blank line."""
    if space in _STRENGTH:
        return _STRENGTH[space]
    breaks = sum(map(space.count, "\n\r\x0b\x0c\x85\u2028\u2029")) - space.count("\r\n")
    return 1 + min(2, breaks)


def _tile(source: str, pieces: list[_Piece]) -> tuple[Span, ...]:
    """Spans for the pieces and for the white space between them.

    White space beside a removal goes, but for the strongest run between two kept pieces; of equals the first stays.
    """
    if not COMPILED or not pieces:
        return plain_tile(source, pieces)
    return _tiler().tiles(source, pieces)


@functools.cache
def _tiler() -> Tiler[Block, Verdict, Span]:
    return Tiler(Block, Verdict, Span, _CLOSING, SPACE, "body", _DEFAULT_SCORE)


def plain_tile(source: str, pieces: Sequence[_Piece]) -> tuple[Span, ...]:
    """`_tile`, in Python."""
    spans: list[Span] = []
    count = len(pieces)
    start = 0
    while start < count:
        if pieces[start].kept:
            piece = pieces[start]
            after = pieces[start + 1] if start + 1 < count else None
            end = after.start if after is not None and after.kept else piece.end if after is not None else len(source)
            _add(spans, piece.start if spans else 0, end, piece)
            start += 1
            continue
        stop = start
        while stop < count and not pieces[stop].kept:
            stop += 1
        _add_removals(spans, source, pieces, start, stop)
        start = stop
    if not spans and source:
        spans.append(Span(start=0, end=len(source), label="body", kept=True, reason="default", score=_DEFAULT_SCORE))
    return tuple(spans)


def _add_removals(spans: list[Span], source: str, pieces: Sequence[_Piece], start: int, stop: int) -> None:
    """Spans for a run of removals and the white space around and between them."""
    before = pieces[start - 1] if start else None
    after = pieces[stop] if stop < len(pieces) else None
    edges = [before.end if before else 0]
    for piece in pieces[start:stop]:
        edges += [piece.start, piece.end]
    edges.append(after.start if after else len(source))
    gaps = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    kept_gap: tuple[int, int] | None = None
    if before is not None and after is not None:
        strengths = [_strength(source[low:high]) for low, high in gaps]
        best = max(strengths)
        if best and not (best == 1 and source[after.start] in _CLOSING):
            kept_gap = gaps[strengths.index(best)]
    elif before is not None and source.endswith(("\n", "\r")) and gaps[-1][0] < gaps[-1][1]:
        kept_gap = (len(source) - (2 if source.endswith("\r\n") else 1), len(source))
    for number, (low, high) in enumerate(gaps):
        if before is not None and kept_gap is not None and low <= kept_gap[0] < high:
            if low < kept_gap[0]:
                spans.append(Span(start=low, end=kept_gap[0], label=SPACE, kept=False, reason="default", score=1.0))
            if spans and spans[-1].kept:
                spans[-1] = msgspec.structs.replace(spans[-1], end=kept_gap[1])
            else:
                _add(spans, kept_gap[0], kept_gap[1], before)
        elif low < high:
            spans.append(Span(start=low, end=high, label=SPACE, kept=False, reason="default", score=1.0))
        if number < stop - start:
            piece = pieces[start + number]
            _add(spans, piece.start, piece.end, piece)


def _add(spans: list[Span], start: int, end: int, piece: _Piece) -> None:
    spans.append(
        Span(
            start=start,
            end=end,
            label=piece.label,
            kept=piece.kept,
            reason=piece.reason,
            score=piece.score,
            role=piece.role,
        )
    )
