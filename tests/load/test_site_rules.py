"""The site rule file: read, written, merged, and learned anew."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import DataFileError, OutputError, RuleError
from cleaner.load.site_rules import LineRule, SelectorRule, Site, SiteRules, load_site_rules, sureness


def _line(text: str, *, seen: int | None = 4, off: bool = False, label: str = "promotion", site: str = "a.example") -> LineRule:
    return LineRule(id=f"{site}/{text}", label=label, text=text, seen=seen, off=off, examples=(text.upper(),) if seen else ())


def _rules(*lines: LineRule, site: str = "a.example", documents: int = 5) -> SiteRules:
    return SiteRules((Site(name=site, documents=documents, line=lines),))


_BY_HAND = """
version = 1

[[site]]
name = "www.kurier-am-see.example"

[[site.line]]
id = "kurier/quandeln"
label = "promotion"
text = "Jetzt {number} Wochen quandeln!"

[[site.line]]
id = "kurier/from"
label = "byline"
text = "Verquandelt von {any}"
where = "end"
max_words = 6
off = true
"""


def test_a_file_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(_BY_HAND, encoding="utf-8")
    (site,) = load_site_rules(tmp_path / "sites.toml").sites
    assert (site.name, site.documents) == ("www.kurier-am-see.example", 0)
    first, second = site.line
    assert (first.text, first.where, first.off, first.seen) == ("Jetzt {number} Wochen quandeln!", "any", False, None)
    assert (second.where, second.max_words, second.off) == ("end", 6, True)
    assert sureness(first, site) == 0.95


def test_how_sure_a_rule_is_grows_with_the_share_of_pages() -> None:
    site = Site(name="a.example", documents=20)
    scores = [sureness(_line("x", seen=seen), site) for seen in (2, 10, 20)]
    assert scores == sorted(scores)
    assert 0.6 < scores[0] < scores[-1] == 0.99


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no site rule file of this version"),
        ("version = 2", "is no site rule file of this version"),
        ("version = 1\nsites = 3", "holds [[site]] tables and nothing else"),
        ("version = 1\nsite = 3", "holds [[site]] tables and nothing else"),
        ("version = 1\n[[site]]\ndocuments = 3", "site 1: Object missing required field `name`"),
        ('version = 1\n[[site]]\nname = "a"\n[[site]]\nname = "a"', "site a: this site stands twice"),
        ('version = 1\n[[site]]\nname = "a"\ncolour = "red"', "unknown field `colour`"),
        ('version = 1\n[[site]]\nname = "a"\n[[site.line]]\nid = "1"\nlabel = "advert"', "missing required field `text`"),
        ('version = 1\n[[site]]\nname = "a"\n[[site.line]]\nid = "1"\nlabel = "ad"\ntext = "x"', "rule 1: no label 'ad'; there are body"),
        ('version = 1\n[[site]]\nname = "a"\n[[site.line]]\nid = "1"\nlabel = "advert"\ntext = "{any}"', "text has no word"),
        (
            'version = 1\n[[site]]\nname = "a"\n[[site.line]]\nid = "1"\nlabel = "advert"\ntext = "x"\nwhere = "top"',
            "Invalid enum value 'top'",
        ),
        (
            'version = 1\n[[site]]\nname = "a"\n[[site.selector]]\nid = "1"\nlabel = "body"\nholds = "body"\npath = " "',
            "rule 1: path is empty",
        ),
        ("version = ", "is no valid TOML"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_site_rules(path)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    rule = '[[site.line]]\nid = "1"\nlabel = "advert"\ntext = "x"\n'
    path.write_text(f'version = 1\n[[site]]\nname = "a"\n{rule}{rule}', encoding="utf-8")
    with pytest.raises(RuleError, match="this id stands twice"):
        load_site_rules(path)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(_TEXTS, _TEXTS, st.booleans())
def test_any_text_survives_the_file(name: str, example: str, off: bool) -> None:
    rules = SiteRules(
        (
            Site(
                name=name,
                documents=3,
                line=(LineRule(id=f"{name}/1", label="advert", text=f"word {example}", seen=3, off=off, examples=(example, name)),),
                selector=(SelectorRule(id=f"{name}/2", label="body", path=f"div {example}", holds="body", seen=1),),
            ),
        )
    )
    tables = tomllib.loads(rules.toml())
    del tables["version"]
    assert msgspec.convert(tables["site"], tuple[Site, ...]) == rules.sites


def test_the_file_is_sorted_whatever_the_order_of_the_rules() -> None:
    one, two = _line("vumble"), _line("wozzle", label="navigation")
    sites = Site(name="b.example"), Site(name="a.example", line=(one, two))
    assert SiteRules(sites).toml() == SiteRules((Site(name="a.example", line=(two, one)), sites[0])).toml()


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        SiteRules().save(tmp_path)
    assert not list(tmp_path.iterdir())


def test_two_crawls_are_merged() -> None:
    one = _rules(_line("vumble", seen=4), _line("wozzle", off=True))
    two = _rules(_line("vumble", seen=3), _line("wozzle"), _line("grock"), documents=4)
    (site,) = one.merged(two).sites
    assert site.documents == 9
    assert {rule.text: (rule.seen, rule.off) for rule in site.line} == {
        "vumble": (7, False),
        "wozzle": (8, True),
        "grock": (4, False),
    }
    assert one.merged(two).toml() == two.merged(one).toml()
    other = _rules(_line("vumble", site="b.example"), site="b.example")
    assert [site.name for site in other.merged(one).sites] == ["a.example", "b.example"]


def test_learning_anew_keeps_what_the_user_did() -> None:
    old = _rules(_line("vumble", off=True), _line("wozzle"), _line("mine", seen=None), _line("gone"), _line("gone off", off=True))
    fresh = _rules(_line("vumble", seen=5), _line("wozzle", seen=5), _line("grock"))
    (site,) = old.relearned(fresh).sites
    assert {rule.text: (rule.seen, rule.off) for rule in site.line} == {
        "vumble": (5, True),
        "wozzle": (5, False),
        "grock": (4, False),
        "mine": (None, False),
        "gone off": (4, True),
    }


def test_learning_the_same_anew_changes_nothing() -> None:
    fresh = _rules(_line("vumble"), _line("wozzle"))
    assert fresh.relearned(fresh).toml() == fresh.toml()
    assert SiteRules().relearned(fresh).toml() == fresh.toml()


def test_a_site_that_has_nothing_but_the_users_rules_stays() -> None:
    old = _rules(_line("mine", seen=None))
    assert old.relearned(SiteRules()) == old
    assert _rules(_line("vumble")).relearned(SiteRules()) == SiteRules()


def test_equal_rules_have_one_hash() -> None:
    assert hash(_rules(_line("vumble"))) == hash(_rules(_line("vumble")))
    assert _rules(_line("vumble")) == _rules(_line("vumble"))
    assert _rules(_line("vumble")) != _rules(_line("wozzle"))
