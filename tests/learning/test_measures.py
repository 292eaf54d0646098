"""Measures of one document, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.learning.documents import Labelled
from cleaner.learning.measures import DocumentScore, Tally, kind_of, measure, source_of, wrong_lines
from cleaner.load.labels import labels
from cleaner.values import Span

_LINES = ("By Edith Marlowe", "The ferry sails at ten, weather permitting. (dpa)", "Share this", "Photo: Tom Aldous", "Ein Satz.")
_LABELS = ("byline", "body", "share", "photo_credit", "body")
_SPANS = ((1, 44, 49, "agency_credit"),)


def _document(**changes: object) -> Labelled:
    whole: dict[str, object] = {"id": "a", "site": "a.example", "lines": _LINES, "labels": _LABELS, "spans": _SPANS}
    return Labelled(**{**whole, **changes})  # type: ignore[arg-type]


def _score(document: Labelled, *removed: tuple[str, str, float]) -> DocumentScore:
    return measure(document, _spans(source_of(document), *removed))


def _spans(source: str, *removed: tuple[str, str, float]) -> list[Span]:
    """Spans that remove these texts under these labels, with these scores, and keep the rest."""
    spans, at = [], 0
    for text, label, sure in removed:
        start = source.index(text, at)
        if start > at:
            spans.append(Span(start=at, end=start, label="body", kept=True, reason="default", score=0.9))
        at = start + len(text)
        spans.append(Span(start=start, end=at, label=label, kept=False, reason="model", score=sure))
    if at < len(source):
        spans.append(Span(start=at, end=len(source), label="body", kept=True, reason="default", score=0.9))
    return spans


def test_everything_right() -> None:
    score = _score(
        _document(),
        ("By Edith Marlowe", "byline", 0.9),
        ("(dpa)", "agency_credit", 0.9),
        ("Share this", "share", 0.9),
        ("Photo: Tom Aldous", "photo_credit", 0.9),
    )
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert score.tallies == {label: Tally(1, 1, 1, 1) for label in ("byline", "share", "photo_credit")}
    assert (score.spans_seen, score.spans_found, score.spans_right, score.spans_wrong) == (1, 1, 1, 0)
    assert [(removal.is_residue, removal.is_named) for removal in score.removals] == [(True, True)] * 4


def test_near_wrong_and_left() -> None:
    score = _score(
        _document(),
        ("By Edith Marlowe", "timestamp", 0.9),  # near
        ("weather", "media", 0.8),  # content inside a line
        ("Photo: Tom Aldous", "share", 0.7),  # wrong label
        ("Ein Satz.", "legal", 0.6),  # content
    )
    # Content: 7 words of the second line and 2 of the last. Of them 6 are kept, beside dpa, Share and this.
    assert (score.words_lost, score.words_left) == (3, 3)
    assert score.precision == pytest.approx(6 / 9)
    assert score.recall == pytest.approx(6 / 9)
    assert score.tallies == {"byline": Tally(1, 1, 0, 1), "share": Tally(1, 0, 0, 0), "photo_credit": Tally(1, 1, 0, 0)}
    assert (score.content_lines, score.content_lines_lost) == (2, 1)
    assert (score.spans_found, score.spans_right, score.spans_wrong) == (0, 0, 1)
    assert [(removal.is_residue, removal.is_named, removal.score) for removal in score.removals] == [
        (True, False, 0.9),
        (False, False, 0.8),
        (True, False, 0.7),
        (False, False, 0.6),
    ]


def test_what_is_not_known_counts_for_nothing() -> None:
    document = _document(labels=("", "content", "residue", "", "content"), spans=())
    score = _score(document, ("By Edith Marlowe", "byline", 0.9), ("Share this", "share", 0.9))
    assert score.kind == "content and residue"
    assert (score.precision, score.recall) == (1, 1)
    assert score.tallies == {"residue": Tally(1, 1, 0, 0)}
    assert [(removal.is_residue, removal.is_named) for removal in score.removals] == [(True, None)]


def test_a_dateline_may_go_or_stay() -> None:
    document = _document(lines=("BERLIN (dpa) – The ferry sails.",), labels=("body",), spans=((0, 0, 14, "dateline"),))
    for removed in ([], [("BERLIN (dpa) –", "dateline", 0.9)]):
        score = _score(document, *removed)
        assert (score.precision, score.recall) == (1, 1)
        assert (score.spans_seen, score.spans_wrong) == (0, 0)


def test_nothing_kept_and_nothing_to_keep() -> None:
    all_gone = _score(_document(), ("\n".join(_LINES), "navigation", 0.9))
    assert (all_gone.precision, all_gone.recall, all_gone.f1) == (0, 0, 0)
    menu = _document(lines=("Home", "Search"), labels=("navigation", "navigation"), spans=())
    assert _score(menu, ("Home\nSearch", "navigation", 0.9)).f1 == 1
    assert _score(menu).precision == 0


def test_every_sign_of_chinese_script_is_a_word() -> None:
    document = _document(lines=("渡轮十点开船", "分享"), labels=("body", "share"), spans=())
    score = _score(document)
    assert (score.precision, score.words_left) == (6 / 8, 2)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (("body", "share"), "labels"),
        (("content", "share"), "labels"),
        (("content", "residue", ""), "content and residue"),
        (("content", ""), "body alone"),
        (("", ""), "body alone"),
    ],
)
def test_kinds(found: tuple[str, ...], kind: str) -> None:
    assert kind_of(_document(lines=("a",) * len(found), labels=found, spans=())) == kind


def test_wrong_lines_are_listed() -> None:
    document = _document()
    spans = _spans(source_of(document), ("By Edith Marlowe", "byline", 0.9), ("Ein Satz.", "legal", 0.6))
    assert wrong_lines(document, spans) == {
        "lost": [("Ein Satz.", "body")],
        "left": [("Share this", "share"), ("Photo: Tom Aldous", "photo_credit")],
    }


_LINE = st.text(st.characters(exclude_characters="\n"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(_LINE, st.sampled_from(["", "content", "residue", *labels()])), min_size=1, max_size=8), st.data())
def test_any_document_and_any_spans(rows: list[tuple[str, str]], data: st.DataObject) -> None:
    document = _document(lines=tuple(line for line, _ in rows), labels=tuple(label for _, label in rows), spans=())
    length = len(source_of(document))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, length - 1)), max_size=5)) - {length})
    spans = [
        Span(
            start=start, end=end, label=data.draw(st.sampled_from(list(labels()))), kept=data.draw(st.booleans()), reason="model", score=0.5
        )
        for start, end in zip([0, *cuts], [*cuts, length], strict=True)
        if start < end
    ]
    score = measure(document, spans)
    assert 0 <= min(score.precision, score.recall, score.f1) <= max(score.precision, score.recall, score.f1) <= 1
    for tally in score.tallies.values():
        assert tally.right <= tally.near <= tally.removed <= tally.lines
    lines = wrong_lines(document, spans)
    assert len(lines["lost"]) == score.content_lines_lost
    assert len(lines["left"]) == sum(tally.lines - tally.removed for tally in score.tallies.values())
