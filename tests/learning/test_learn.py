"""`cleaner.learn` and the learner behind it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import cleaner
from cleaner import Failure, Options, Source
from cleaner.errors import DataFileError, UnsupportedInput
from cleaner.learning import learner as learner_module
from cleaner.learning.learn import add
from cleaner.learning.learner import Learner
from cleaner.load.site_rules import SiteRules, load_site_rules
from tests.cleaners import PARAGRAPHS
from tests.learning.crawl import crawl, sources

LINE = "Vrumble the Tarnwick Wozzle for {} quids"


def _documents(count: int, site: str | None = "tarnwick.example") -> list[Source]:
    """Documents of one site, each with words of its own."""
    made = []
    for number in range(count):
        text = "\n\n".join(paragraph.replace("the ", f"the {'abcdefghijklm'[number]}street ") for paragraph in PARAGRAPHS)
        made.append(Source(content=f"WOZZLE\n{text}\n\n{LINE.format(number + 2)}\n", site=site, id=str(number)))
    return made


def test_what_was_learned_is_used(tmp_path: Path) -> None:
    documents = _documents(6)
    rules = cleaner.learn(documents)
    assert isinstance(rules, SiteRules)
    rules.save(tmp_path / "sites.toml")
    for given in (rules, tmp_path / "sites.toml", str(tmp_path / "sites.toml")):
        result = next(iter(cleaner.clean_many(documents[:1], options=Options(model=None, site_rules=given))))  # type: ignore[arg-type]
        assert not isinstance(result, Failure)
        assert "Vrumble" not in result.text
        assert "WOZZLE" not in result.text
        reasons = {span.reason.partition("/")[0] for span in result.removed if span.label != "space"}
        assert reasons == {"site:tarnwick.example"}


def test_a_page_names_its_site_itself() -> None:
    paragraphs = [source.content.split("\n\n") for source in _documents(5)]
    pages = [
        f'<html><head><link rel="canonical" href="https://www.tarnwick.example/{number}"></head><body>'
        + "".join(f"<p>{text}</p>" for text in parts)
        + "</body></html>"
        for number, parts in enumerate(paragraphs)
    ]
    rules = cleaner.learn(pages)
    assert [site.name for site in rules.sites] == ["tarnwick.example"]
    assert LINE.format("{number}").lower() in {rule.text for rule in rules.sites[0].line}


def test_the_same_article_twice_makes_no_template() -> None:
    one, *others = _documents(8)
    twice = Source(content=one.content.replace("Tuesday", "Wednesday") + "\nRead again.\n", site=one.site, id="again")
    rules = cleaner.learn([one, twice, others[0]])
    lines = {rule.text for site in rules.sites for rule in site.line}
    assert not any(text.startswith(("the harbour", "nobody had")) for text in lines)


def test_documents_that_cannot_be_read_are_told_and_passed_over() -> None:
    documents = [*_documents(5), Source(content=12, id="number"), b"PK\x03\x04" + bytes(200)]
    failures: list[Failure] = []
    rules = cleaner.learn(documents, failed=failures.append)
    assert [(failure.index, failure.id) for failure in failures] == [(5, "number"), (6, None)]
    assert isinstance(failures[0].error, UnsupportedInput)
    assert rules.sites
    with pytest.warns(UserWarning, match="2 documents could not be read, the first is number 5"):
        assert cleaner.learn(documents) == rules


@pytest.mark.parametrize("documents", [[], ["One line."], ["", " ", "\n"], ["Same text.\n"] * 4])
def test_where_there_is_nothing_to_learn_there_are_no_rules(documents: list[str]) -> None:
    assert cleaner.learn(documents) == SiteRules()


def test_learning_goes_on_from_a_state(tmp_path: Path) -> None:
    documents = [document for site in crawl().values() for document in sources(site)]
    whole, half = Learner(), Learner()
    for source in documents:
        add(whole, source, id=str(source.id))
    for source in documents[::2]:
        add(half, source, id=str(source.id))
    half.save(str(tmp_path / "state"))
    other = Learner.load(str(tmp_path / "state"))
    for source in documents:
        if not other.has_read(str(source.id)):
            add(other, source, id=str(source.id))
    assert other.documents == whole.documents == 100
    assert other.rules().toml() == whole.rules().toml()
    assert other.duplicates() == whole.duplicates()


def test_a_file_that_is_no_state_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"\x93\x01\x02\x03")
    with pytest.raises(DataFileError, match="is no state of cleaner learn"):
        Learner.load(str(tmp_path / "state"))
    with pytest.raises(DataFileError, match="cannot be read"):
        Learner.load(str(tmp_path / "none"))


def test_memory_is_bounded_and_the_sample_does_not_depend_on_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner_module, "_BUDGET", 60)
    monkeypatch.setattr(learner_module, "_FEWEST", 5)
    monkeypatch.setattr(learner_module, "MOST_PAGES", 40)
    documents = [document for site in crawl().values() for document in sources(site)]
    made = []
    for order in (documents, documents[::-1], documents[50:] + documents[:50]):
        learner = Learner()
        for source in order:
            add(learner, source, id=str(source.id))
            assert learner._held <= 60
        made.append(learner.rules().toml())
    assert made[0] == made[1] == made[2]
    assert made[0].count("[[site]]") == 5


def test_sites_in_one_folder_are_told_apart_by_their_lines() -> None:
    learner = Learner()
    for documents in itertools.zip_longest(*crawl().values()):
        for document in documents:
            add(learner, Source(content=document.text), id=document.url, folder="monday")
    rules = learner.rules()
    assert len(rules.sites) == 5
    assert {site.documents for site in rules.sites} == {20}
    assert all(site.name.startswith("unnamed-") for site in rules.sites)


def test_a_site_in_many_folders_is_one_and_a_site_alone_in_a_folder_has_its_name() -> None:
    spread, alone = list(crawl().values())[:2]
    learner = Learner()
    for number, document in enumerate(spread):
        add(learner, Source(content=document.text), id=document.url, folder=f"week-{number % 4}")
    for document in alone:
        add(learner, Source(content=document.text), id=document.url, folder="radio")
    rules = learner.rules()
    assert sorted(site.documents for site in rules.sites) == [20, 20]
    assert "radio" in {site.name for site in rules.sites}


def test_saved_rules_are_read_back(tmp_path: Path) -> None:
    rules = cleaner.learn([document for site in crawl().values() for document in sources(site)])
    rules.save(tmp_path / "sites.toml")
    assert load_site_rules(tmp_path / "sites.toml").toml() == rules.toml()
