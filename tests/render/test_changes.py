from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.render.changes import add_changes, changes
from cleaner.render.report import Report
from cleaner.render.sheets import GONE_BEFORE
from cleaner.values import Result
from tests.render.build import of_pieces, result

_TEXT = "⟦navigation:Menü⟧⟦space:\n⟧Der Steg wird am Montag abgerissen. Er war beliebt.⟦space:\n⟧⟦share:Teilen⟧\n"


def _said(before: Result, after: Result) -> list[tuple[str, str]]:
    return [(after.source[change.start : change.end], change.label) for change in changes(before, after)]


def test_nothing_changed() -> None:
    assert changes(result(_TEXT), result(_TEXT)) == []


def test_removed_kept_and_relabelled() -> None:
    after = result("Menü\nDer Steg wird am Montag abgerissen. ⟦editorial_note:Er war beliebt.⟧⟦space:\n⟧⟦promotion:Teilen⟧\n")
    assert _said(result(_TEXT), after) == [
        ("Menü", "kept now: navigation"),
        ("Er war beliebt.", "removed now: editorial_note"),
        ("Teilen", "relabelled: share → promotion"),
    ]


def test_white_space_alone_is_no_change() -> None:
    assert _said(result("Eins.⟦space:\n⟧\nZwei.\n"), result("Eins.\n⟦space:\n⟧Zwei.\n")) == []


def test_a_changed_source_is_compared_by_words() -> None:
    before = of_pieces([("Menü\n", "navigation", "paragraph"), ("Der Steg wird abgerissen.\n", "", "paragraph")])
    after = of_pieces(
        [("Neu\n", "navigation", "paragraph"), ("Menü\n\n", "", "paragraph"), ("Der Steg  wird abgerissen.\n", "advert", "paragraph")]
    )
    assert _said(before, after) == [("Menü\n\n", "kept now: navigation"), ("Der Steg  wird abgerissen.\n", "removed now: advert")]


def test_the_report_of_a_comparison_marks_changes_and_greys_what_went_before() -> None:
    before, after = result(_TEXT), result(_TEXT.replace("Er war beliebt.", "⟦media:Er war beliebt.⟧"))
    report = Report(changes=True)
    add_changes(report, "a", "", before, after, changes(before, after))
    (row,) = report.rows
    assert [report.labels[mark.label].name for mark in row.marks] == ["removed now: media"]
    assert report.reasons[row.marks[0].reason] == "body default → media rule:xx-media"
    kinds = [
        (after.source[(0, *(run.end for run in report.texts[0].runs))[at] : run.end], run.kind)
        for at, run in enumerate(report.texts[0].runs)
    ]
    assert ("Menü", GONE_BEFORE) in kinds
    assert "".join(text for text, _ in kinds) == after.source


_CUTS = st.lists(st.sampled_from(["", "share", "advert", "space"]), min_size=6, max_size=6)


@given(_CUTS, _CUTS)
def test_changes_are_what_differs_and_the_report_tiles(first: list[str], second: list[str]) -> None:
    words = ["Eins ", "zwei ", "drei ", " ", "vier ", "fünf"]
    before, after = (
        of_pieces([(word, label, "paragraph") for word, label in zip(words, labels, strict=True)]) for labels in (first, second)
    )
    found = changes(before, after)
    changed = {position for change in found for position in range(change.start, change.end) if after.source[position] != " "}
    at, expected = 0, set()
    for word, one, other in zip(words, first, second, strict=True):
        if bool(one) != bool(other) or (one and other and one != other and "space" not in (one, other)):
            expected |= {position for position in range(at, at + len(word)) if after.source[position] != " "}
        at += len(word)
    assert changed == expected
    report = Report(changes=True)
    add_changes(report, "a", "", before, after, found)
    assert [run.end for run in report.texts[0].runs][-1] == len(after.source)
    assert sum(len(row.marks) for row in report.rows) >= len(found)
