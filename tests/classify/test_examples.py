"""How a rule's own examples are run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner.classify.examples import check_rule, unmark
from cleaner.classify.rules import RuleBook
from cleaner.load.rules import load_rules
from tests.classify.conftest import rule


def _complaints(tmp_path: Path, **keys: Any) -> list[str]:
    path = tmp_path / "rules.toml"
    path.write_text(rule(**keys), encoding="utf-8")
    [loaded] = load_rules(path)
    return check_rule(loaded, RuleBook([loaded]))


@pytest.mark.parametrize(
    ("removes", "keeps", "complaint"),
    [
        ("Zur Werft", "Die Werft", None),
        ("⟦Zur Werft⟧", "Die Werft", None),
        ("Die Werft", "Der Hafen", "removes: 'Die Werft' is not what the rule removes; it removes nothing"),
        ("⟦Zur⟧ Werft", "Der Hafen", "removes: '⟦Zur⟧ Werft' is not what the rule removes; it removes ['Zur Werft']"),
        ("Zur Werft", "Hin zur Werft", "keeps: of 'Hin zur Werft' the rule removes ['Hin zur Werft']"),
    ],
)
def test_line_rules(tmp_path: Path, removes: str, keeps: str, complaint: str | None) -> None:
    assert _complaints(tmp_path, line="zur werft", removes=[removes], keeps=[keeps]) == ([] if complaint is None else [complaint])


@pytest.mark.parametrize(
    ("removes", "is_right"),
    [
        ("Der Kapitän winkte. ⟦(dpa)⟧", True),
        ("Der Kapitän winkte. (dpa)", False),
        ("Der Kapitän winkte⟦. (dpa)⟧", False),
        ("Der Kapitän (dpa) winkte. ⟦(dpa)⟧", True),
    ],
)
def test_span_rules(tmp_path: Path, removes: str, is_right: bool) -> None:
    complaints = _complaints(
        tmp_path, label="agency_credit", span=r"\(dpa\)", at="end", removes=[removes], keeps=["Die (dpa) sagt nichts."]
    )
    assert (complaints == []) == is_right


@pytest.mark.parametrize(
    ("example", "text", "parts"),
    [
        ("Zur Werft", "Zur Werft", [(0, 9)]),
        ("Zur\n Werft ", "Zur\n Werft ", [(0, 3), (5, 10)]),
        ("Er ging. ⟦Zur Werft⟧", "Er ging. Zur Werft", [(9, 18)]),
        ("⟦Zur⟧ und ⟦Werft⟧", "Zur und Werft", [(0, 3), (8, 13)]),
        ("⟦Zur\nWerft⟧\nEr ging.", "Zur\nWerft\nEr ging.", [(0, 3), (4, 9)]),
    ],
)
def test_marks(example: str, text: str, parts: list[tuple[int, int]]) -> None:
    assert unmark(example) == (text, parts)
