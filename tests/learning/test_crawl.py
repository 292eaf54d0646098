"""The bars of the issue, on the crawl that was written for it."""

from __future__ import annotations

import random

import pytest

from cleaner import learn
from cleaner.load.site_rules import SiteRules
from cleaner.values import Options
from tests.learning.crawl import Crawled, cleaned, crawl, sources


def _of(rules: SiteRules | None) -> Options:
    return Options(model=None, site_rules=rules)


def _every() -> list[Crawled]:
    return [document for documents in crawl().values() for document in documents]


def _some(count: int, seed: int) -> list[Crawled]:
    pick = random.Random(seed)
    return [document for documents in crawl().values() for document in pick.sample(documents, count)]


def test_the_crawl_is_what_the_issue_asks_for() -> None:
    assert [len(documents) for documents in crawl().values()] == [20] * 5
    kinds = [kind for document in _every() for kind, _ in document.lines]
    assert kinds.count("template") > 800
    # Nothing but learning can know the template lines: rules alone leave more than half.
    assert cleaned(_every(), _of(None)).removed < 0.5


@pytest.mark.parametrize("named", [True, False])
def test_twenty_documents_a_site_give_nearly_all_template_lines(named: bool) -> None:
    rules = learn(sources(_every(), named=named))
    assert len(rules.sites) == 5
    shares = cleaned(_every(), _of(rules), named=named)
    assert shares.removed >= 0.98
    assert shares.lost <= 0.002


@pytest.mark.parametrize("seed", range(4))
def test_five_documents_a_site_give_most_template_lines(seed: int) -> None:
    some = _some(5, seed)
    rules = learn(sources(some))
    for documents in (some, _every()):
        shares = cleaned(documents, _of(rules))
        assert shares.removed >= 0.9
        assert shares.lost <= 0.005


def test_two_documents_a_site_harm_nothing() -> None:
    some = _some(2, 0)
    without, with_rules = (cleaned(some, _of(rules)) for rules in (None, learn(sources(some))))
    assert with_rules.removed > without.removed
    assert with_rules.lost == without.lost


def test_rules_are_the_same_in_any_order() -> None:
    documents = sources(_every())
    first = learn(documents).toml()
    for seed in (1, 2):
        random.Random(seed).shuffle(documents)
        assert learn(iter(documents)).toml() == first
    unnamed = sources(_every(), named=False)
    first = learn(unnamed).toml()
    random.Random(3).shuffle(unnamed)
    assert learn(unnamed).toml() == first


def test_sentences_that_bodies_share_stay() -> None:
    rules = learn(sources(_every()))
    texts = {rule.text for site in rules.sites for rule in site.line}
    for text in ("nobody was injured", "background", "die polizei bittet um hinweise", "wie es weitergeht", "in brief"):
        assert text not in texts


def test_numbers_dates_and_names_are_left_open() -> None:
    texts = {rule.text for site in learn(sources(_every())).sites for rule in site.line}
    assert "{number} zwirbler quandeln gerade" in texts
    assert "geknurbelt am {number} um {number} blorp" in texts
    assert "nibbered by {any} on {number}" in texts
    assert "was this krell worth your nunder? {number} quoxed yes, {number} quoxed no" in texts
