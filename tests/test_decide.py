"""Verdicts to spans: who is believed, and what becomes of the white space."""

from __future__ import annotations

import re

import pytest

from cleaner.decide import decide
from cleaner.parse.text import parse_text
from cleaner.values import SPACE, Span, Verdict

_REMOVED = frozenset({"share", "caption", "advert", "agency_credit", "duplicate", "media", "headline", SPACE})
_MARK = re.compile("⟦(.*?)⟧", re.DOTALL)


def _decided(marked: str) -> tuple[Span, ...]:
    """The spans of a text in which what stands in `⟦…⟧` was judged residue."""
    source = _MARK.sub(r"\1", marked)
    verdicts = []
    for number, found in enumerate(_MARK.finditer(marked)):
        start = found.start() - 2 * number
        verdicts.append(Verdict(start, start + len(found[1]), "share", "rule:t", 0.9))
    return decide(parse_text(source), verdicts, _REMOVED)


def _body(marked: str) -> str:
    source = _MARK.sub(r"\1", marked)
    return "".join(source[span.start : span.end] for span in _decided(marked) if span.kept)


@pytest.mark.parametrize(
    ("marked", "body"),
    [
        ("Er kam.", "Er kam."),
        (" Er kam. \n\n", " Er kam. \n\n"),
        ("Er kam.\n⟦Teilen⟧\nSie ging.", "Er kam.\nSie ging."),
        ("Er kam.\n\n⟦Teilen⟧\nSie ging.", "Er kam.\n\nSie ging."),
        ("Er kam.\n⟦Teilen⟧\n\nSie ging.", "Er kam.\n\nSie ging."),
        ("Er kam.\n⟦Teilen⟧\n\n⟦Drucken⟧\nSie ging.", "Er kam.\n\nSie ging."),
        ("Er kam.\n\n\n⟦Teilen⟧\n\nSie ging.", "Er kam.\n\n\nSie ging."),
        ("Er kam.\n\n⟦Teilen⟧\n\n\nSie ging.", "Er kam.\n\nSie ging."),
        ("Er kam.\r\n⟦Teilen⟧\r\n\r\nSie ging.", "Er kam.\r\n\r\nSie ging."),
        ("Er kam.\r⟦Teilen⟧\r\rSie ging.", "Er kam.\r\rSie ging."),
        ("Er kam.\u2028⟦Teilen⟧\u2029\u2029Sie ging.", "Er kam.\u2029\u2029Sie ging."),
        ("Er kam.  \n \t\n⟦Teilen⟧\nSie ging.", "Er kam.  \n \t\nSie ging."),
        ("⟦Teilen⟧\n\nEr kam.", "Er kam."),
        ("\n ⟦Teilen⟧\n\n Er kam.\n", "Er kam.\n"),
        ("Er kam.\n\n⟦Teilen⟧", "Er kam."),
        ("Er kam.\n\n⟦Teilen⟧\n", "Er kam.\n"),
        ("Er kam.\n\n⟦Teilen⟧\n\n\n", "Er kam.\n"),
        ("Er kam.\r\n⟦Teilen⟧\r\n", "Er kam.\r\n"),
        ("Er kam.\n⟦Teilen⟧  ", "Er kam."),
        ("Er kam. ⟦(dpa)⟧", "Er kam."),
        ("Er kam. ⟦(dpa)⟧ ⟦(afp)⟧\nSie ging.", "Er kam.\nSie ging."),
        ("⟦date⟧ Er kam.", "Er kam."),
        ("Er ⟦(dpa)⟧ kam.", "Er kam."),
        ("Er kam ⟦(dpa)⟧.", "Er kam."),
        ("Er ⟦(dpa)⟧  kam.", "Er kam."),
        ("Er\u00a0⟦(dpa)⟧ kam.", "Er\u00a0kam."),
        ("(Er kam ⟦dpa⟧)", "(Er kam)"),
        ("Er⟦(dpa)⟧kam.", "Erkam."),
        ("⟦Teilen⟧\n\nEr kam.\n\n⟦Teilen⟧\n\nSie ging.\n\n⟦Teilen⟧\n", "Er kam.\n\nSie ging.\n"),
        ("⟦Teilen⟧", ""),
        ("\n⟦Teilen⟧\n", ""),
    ],
)
def test_the_text_reads_as_if_the_residue_had_never_stood_there(marked: str, body: str) -> None:
    assert _body(marked) == body


def test_spans_name_what_went_and_white_space_between() -> None:
    assert [
        (span.start, span.end, span.label, span.kept, span.reason) for span in _decided("Er kam.\n⟦Teilen⟧\n\n⟦Drucken⟧\nSie ging.")
    ] == [
        (0, 7, "body", True, "default"),
        (7, 8, "space", False, "default"),
        (8, 14, "share", False, "rule:t"),
        (14, 16, "body", True, "default"),
        (16, 23, "share", False, "rule:t"),
        (23, 24, "space", False, "default"),
        (24, 33, "body", True, "default"),
    ]


def test_kept_white_space_belongs_to_the_span_before_it() -> None:
    assert [(span.start, span.end) for span in _decided("Er kam.\n\nSie ging. \n")] == [(0, 9), (9, 20)]


_SOURCE = "Er kam am Abend. (dpa)"


@pytest.mark.parametrize(
    ("verdicts", "label", "reason"),
    [
        ([("share", "rule:a", 0.5), ("media", "structure", 0.99)], "share", "rule:a"),
        ([("media", "structure", 0.99), ("share", "rule:a", 0.5)], "share", "rule:a"),
        ([("share", "rule:a", 0.5), ("media", "rule:b", 0.6)], "media", "rule:b"),
        ([("share", "rule:a", 0.6), ("media", "rule:b", 0.6)], "share", "rule:a"),
        ([("duplicate", "duplicate", 0.5), ("share", "rule:a", 0.9)], "share", "rule:a"),
        ([("duplicate", "duplicate", 0.5), ("share", "rule:a", 0.5)], "duplicate", "duplicate"),
        ([("share", "rule:a", 0.9), ("body", "model", 0.99)], "share", "rule:a"),
        ([("share", "rule:a", 0.85), ("body", "model", 0.6)], "body", "model"),
        ([("body", "reviewed", 1.0), ("share", "rule:a", 0.99)], "body", "reviewed"),
        ([("share", "reviewed", 1.0), ("body", "rule:a", 0.99)], "share", "reviewed"),
        ([("media", "extractor:x", 0.9), ("share", "site:y", 0.5)], "share", "site:y"),
        ([("media", "model", 0.9), ("share", "structure", 0.9)], "media", "model"),
        ([("lead", "structure", 0.7)], "lead", "structure"),
    ],
)
def test_who_is_believed_of_a_whole_block(verdicts: list[tuple[str, str, float]], label: str, reason: str) -> None:
    judged = [Verdict(0, len(_SOURCE), *verdict) for verdict in verdicts]
    [span] = decide(parse_text(_SOURCE), judged, _REMOVED)
    assert (span.start, span.end, span.label, span.reason) == (0, len(_SOURCE), label, reason)
    assert span.kept == (label not in _REMOVED)


def test_a_block_that_goes_takes_its_parts_along() -> None:
    judged = [Verdict(17, 22, "agency_credit", "rule:a", 0.99), Verdict(0, 22, "media", "structure", 0.6)]
    assert [(span.label, span.start, span.end) for span in decide(parse_text(_SOURCE), judged, _REMOVED)] == [("media", 0, 22)]


def test_a_kept_label_splits_off_its_parts() -> None:
    judged = [Verdict(17, 22, "agency_credit", "rule:a", 0.99), Verdict(0, 22, "lead", "structure", 0.71234567)]
    assert [(span.label, span.kept, span.score) for span in decide(parse_text(_SOURCE), judged, _REMOVED)] == [
        ("lead", True, 0.7123),
        ("space", False, 1.0),
        ("agency_credit", False, 0.99),
    ]


def test_of_parts_that_overlap_the_first_stays() -> None:
    judged = [Verdict(3, 6, "share", "rule:a", 0.9), Verdict(4, 12, "media", "rule:b", 0.99)]
    assert [span.label for span in decide(parse_text(_SOURCE), judged, _REMOVED) if not span.kept and span.label != SPACE] == ["share"]


def test_a_part_outside_any_block_is_no_part() -> None:
    source = "Er kam.\n\nSie ging."
    assert all(span.kept for span in decide(parse_text(source), [Verdict(3, 14, "share", "rule:a", 0.9)], _REMOVED))


def test_a_part_with_a_kept_label_is_named_and_stays() -> None:
    source = "TARNWICK (dpa) – Der Steg war alt."
    spans = decide(parse_text(source), [Verdict(0, 16, "dateline", "rule:a", 0.9)], _REMOVED)
    assert [(source[span.start : span.end], span.label, span.kept) for span in spans] == [
        ("TARNWICK (dpa) – ", "dateline", True),
        ("Der Steg war alt.", "body", True),
    ]


@pytest.mark.parametrize(("source", "spans"), [("", 0), (" \n", 1), ("\n\n", 1)])
def test_no_blocks(source: str, spans: int) -> None:
    decided = decide(parse_text(source), [], _REMOVED)
    assert len(decided) == spans
    assert all(span.kept for span in decided)


def test_roles_come_along() -> None:
    assert [span.role for span in decide(parse_text("# Steg\n\n- alt\n\n| a | b |"), [], _REMOVED)] == [
        "heading1",
        "list_item",
        "table_row",
    ]
