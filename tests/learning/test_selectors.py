"""Elements of pages: learned, used, and given up where the layout has changed."""

from __future__ import annotations

from cleaner.classify.sites import SiteBook
from cleaner.learning.learner import Learner
from cleaner.load.site_rules import SiteRules
from cleaner.parse.text import parse_text
from cleaner.values import Document
from tests.cleaners import PARAGRAPHS
from tests.learning.crawl import crawl

_ARTICLE = "main.page > article.story"
_TEASERS = "main.page > aside.more > ul > li"


def _page(number: int, article: str = _ARTICLE) -> tuple[Document, list[str]]:
    """A page of the site: a menu, a title, paragraphs with a share bar between them, and other articles' titles."""
    document = crawl()["oakmere-courier.example"][number]
    own = [text for kind, text in document.lines if kind == "body"]
    rows = [("Zorvle", "nav.menu > a"), ("Quenlip", "nav.menu > a"), (" ".join(own[2].split()[:5]), f"{article} > h1")]
    rows += [(text, f"{article} > p") for text in own[:3]]
    rows += [("Splonk this", f"{article} > div.share"), (" ".join(own[1].split()[-4:]), f"{article} > h2")]
    rows += [(text, f"{article} > p") for text in own[3:]]
    rows += [(f"{own[at].split()[2]} and the {own[at].split()[3]}", _TEASERS) for at in range(3)]
    return parse_text("\n\n".join(text for text, _ in rows)), [path for _, path in rows]


def _learned(count: int = 8) -> SiteRules:
    learner = Learner()
    for number in range(count):
        document, paths = _page(number)
        learner.add(document, id=str(number), site="a.example", paths=paths)
    return learner.rules()


def test_the_element_of_the_text_and_those_beside_it_are_learned() -> None:
    (site,) = _learned().sites
    found = {rule.path: (rule.holds, rule.label, rule.seen) for rule in site.selector}
    assert found == {
        _ARTICLE: ("body", "body", 8),
        "main.page > aside.more": ("residue", "navigation", 8),
        "nav.menu": ("residue", "navigation", 8),
        f"{_ARTICLE} > div.share": ("residue", "navigation", 8),
    }


def test_blocks_in_elements_without_text_go_and_those_of_the_text_stay() -> None:
    book = SiteBook(_learned())
    document, paths = _page(12)
    found = book.find(document, site="a.example", paths=lambda: paths)
    gone = {document.source[verdict.start : verdict.end] for verdict in found.verdicts}
    assert gone == {text for text, path in zip(document.texts, paths, strict=True) if not path.endswith(("> p", "> h1", "> h2"))}
    assert found.warnings == ()


def test_a_changed_layout_is_noticed() -> None:
    book = SiteBook(_learned())
    document, paths = _page(12, article="div.app > section.text")
    found = book.find(document, site="a.example", paths=lambda: paths)
    assert found.warnings == ("layout-changed",)
    gone = {document.source[verdict.start : verdict.end] for verdict in found.verdicts}
    assert gone <= {"Zorvle", "Quenlip", "Splonk this"}  # by their lines


def test_few_pages_give_no_selectors() -> None:
    assert not any(site.selector for site in _learned(3).sites)


def test_texts_without_elements_are_as_they_were() -> None:
    found = SiteBook(_learned()).find(parse_text("\n\n".join(PARAGRAPHS)), site="a.example")
    assert found == SiteBook(SiteRules()).find(parse_text("\n\n".join(PARAGRAPHS)))
