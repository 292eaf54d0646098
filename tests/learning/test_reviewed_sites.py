"""Site rules, corrected by reviewers' decisions."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import cleaner
from cleaner import Cleaner, Options, Source
from cleaner.learning.reviewed_sites import with_decisions
from cleaner.load.decisions import Decision
from cleaner.load.site_rules import LineRule, SelectorRule, Site, SiteRules, load_site_rules
from tests.cleaners import PARAGRAPHS
from tests.decisions import decision, write
from tests.learning.test_learn import LINE, _documents

_SITE = "oberau.example"


def _learned(*texts: str, name: str = _SITE) -> SiteRules:
    """A site of which lines were learned, and an element that never held any text."""
    rules = tuple(LineRule(id=f"{name}/{number}", label="promotion", text=text, seen=9) for number, text in enumerate(texts))
    return SiteRules(
        (Site(name=name, documents=10, line=rules, selector=(SelectorRule(id="s", label="share", path="div", holds="residue"),)),)
    )


def _lines(rules: SiteRules, name: str = _SITE) -> dict[str, tuple[str, bool]]:
    """Text of each line of a site -> label, and whether it follows from a decision."""
    (site,) = (site for site in rules.sites if site.name == name)
    assert len({rule.id for rule in site.line}) == len(site.line)
    return {rule.text: (rule.label, rule.reviewed) for rule in site.line}


def _tip(verdict: str = "remove", label: str = "promotion", **how: object) -> Decision:
    return decision("Lesetipp der Woche", verdict, label, **how)  # type: ignore[arg-type]


def test_a_line_that_was_kept_is_no_longer_removed() -> None:
    learned = _learned("lesetipp der woche", "anzeige")
    for kept in (_tip("keep", "subheading", site=_SITE), _tip("keep", "subheading", scope="identical"), _tip("keep", "subheading")):
        assert _lines(with_decisions(learned, [kept])) == {"lesetipp der woche": ("subheading", True), "anzeige": ("promotion", False)}
    # Kept in a document of another site, it says nothing of this one.
    both = SiteRules((*_learned("anzeige", name="mühltal.example").sites, *learned.sites))
    assert with_decisions(both, [_tip("keep", "subheading", site="mühltal.example")]) == both
    # What no rule would take needs none to stay.
    assert with_decisions(_learned("anzeige"), [_tip("keep", "subheading", site=_SITE)]) == _learned("anzeige")


def test_a_line_that_fits_a_frame_stays_and_the_others_of_the_frame_go() -> None:
    made = with_decisions(_learned("lesetipp der {any}"), [_tip("keep", "subheading", site=f"www.{_SITE}")])
    assert _lines(made) == {"lesetipp der {any}": ("promotion", False), "lesetipp der woche": ("subheading", True)}
    text = "\n\n".join((PARAGRAPHS[0], "Lesetipp der Woche", PARAGRAPHS[1], "Lesetipp der Redaktion", PARAGRAPHS[2]))
    kept = Cleaner(Options(site_rules=made, model=None)).clean_text(text, site=_SITE).text
    assert "Lesetipp der Woche" in kept
    assert "Redaktion" not in kept


def test_what_was_decided_for_the_site_is_a_rule_of_it() -> None:
    first = _tip(scope="site", site=_SITE)
    assert _lines(with_decisions(SiteRules(), [first])) == {"lesetipp der woche": ("promotion", True)}
    later = _tip("keep", "subheading", scope="site", site=_SITE)
    assert _lines(with_decisions(_learned("lesetipp der woche"), [first, later])) == {"lesetipp der woche": ("subheading", True)}
    # It was said of the whole site; what was said of one document is that document's.
    one = _tip("keep", "subheading", site=_SITE, nth=1)
    assert _lines(with_decisions(_learned("lesetipp der woche"), [first, one])) == {"lesetipp der woche": ("promotion", True)}


def test_a_removed_line_has_the_label_that_the_reviewer_gave_it() -> None:
    made = with_decisions(_learned("lesetipp der woche", "lesetipp der {any}"), [_tip(label="teaser_list", site=_SITE)])
    assert _lines(made) == {"lesetipp der woche": ("teaser_list", False), "lesetipp der {any}": ("promotion", False)}


@pytest.mark.parametrize(
    "told",
    [
        decision("(Bild: Grete Holl)", label="photo_credit", scope="site", site=_SITE),  # part of a line
        decision("Lesetipp der Woche\nGebaut", scope="site", site=_SITE),  # no one of them was meant alone
        decision("1961", source="Es war\n1961\nim Herbst", scope="site", site=_SITE),  # every number would go
    ],
)
def test_what_makes_no_rule_of_a_site(told: Decision) -> None:
    assert with_decisions(_learned("anzeige"), [told]) == _learned("anzeige")


def test_every_line_of_what_was_kept_stays() -> None:
    kept = decision("Lesetipp der Woche\nGebaut wurde sie", "keep", "body", site=_SITE)
    assert _lines(with_decisions(_learned("lesetipp der woche"), [kept])) == {"lesetipp der woche": ("body", True)}


def test_the_order_of_decisions_does_not_matter() -> None:
    told = [
        _tip(scope="site", site=_SITE),
        _tip("keep", "body", scope="identical"),
        _tip(label="teaser_list", site=_SITE),
        _tip("keep", "lead"),
    ]
    learned = _learned("lesetipp der woche", "lesetipp der {any}")
    assert len({with_decisions(learned, order).toml() for order in itertools.permutations(told)}) == 1


def test_learning_with_decisions_keeps_what_recurs(tmp_path: Path) -> None:
    documents = _documents(6)
    line = LINE.format(4)
    kept = decision(line, "keep", "body", source=str(documents[2].content), site="tarnwick.example")
    path = write(tmp_path / "decisions.jsonl", kept)
    assert "Vrumble" not in _cleaned(documents[0], cleaner.learn(documents))
    assert "Vrumble" in _cleaned(documents[0], cleaner.learn(documents, decisions=[path]))
    assert cleaner.learn(reversed(documents), decisions=[path]) == cleaner.learn(documents, decisions=[path])


def _cleaned(document: Source, rules: SiteRules) -> str:
    return Cleaner(Options(site_rules=rules, model=None)).clean_text(str(document.content), site=document.site).text


def test_the_file_keeps_whose_rule_it_is(tmp_path: Path) -> None:
    made = with_decisions(_learned("anzeige"), [_tip(scope="site", site=_SITE)])
    made.save(tmp_path / "sites.toml")
    assert load_site_rules(tmp_path / "sites.toml") == made
    fresh = _learned("anzeige")
    # Taken back, it goes; without any decisions at hand it stays, as what a person wrote does.
    assert _lines(made.relearned(fresh, reviewed=True)) == {"anzeige": ("promotion", False)}
    assert _lines(made.relearned(fresh)) == _lines(made)
