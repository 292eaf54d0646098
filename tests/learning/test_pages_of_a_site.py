"""Pages of a site, from markup to rules and back: prompt boxes in elements, a menu's lines in the text, a new layout."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.load.site_rules import SiteRules
from cleaner.values import Options, Result, Source
from tests.cleaners import gone
from tests.learning.crawl import crawl

SITE = "oakmere-courier.example"
#: what a box offers, other words on every page, so that no line recurs
_OFFERS = (
    "brimble",
    "quondle",
    "tarvish",
    "splenk",
    "grindow",
    "vorpal",
    "mimsy",
    "trund",
    "wexler",
    "yarrow",
    "zindle",
    "plover",
    "krandt",
)
_MENU = ("Zorvle", "Quenlip", "Harbour works")


def _offer(number: int) -> str:
    return f"{_OFFERS[number].capitalize()} {_OFFERS[-1 - number]} for {number + 3} quids a {_OFFERS[(number * 5 + 2) % len(_OFFERS)]}"


def _paragraphs(number: int) -> list[str]:
    return [text for kind, text in crawl()[SITE][number].lines if kind == "body"]


def _page(number: int, *, article: str = "story", box: str = "nunder", subheading: str | None = None) -> str:
    """A page with a menu, an article with a share bar in it, and a box beside it."""
    paragraphs = [f"<p>{text}</p>" for text in _paragraphs(number)]
    if subheading:
        paragraphs.insert(2, f"<h2>{subheading}</h2>")
    return f"""<html lang="en"><head><title>Page {number}</title><link rel="canonical" href="https://www.{SITE}/{number}.html"></head><body>
<div class="menu"><ul>{"".join(f"<li><a href='/{name}'>{name}</a></li>" for name in _MENU)}</ul></div>
<div class="page"><div class="{article}"><h1>{" ".join(_paragraphs(number)[1].split()[:6])}</h1>{"".join(paragraphs[:3])}
<div class="krell">Splonk this to a fobbit</div>{"".join(paragraphs[3:])}</div>
<div class="{box}"><div>{_offer(number)}</div><div>{_offer((number + 6) % 12)} too</div></div></div></body></html>"""


@pytest.fixture(scope="module", params=[None, "default"])
def model(request: pytest.FixtureRequest) -> str | None:
    """The bars hold with and without what the model thinks."""
    found: str | None = request.param
    return found


@pytest.fixture(scope="module")
def rules(model: str | None) -> SiteRules:
    """What ten pages teach."""
    return cleaner.learn([_page(number) for number in range(10)], model=model)


def _cleaned(page: str, rules: SiteRules | None, model: str | None) -> Result:
    return cleaner.clean_html(page, options=Options(model=model, site_rules=rules))


def test_the_elements_of_the_text_and_of_boxes_are_learned(rules: SiteRules) -> None:
    (site,) = rules.sites
    assert site.name == SITE
    held = {rule.path: rule.holds for rule in site.selector}
    assert held["div.page > div.story"] == "body"
    assert held["div.page > div.nunder"] == "residue"


def test_a_box_goes_whatever_stands_in_it_and_the_text_stays(rules: SiteRules, model: str | None) -> None:
    result = _cleaned(_page(11), rules, model)
    removed = {result.source[span.start : span.end]: span.reason for span in result.removed}
    for text in (_offer(11), f"{_offer(5)} too", "Splonk this to a fobbit"):
        assert removed[text].startswith(f"site:{SITE}/"), text
    for text in _paragraphs(11):
        assert " ".join(text.split()) in result.text
    assert result.warnings == ()


def test_a_line_of_the_menu_is_no_line_of_the_text(rules: SiteRules, model: str | None) -> None:
    plain, result = (_cleaned(_page(11, subheading="Harbour works"), given, model) for given in (None, rules))
    assert ("Harbour works" in result.text) == ("Harbour works" in plain.text)
    assert not [span for span in result.removed if span.reason.startswith("site:") and span.role.startswith("heading")]
    assert gone(result)[: len(_MENU)] == list(_MENU)


def test_of_a_new_layout_elements_are_not_heard_and_it_is_told(rules: SiteRules, model: str | None) -> None:
    page = _page(11, article="fresh", box="splonk")
    plain, result = (_cleaned(page, given, model) for given in (None, rules))
    assert result.warnings == (*plain.warnings, "layout-changed")
    assert all(" ".join(text.split()) in result.text for text in _paragraphs(11))
    by_site = {result.source[span.start : span.end] for span in result.removed if span.reason.startswith("site:")}
    assert by_site <= {*_MENU, "Splonk this to a fobbit"}  # by their lines


def test_pages_in_any_order_teach_the_same(model: str | None) -> None:
    pages = [Source(content=_page(number), id=str(number)) for number in range(12)]
    assert cleaner.learn(pages, model=model).toml() == cleaner.learn(pages[::-1], model=model).toml()


def test_what_a_site_removes_has_the_name_that_the_cleaner_gave_it() -> None:
    with_model = cleaner.learn([_page(number) for number in range(10)])
    selector = next(rule for rule in with_model.sites[0].selector if rule.path.endswith("div.nunder"))
    plain = _cleaned(_page(0), None, "default")
    labels = {span.label for span in plain.removed if plain.source[span.start : span.end].startswith(_offer(0)[:12])}
    assert not labels or selector.label in labels
