from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from cleaner import Cleaner, Options
from cleaner.classify.examples import check_rule
from cleaner.learning.decisions import DecidedLine, load_decisions, site_lines, user_rules
from cleaner.load.decisions import Decision
from cleaner.load.rules import load_rules
from tests.decisions import SOURCE, decision, write

_TIP = decision("Lesetipp der Woche", scope="identical")
_CREDIT = decision("(Bild: Grete Holl)", label="photo_credit", scope="identical")
_NAME = decision("Wochenblatt Oberau", label="section")
_ELSEWHERE = decision("Wochenblatt Oberau", label="section", source=SOURCE.replace("Montag", "Mittwoch"))
_STAYS = decision("Am Montag beginnen die Arbeiten, und bis zum Herbst soll das Tor wieder schließen.", "keep", "body")


def _loaded(folder: Path, *decisions: Decision) -> dict[str, tuple[str, ...]]:
    path = folder / "reviewed.toml"
    path.write_text(user_rules(decisions), encoding="utf-8")
    rules = load_rules(path)
    book = Cleaner(Options(rules=(str(path),), model=None)).book(None)
    assert [complaint for rule in rules for complaint in check_rule(rule, book)] == []
    return {rule.id: tuple(sorted(rule.phrases)) or (rule.pattern or "",) for rule in rules}


def test_what_goes_everywhere_or_in_two_documents_becomes_a_rule(tmp_path: Path) -> None:
    made = _loaded(tmp_path, _TIP, _CREDIT, _NAME, _ELSEWHERE, _STAYS)
    assert made.pop("reviewed-promotion") == ("lesetipp der woche",)
    assert made.pop("reviewed-section") == ("wochenblatt oberau",)
    ((id, (pattern,)),) = made.items()
    assert id.startswith("reviewed-photo-credit-")
    assert pattern == r"\(Bild\:\s+Grete\s+Holl\)"


def test_the_rules_are_used(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.toml"
    order = decision("Jetzt vorbestellen beim Verlag Holl", source="Es war spät. Jetzt vorbestellen beim Verlag Holl\n", scope="identical")
    path.write_text(user_rules([order, _TIP]), encoding="utf-8")
    text = (
        "Die Schleuse an der Mühle ist nach drei Jahren wieder offen, und die ersten Boote sind am Morgen hindurchgefahren.\n\n"
        "Der Wärter sagte, er habe das Tor seit seiner Kindheit nicht mehr so leise zugehen hören. Jetzt vorbestellen beim Verlag Holl\n\n"
        "Lesetipp der Woche\n\n"
        "Bis zum Herbst soll auch der Steg daneben erneuert werden, der im Winter unter dem Eis gebrochen war und seitdem fehlt.\n"
    )
    reasons = {text[span.start : span.end]: span.reason for span in Cleaner(Options(rules=(str(path),))).clean_text(text).removed}
    assert reasons["Lesetipp der Woche"] == "rule:reviewed-promotion"
    assert reasons["Jetzt vorbestellen beim Verlag Holl"].startswith("rule:reviewed-promotion-")


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [_NAME],  # one document
        [_TIP, decision("Lesetipp der Woche", "keep", "body")],  # somebody kept it
        [decision("Lesetipp der Woche", scope="site", site="oberau")],
        [decision("Lesetipp der Woche\nGebaut wurde sie", scope="identical")],  # several lines
        [decision("1961", source="Im Jahr 1961 war das.", scope="identical")],  # no word
    ],
)
def test_what_makes_no_rule(decisions: list[Decision]) -> None:
    assert "[[rule]]" not in user_rules(decisions)


def test_the_order_of_decisions_does_not_matter() -> None:
    listed = [_TIP, _CREDIT, _NAME, _ELSEWHERE, _STAYS]
    assert len({user_rules(order) for order in itertools.permutations(listed)}) == 1


def test_lines_of_sites_for_site_rules() -> None:
    first = decision("Lesetipp der Woche", scope="site", site="oberau.example")
    later = decision("Lesetipp der Woche", "keep", "subheading", scope="site", site="oberau.example")
    credit = decision("(Bild: Grete Holl)", label="photo_credit", scope="site", site="oberau.example")
    assert [(line.text, line.verdict, line.label, line.is_line) for line in site_lines([later, credit, first, _TIP])] == [
        ("(Bild: Grete Holl)", "remove", "photo_credit", False),
        ("Lesetipp der Woche", "keep", "subheading", True),
    ]


def test_documents_with_labelled_lines_for_training(tmp_path: Path) -> None:
    (tmp_path / "oberau").mkdir()
    shifted = f"Anzeige\n{SOURCE}"
    (tmp_path / "oberau" / "schleuse.txt").write_text(shifted, encoding="utf-8")
    gone = decision("Wochenblatt Oberau", label="section", id="oberau/weg.txt")
    path = write(tmp_path / "decisions.jsonl", _CREDIT, _STAYS, gone)
    here, missing = load_decisions(path)
    assert (here.id, here.source) == ("oberau/schleuse.txt", shifted)
    assert [(line.text, line.label, line.is_line) for line in here.lines] == [
        ("(Bild: Grete Holl)", "photo_credit", False),
        (_STAYS.text, "body", True),
    ]
    assert all(shifted[line.start : line.end] == line.text for line in here.lines)
    assert (missing.source, missing.lines) == (None, (DecidedLine(0, 18, "Wochenblatt Oberau", "section", True),))
