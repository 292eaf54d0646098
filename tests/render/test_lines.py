from __future__ import annotations

import re

from hypothesis import given

from cleaner.render.folding import Fold, folded
from cleaner.render.lines import lines_of
from cleaner.values import Result
from tests.render.build import ARTICLE, result, results


def test_states() -> None:
    lines = list(lines_of(result(ARTICLE)))
    assert [line.state for line in lines] == ["removed", "removed", "mixed", "kept", "removed", "kept", "removed"]
    assert lines[2].kept == "Der Steg über die Tall wird am Montag abgerissen. Er war beliebt."
    assert [span.label for span in lines[2].removals] == ["photo_credit"]


def test_a_removal_over_two_lines_is_in_both() -> None:
    lines = list(lines_of(result("⟦caption:Der Steg\r\nam Abend⟧")))
    assert [line.source for line in lines] == ["Der Steg", "am Abend"]
    assert lines[0].removals == lines[1].removals


@given(results)
def test_the_lines_are_the_source(made: Result) -> None:
    ends = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
    expected = ends.split(made.source)
    if expected[-1] == "":
        expected.pop()
    assert [line.source for line in lines_of(made)] == expected


def _shape(marked: str) -> list[str]:
    return [str(row) if isinstance(row, Fold) else row.source for row in folded(lines_of(result(marked)))]


def test_long_stretches_fold_to_their_ends() -> None:
    kept = "".join(f"Absatz {number}.\n" for number in range(1, 8))
    assert _shape(f"⟦share:Teilen⟧\n{kept}⟦share:Drucken⟧") == ["Teilen", "Absatz 1.", "5 paragraphs kept", "Absatz 7.", "Drucken"]


def test_nothing_is_shown_on_the_outer_side_of_a_stretch() -> None:
    kept = "".join(f"Absatz {number}.\n" for number in range(1, 8))
    assert _shape(kept) == ["7 paragraphs kept"]
    assert _shape(f"{kept}⟦share:Teilen⟧") == ["6 paragraphs kept", "Absatz 7.", "Teilen"]
    assert _shape(f"⟦share:Teilen⟧\n{kept}") == ["Teilen", "Absatz 1.", "6 paragraphs kept"]


def test_short_stretches_do_not_fold() -> None:
    assert _shape("⟦share:Teilen⟧\nA.\nB.\nC.\nD.\n⟦share:Drucken⟧") == ["Teilen", "A.", "B.", "C.", "D.", "Drucken"]
