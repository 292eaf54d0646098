"""Decisions as labelled documents, and what a model learns from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import InputError
from cleaner.learning.decisions import DECIDED_WEIGHT, load_examples
from cleaner.load.decisions import Decision
from tests.decisions import SOURCE, decision, write

_CREDIT = decision("(Bild: Grete Holl)", label="photo_credit", scope="identical")
_TIP = decision("Lesetipp der Woche", nth=1)
_STAYS = decision("Am Montag beginnen die Arbeiten, und bis zum Herbst soll das Tor wieder schließen.", "keep", "body")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What was reviewed; a line has come since."""
    (tmp_path / "oberau").mkdir()
    (tmp_path / "oberau" / "schleuse.txt").write_text(f"Anzeige\n{SOURCE}", encoding="utf-8")
    return tmp_path


def test_decided_lines_are_labelled_and_of_the_others_nothing_is_known(folder: Path) -> None:
    gone = decision("Wochenblatt Oberau", label="section", id="oberau/weg.txt")
    examples = load_examples([write(folder / "decisions.jsonl", _CREDIT, _STAYS, _TIP, gone)])
    (document,) = examples.documents
    assert (document.id, document.site, document.weight) == ("oberau/schleuse.txt", "oberau", DECIDED_WEIGHT)
    assert document.lines == ("Anzeige", *SOURCE.splitlines())
    # The credit is the smaller part of its line.
    assert document.labels == ("", "", "", "", "", "body", "promotion")
    assert examples.missing == ("oberau/weg.txt",)


def test_files_of_several_reviewers_beside_each_other(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("ben")
    mine, theirs = write(folder / "anna.jsonl", _STAYS), write(elsewhere / "ben.jsonl", _TIP)
    one, other = load_examples([mine, theirs], folder, weight=2.0), load_examples([theirs, mine], folder, weight=2.0)
    assert one == other
    assert [label for label in one.documents[0].labels if label] == ["body", "promotion"]
    assert one.documents[0].weight == 2.0
    assert load_examples([theirs]).documents == ()
    with pytest.raises(InputError, match="is no folder"):
        load_examples([mine], folder / "gone")


def test_the_later_decision_on_a_line_is_its_label(folder: Path) -> None:
    changed = decision("Lesetipp der Woche", label="related_link", nth=1)
    for order in ([_TIP, changed], [changed, _TIP]):
        (document,) = load_examples([write(folder / "decisions.jsonl", *order)]).documents
        assert document.labels[-1] == "related_link"


def test_a_page_is_labelled_by_its_blocks(tmp_path: Path) -> None:
    paragraph = "Der Rat von Oberau hat am Dienstag beschlossen, die alte Schleuse zu erhalten, weil sie dicht ist."
    page = f"<html><body><article><h1>Schleuse</h1><p>{paragraph}</p><p>Lesetipp der Woche</p></article></body></html>"
    (tmp_path / "schleuse.html").write_text(page, encoding="utf-8")
    source = f"Schleuse\n\n{paragraph}\n\nLesetipp der Woche"
    decided: list[Decision] = [decision("Lesetipp der Woche", source=source, id="schleuse.html")]
    (document,) = load_examples([write(tmp_path / "decisions.jsonl", *decided)]).documents
    assert (document.site, document.lines[1:], document.labels) == (
        "schleuse.html",
        (paragraph, "Lesetipp der Woche"),
        ("", "", "promotion"),
    )
