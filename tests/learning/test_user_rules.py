"""Rules for all documents from decisions."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, Options
from cleaner.classify.examples import check_rule
from cleaner.classify.rules import RuleBook
from cleaner.learning.user_rules import FIRST_LINE, rules_toml, user_rules
from cleaner.load.decisions import Decision, anchors
from cleaner.load.rules import load_rules
from tests.decisions import SOURCE, decision
from tests.laws.strategies import texts

_TIP = decision("Lesetipp der Woche", scope="identical")
_CREDIT = decision("(Bild: Grete Holl)", label="photo_credit", scope="identical")
_NAME = decision("Wochenblatt Oberau", label="section")
_ELSEWHERE = decision("Wochenblatt Oberau", label="section", source=SOURCE.replace("Montag", "Mittwoch"))
_STAYS = decision("Am Montag beginnen die Arbeiten, und bis zum Herbst soll das Tor wieder schließen.", "keep", "body")


def _written(folder: Path, *decisions: Decision) -> Path:
    path = folder / "reviewed.toml"
    path.write_text(rules_toml(user_rules(decisions)), encoding="utf-8", newline="")
    return path


def _loaded(folder: Path, *decisions: Decision) -> dict[str, tuple[str, ...]]:
    path = _written(folder, *decisions)
    rules = load_rules(path)
    assert [complaint for rule in rules for complaint in check_rule(rule, RuleBook([rule]))] == []
    return {rule.id: tuple(sorted(rule.phrases)) or (rule.pattern or "",) for rule in rules}


def test_what_goes_everywhere_or_in_two_documents_becomes_a_rule(tmp_path: Path) -> None:
    made = _loaded(tmp_path, _TIP, _CREDIT, _NAME, _ELSEWHERE, _STAYS)
    assert made.pop("reviewed-promotion") == ("lesetipp der woche",)
    assert made.pop("reviewed-section") == ("wochenblatt oberau",)
    ((id, (pattern,)),) = made.items()
    assert id.startswith("reviewed-photo-credit-")
    assert pattern == r"\(Bild\:\s+Grete\s+Holl\)"


def test_the_examples_are_what_was_decided(tmp_path: Path) -> None:
    (rule,) = [rule for rule in load_rules(_written(tmp_path, _CREDIT, _STAYS)) if rule.kind == "span"]
    assert rule.removes == ("Name im Kirchenbuch steht, sagte die Archivarin Grete Holl. ⟦(Bild: Grete Holl)⟧",)
    assert _STAYS.text in rule.keeps


def test_the_rules_are_used(tmp_path: Path) -> None:
    order = decision("Jetzt vorbestellen beim Verlag Holl", source="Es war spät. Jetzt vorbestellen beim Verlag Holl\n", scope="identical")
    path = _written(tmp_path, order, _TIP)
    text = (
        "Die Schleuse an der Mühle ist nach drei Jahren wieder offen, und die ersten Boote sind am Morgen hindurchgefahren.\n\n"
        "Der Wärter sagte, er habe das Tor seit seiner Kindheit nicht mehr so leise zugehen hören. Jetzt vorbestellen beim Verlag Holl\n\n"
        "Lesetipp der Woche\n\n"
        "Bis zum Herbst soll auch der Steg daneben erneuert werden, der im Winter unter dem Eis gebrochen war und seitdem fehlt.\n"
    )
    reasons = {text[span.start : span.end]: span.reason for span in Cleaner(Options(rules=(str(path),))).clean_text(text).removed}
    assert reasons["Lesetipp der Woche"] == "rule:reviewed-promotion"
    assert reasons["Jetzt vorbestellen beim Verlag Holl"].startswith("rule:reviewed-promotion-")


def test_the_latest_label_is_the_rules(tmp_path: Path) -> None:
    later = decision("Lesetipp der Woche", label="teaser_list", scope="identical", source=SOURCE.replace("Montag", "Freitag"))
    assert _loaded(tmp_path, later, _TIP) == {"reviewed-teaser-list": ("lesetipp der woche",)}


def test_a_line_that_was_kept_and_then_removed_goes(tmp_path: Path) -> None:
    kept = decision("Wochenblatt Oberau", "keep", "subheading")
    changed_my_mind = decision("Wochenblatt Oberau", label="section", scope="identical")
    assert _loaded(tmp_path, kept, changed_my_mind) == {"reviewed-section": ("wochenblatt oberau",)}


def test_a_credit_cut_off_a_kept_paragraph_goes_elsewhere_too(tmp_path: Path) -> None:
    paragraph = next(line for line in SOURCE.splitlines() if line.startswith("Gebaut"))
    kept = decision(paragraph, "keep", "body")
    credit = decision("(Bild: Grete Holl)", label="photo_credit", scope="identical")
    assert len(_loaded(tmp_path, kept, credit)) == 1
    # Kept after the credit went, the whole paragraph is meant, credit and all.
    assert _loaded(tmp_path, _CREDIT, kept, decision(paragraph, "keep", "body")) == {}


def _in(paragraph: str, words: str, **how: object) -> Decision:
    return decision(words, source=f"Gestern war es still.\n{paragraph}\nHeute nicht.\n", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [_NAME],  # one document
        [_TIP, decision("Lesetipp der Woche", "keep", "body")],  # somebody kept it
        [_TIP, decision("Wochenblatt Oberau\nDer Rat von", "keep", "body"), decision(SOURCE.rstrip("\n"), "keep", "body")],  # among others
        [decision("Lesetipp der Woche", scope="site", site="oberau")],
        [decision("Lesetipp der Woche\nGebaut wurde sie", scope="identical")],  # several lines
        [decision("1961", source="Im Jahr 1961 war das.", scope="identical")],  # no word
        # a word in a sentence, in two documents, is no residue elsewhere
        [_in("Der Rat von Oberau sagt nichts.", "Oberau"), _in("Der Wirt von Oberau sagt auch nichts.", "Oberau")],
        [decision("Am Montag", scope="identical"), decision(_STAYS.text, "keep", "body")],  # begins what somebody kept
    ],
)
def test_what_makes_no_rule(tmp_path: Path, decisions: list[Decision]) -> None:
    assert user_rules(decisions) == ()
    assert _loaded(tmp_path, *decisions) == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Der Rat sagt nichts. [mehr lesen]", "[mehr lesen]"),
        ("„Nichts“, sagt der Rat {1} dazu.", "{1} dazu."),
        ("Monday", "Monday"),
        ("Er kam am Monday und blieb lange dort.", "am Monday und blieb"),
        ("So it was. And so it was.", "So it was."),
        ("- Jetzt bestellen", "- Jetzt bestellen"),
        ("So war es, steht hier: Teilen bei uns, Teilen bei uns", "Teilen bei uns"),
        ("C:\\Texte\\a.txt liegt auf dem Server", "C:\\Texte\\a.txt"),
    ],
)
def test_any_words_make_a_rule_that_passes_its_examples(tmp_path: Path, line: str, words: str) -> None:
    made = _loaded(tmp_path, _in(line, words, scope="identical"))
    assert len(made) == 1


def test_the_order_of_decisions_does_not_matter() -> None:
    listed = [_TIP, _CREDIT, _NAME, _ELSEWHERE, _STAYS]
    assert len({rules_toml(user_rules(order)) for order in itertools.permutations(listed)}) == 1
    assert rules_toml(user_rules(listed)).startswith(FIRST_LINE)


@settings(max_examples=30, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), min_size=1, max_size=4))
@example("Zwei ⟦ Boote ⟧ lagen da", [(0, 23), (5, 3)])
def test_whatever_was_decided_the_file_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, source: str, places: list[tuple[int, int]]
) -> None:
    spans = [(start, min(len(source), start + length)) for start, length in places]
    _loaded(tmp_path_factory.mktemp("rules"), *(_decided(source, start, end) for start, end in spans if source[start:end].strip()))


def _decided(source: str, start: int, end: int) -> Decision:
    """A removal everywhere, of any part of any text."""
    text, before, after = anchors(source, start, end)
    return msgspec.structs.replace(_TIP, key=f"{start}-{end}", text=text, before=before, after=after, start=start, end=end)
