from __future__ import annotations

import pytest

from cleaner.render.report import Report
from cleaner.render.risk import risk, word_count
from cleaner.render.sheets import GONE_SPACE, KEPT_MARK, REMOVED, pieces_of
from cleaner.values import Result, Span
from tests.render.build import ARTICLE, result


def _reviewed(text: str, *, kept: bool) -> Result:
    span = Span(start=0, end=len(text), label="body" if kept else "advert", kept=kept, reason="reviewed", score=1.0)
    return Result(text=text if kept else "", source=text, spans=(span,))


def test_documents_beyond_the_cap_are_counted_and_not_shown() -> None:
    report = Report(shown=2)
    for number in range(5):
        report.add(f"{number}.txt", result(ARTICLE))
    assert [row.id for row in report.rows] == ["0.txt", "1.txt"]
    assert len(report.texts) == 2
    assert (report.totals.documents, report.totals.left_out) == (5, 3)
    assert report.totals.marks == 25
    assert set(report.group_documents) == {5}


def test_what_is_shown_has_no_holes() -> None:
    long, short = result("Wort " * 100), result("Wort")
    report = Report(characters=600)
    for number, made in enumerate((long, long, short)):
        report.add(str(number), made)
    assert [row.id for row in report.rows] == ["0"]
    assert report.totals.left_out == 2


def test_a_reviewers_keep_is_a_mark_but_no_removal() -> None:
    report = Report()
    report.add("a", _reviewed("Bleibt stehen.", kept=True))
    report.add("b", _reviewed("Geht fort.", kept=False))
    assert [mark.kind for row in report.rows for mark in row.marks] == [KEPT_MARK, REMOVED]
    assert report.totals.marks == 1
    assert [mark.risk for row in report.rows for mark in row.marks] == [0, 0]


def test_white_space_is_never_a_mark() -> None:
    made = result("Eins.⟦space:\n\n⟧⟦share:Teilen⟧⟦space:\n⟧Zwei.")
    assert [piece.kind for piece in pieces_of(made) if made.source[piece.start : piece.end].isspace()] == [GONE_SPACE, GONE_SPACE]


PROSE = "The ferry will sail at ten from May, the board said, and passengers are asked to book a week before they want to travel."
BUTTON = "Share"
LIST = "Harbour Wall To Be Rebuilt Why Tide Tables Are Printed Blue School Bus Wins Prize"


@pytest.mark.parametrize(
    ("riskier", "safer"),
    [
        ((PROSE, 0.9, 0.1), (BUTTON, 0.9, 0.1)),
        ((PROSE, 0.9, 0.1), (LIST, 0.9, 0.1)),
        ((PROSE, 0.6, 0.1), (PROSE, 0.95, 0.1)),
        ((PROSE, 0.9, 0.9), (PROSE, 0.9, 0.4)),
        ((f"{PROSE} {PROSE}", 0.9, 0.1), (PROSE, 0.9, 0.1)),
        (("渡し船は五月から午前十時に出る。利用者は一週間前までに予約してほしいと町は話している。", 0.9, 0.1), ("共有", 0.9, 0.1)),
    ],
)
def test_risk(riskier: tuple[str, float, float], safer: tuple[str, float, float]) -> None:
    assert 0 <= risk(*safer) < risk(*riskier) <= 1


def test_words_of_scripts_without_spaces() -> None:
    assert word_count("eins zwei") == 2
    assert word_count("共有する") == 1 + 4 // 2
