from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.results import Reviewable
from cleaner.errors import InputError
from cleaner.load.decisions import DECISIONS, Scope, Verdict, read_decisions
from cleaner.load.labels import removed_labels
from cleaner.render.sheets import KEPT_MARK, REMOVED
from cleaner.review.desk import Answer, Desk, Known, Request
from cleaner.review.log import DecisionLog
from cleaner.values import Options
from tests.render.build import result
from tests.review.conftest import FERRY as FERRY_TEXT
from tests.review.conftest import documents, open_desk

FERRY, CHESS, OTHER = range(3)


def _say(desk: Desk, number: int, words: str, verdict: Verdict, label: str, scope: Scope = "document") -> Answer:
    start = documents()[number].result.source.index(words)
    return desk.decide(Request(number, start, start + len(words), verdict, label, scope))


def _kept(desk: Desk, number: int) -> str:
    text = desk.text(number)
    starts = [0, *(run.end for run in text.runs)]
    return "".join(text.source[starts[at] : run.end] for at, run in enumerate(text.runs) if run.kind not in (REMOVED,))


def _marks(desk: Desk, number: int) -> list[tuple[str, int]]:
    row = desk.changes(0).rows and dict(desk.changes(0).rows).get(number)
    source = documents()[number].result.source
    return [(source[mark.start : mark.end].rstrip(), mark.kind) for mark in row.marks] if row else []


def test_keep_puts_back_and_is_seen(desk: Desk) -> None:
    answer = _say(desk, FERRY, "Sign up for our letter", "keep", "body")
    assert [number for number, _ in answer.rows] == [FERRY]
    assert ("Sign up for our letter", KEPT_MARK) in _marks(desk, FERRY)
    assert "Sign up for our letter" in _kept(desk, FERRY)
    assert "Sign up for our letter" not in _kept(desk, CHESS)


def test_remove_takes_what_stayed(desk: Desk) -> None:
    _say(desk, FERRY, "It was full.", "remove", "editorial_note")
    assert ("It was full.", REMOVED) in _marks(desk, FERRY)
    assert "It was full" not in _kept(desk, FERRY)


def test_white_space_at_the_ends_of_a_selection_is_not_decided_on(desk: Desk, tmp_path: Path) -> None:
    _say(desk, FERRY, " It was full.\n", "remove", "editorial_note")
    assert read_decisions([tmp_path / DECISIONS])[0].text == "It was full."


def test_all_identical(desk: Desk) -> None:
    answer = _say(desk, FERRY, "Sign up for our letter", "keep", "body", "identical")
    assert [number for number, _ in answer.rows] == [FERRY, CHESS, OTHER]
    assert all("Sign up" in _kept(desk, number) for number in (FERRY, CHESS, OTHER))


def test_a_document_in_two_versions_is_decided_on_once(tmp_path: Path) -> None:
    newer = result(FERRY_TEXT.replace("⟦share:Share⟧", "⟦share:Share⟧⟦space:\n⟧⟦legal:All rights reserved⟧"))
    found = [Reviewable("a.txt", "", result(FERRY_TEXT)), Reviewable("b.txt", "", newer), documents()[OTHER]]
    desk = Desk(found, DecisionLog(str(tmp_path / DECISIONS)), removed_labels(Options()))
    start = newer.source.index("Sign up")
    answer = desk.decide(Request(1, start, start + 22, "keep", "body"))
    assert [number for number, _ in answer.rows] == [0, 1]
    for number, row in answer.rows:
        ends = {run.end for run in desk.text(number).runs}
        assert any(mark.kind == KEPT_MARK for mark in row.marks)
        assert {mark.end for mark in row.marks} <= ends
    desk.close()


def test_a_site(desk: Desk) -> None:
    answer = _say(desk, CHESS, "Sign up for our letter", "keep", "body", "site")
    assert [number for number, _ in answer.rows] == [FERRY, CHESS]
    assert ["Sign up" in _kept(desk, number) for number in (FERRY, CHESS, OTHER)] == [True, True, False]


def test_undo_goes_back_one_by_one(desk: Desk, tmp_path: Path) -> None:
    before = [desk.text(number) for number in range(3)]
    _say(desk, FERRY, "Menu", "keep", "body")
    _say(desk, CHESS, "Sign up for our letter", "keep", "body", "identical")
    first = desk.undo()
    assert first.undone is not None
    assert (first.undone.document, len(first.rows)) == (CHESS, 3)
    assert "Menu" in _kept(desk, FERRY)
    second = desk.undo()
    assert second.undone is not None
    assert second.undone.document == FERRY
    assert desk.undo().undone is None
    assert [desk.text(number) for number in range(3)] == before
    assert read_decisions([tmp_path / DECISIONS]) == ()


def test_a_new_start_knows_everything(desk: Desk, tmp_path: Path) -> None:
    _say(desk, FERRY, "Menu", "keep", "subheading")
    _say(desk, FERRY, "It was full.", "remove", "caption", "identical")
    texts = [desk.text(number).runs for number in range(3)]
    desk.close()
    again = open_desk(tmp_path)
    assert [_kept(again, number) for number in range(3)] == [_kept(desk, number) for number in range(3)]
    assert len(texts) == 3
    again.close()


def test_another_page_catches_up(desk: Desk) -> None:
    assert desk.changes(0).rows == []
    seen = _say(desk, FERRY, "Menu", "keep", "body").version
    _say(desk, CHESS, "Menu", "keep", "body")
    assert [number for number, _ in desk.changes(seen).rows] == [CHESS]
    assert [number for number, _ in desk.changes(0).rows] == [FERRY, CHESS]
    assert desk.changes(desk.version).rows == []


def test_a_page_gets_what_its_tables_lack(desk: Desk) -> None:
    answer = _say(desk, FERRY, "It was full.", "remove", "editorial_note")
    everything = desk.grown(answer, Known()).added
    assert "editorial_note" in [label.name for label in everything["labels"]]
    assert "reviewed" in everything["reasons"]
    assert "It was full." in everything["groups"]
    known = Known(labels=len(everything["labels"]), reasons=len(everything["reasons"]), groups=len(everything["groups"]))
    assert desk.grown(answer, known).added == {}


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request(7, 0, 4, "keep", "body"), "no document 7"),
        (Request(-1, 0, 4, "keep", "body"), "no document -1"),
        (Request(0, 4, 4, "keep", "body"), "no words"),
        (Request(0, 4, 5, "keep", "body"), "no words"),
        (Request(0, 0, 10_000, "keep", "body"), "no words"),
        (Request(0, 0, 4, "keep", "advert"), "cannot be 'advert'"),
        (Request(0, 0, 4, "remove", "body"), "cannot be 'body'"),
        (Request(0, 0, 4, "remove", "nonsense"), "no label 'nonsense'"),
    ],
)
def test_what_cannot_be_decided(desk: Desk, tmp_path: Path, request_: Request, says: str) -> None:
    with pytest.raises(InputError, match=says):
        desk.decide(request_)
    assert (tmp_path / DECISIONS).read_bytes() == b""


def test_a_document_without_a_site_has_no_site_rule(tmp_path: Path) -> None:
    alone = Reviewable("ferry.txt", "", documents()[0].result)
    made = Desk([alone], DecisionLog(str(tmp_path / DECISIONS)), removed_labels(Options()))
    with pytest.raises(InputError, match="no site is known"):
        made.decide(Request(0, 0, 4, "keep", "body", "site"))
    made.close()
