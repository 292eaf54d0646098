"""The report in a browser: it shows, filters, steps, explains, stays at home, and takes hostile text for text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from cleaner.render.page import page as report
from cleaner.render.page import report_page
from cleaner.render.report import Report
from cleaner.render.visible import visible
from cleaner.values import Result
from tests.browser.axe import grave
from tests.browser.conftest import Watched, until
from tests.render.build import ARTICLE, HOSTILE, of_pieces, result

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SECOND = "⟦navigation:Menü⟧⟦space:\n⟧Die Orgel klingt wieder.\n⟦promotion:Jetzt den Newsletter der Woche bestellen.⟧\n"
VIEWS = ("overview", "worklist", "repeated", "documents", "document-1")


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A report of three documents of two sites."""
    documents = [
        ("bote/steg.txt", result(ARTICLE, title="Steg wird erneuert", warnings=("mostly-removed",))),
        ("bote/orgel.txt", result(SECOND)),
        ("kurier/orgel.txt", result(SECOND)),
    ]
    return written(tmp_path, *documents)


def written(folder: Path, *documents: tuple[str, Result]) -> str:
    """A report's address."""
    path = folder / "report.html"
    path.write_bytes(report(documents).encode())
    return path.as_uri()


def _focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_views_are_accessible_fit_the_screen_and_load_nothing(watched: Watched, address: str, view: str, scheme: str, width: int) -> None:
    page = watched.open(f"{address}#{view}", width=width, height=800, scheme=scheme)
    page.wait_for_selector("#main :is(table, li, article)")
    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.requests == [f"{address}#{view}"] or watched.requests == [address]


def test_removals_are_struck_in_place_and_say_why(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#document-1")
    line = page.locator("#text p.mixed")
    assert line.evaluate("line => line.textContent") == "Der Steg über die Tall wird am Montag abgerissen. Foto: Sauter Er war beliebt."
    cut = page.locator("#text del", has_text="Foto: Sauter")
    assert "line-through" in cut.evaluate("cut => getComputedStyle(cut).textDecorationLine")
    cut.hover()
    assert page.inner_text("#why") == "photo_credit rule:xx-photo_credit · score 0.95"
    page.locator("#text del", has_text="Menü").focus()
    assert page.inner_text("#why") == "navigation rule:xx-navigation · score 0.95 · also in 2 documents"


def test_the_legend_counts_and_filters(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#document-1")
    assert page.locator("#legend li", has_text="navigation").locator(".count").inner_text() == "4 · 4 words"
    assert page.locator("#text del:visible").count() == 5
    page.locator("#legend li", has_text="navigation").locator("input").uncheck()
    assert page.locator("#text del:visible").count() == 3
    page.goto(f"{address}#worklist")
    assert "Menü" not in page.inner_text("#main")
    page.get_by_role("button", name="None", exact=True).click()
    assert "Nothing that the filters let through" in page.inner_text("#main")
    page.locator("#reset").click()
    assert "Menü" in page.inner_text("#main")


def test_reason_site_and_score_filter(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#worklist")
    page.select_option("#reason", label="rule:xx-promotion (2)")
    assert page.locator("a.item").count() == 1
    page.locator("#reset").click()
    assert page.locator("#kind").count() == 0  # there is one kind only
    page.select_option("#site", label="kurier (1)")
    page.goto(f"{address}#documents")
    assert page.locator(".documents .name").all_inner_texts() == ["kurier/orgel.txt"]
    page.locator("#low").fill("0.96")
    page.locator("#low").press("Tab")
    assert "No document" in page.inner_text("#main")
    assert "active" in (page.locator("#filters").get_attribute("class") or "")


def test_the_kind_of_reason_filters(watched: Watched, tmp_path: Path) -> None:
    made = result(ARTICLE)
    spans = tuple(msgspec.structs.replace(span, reason="structure", score=0.6) if span.label == "share" else span for span in made.spans)
    page = watched.open(f"{written(tmp_path, ('steg.txt', msgspec.structs.replace(made, spans=spans)))}#worklist")
    page.select_option("#kind", label="structure (1)")
    assert page.locator("a.item .words").all_inner_texts() == ["Teilen"]
    assert page.locator("#reason option").all_inner_texts()[0] == "all rules"
    page.select_option("#kind", label="rule (4)")
    assert page.locator("a.item").count() == 4


def test_what_is_repeated_is_counted_over_the_corpus(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#repeated")
    rows = [" ".join(text.split()) for text in page.locator("a.item").all_inner_texts()]
    assert rows[0].startswith("3 documents Menü navigation")
    assert rows[1].startswith("2 documents Jetzt den Newsletter der Woche bestellen. promotion")
    page.locator("a.item").nth(1).click()
    page.wait_for_selector("#text")
    assert _focused(page) == "Jetzt den Newsletter der Woche bestellen."


def test_the_worklist_begins_with_what_is_most_like_prose(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#worklist")
    texts = page.locator("a.item .words").all_inner_texts()
    assert texts[0].startswith(("Lesen Sie auch", "Jetzt den Newsletter"))
    assert len(texts) == len(set(texts))  # identical ones stand there once


def test_the_keyboard_reaches_everything(watched: Watched, address: str) -> None:
    page = watched.open(address)
    page.keyboard.press("d")
    page.wait_for_selector(".documents")
    page.keyboard.press("/")
    until(page, "document.activeElement.id === 'search'")
    page.keyboard.type("orgel")
    assert page.locator(".documents li").count() == 2
    page.keyboard.press("Escape")
    page.goto(f"{address}#document-1")
    page.wait_for_selector("#text")
    seen = []
    for _ in range(4):
        page.keyboard.press("n")
        seen.append(_focused(page))
    assert seen == ["Menü", "Suche", "Foto: Sauter", "Lesen Sie auch: Warum die Stadt prüft"]
    page.keyboard.press("p")
    assert _focused(page) == "Foto: Sauter"
    page.keyboard.press("ArrowDown")
    assert _focused(page) == "Gebaut hatte ihn eine Schulklasse."
    page.keyboard.press("v")
    page.wait_for_selector("#text.sides")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    assert grave(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_stepping_goes_on_in_the_next_document(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#document-2")
    page.wait_for_selector("#text")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert _focused(page).startswith("Jetzt den Newsletter")
    page.keyboard.press("n")
    until(page, "document.querySelector('#document-name').textContent === 'kurier/orgel.txt'")
    assert _focused(page) == "Menü"
    page.keyboard.press("p")
    until(page, "document.querySelector('#document-name').textContent === 'bote/orgel.txt'")
    assert _focused(page).startswith("Jetzt den Newsletter")


def test_single_keys_can_be_turned_off(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#document-1")
    page.locator("#help").click()
    page.locator("#keys input").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("w")
    assert page.url.endswith("#document-1")


def test_side_by_side_shows_the_body_beside_the_source(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}#document-1")
    page.get_by_role("button", name="Side by side").click()
    page.wait_for_selector("#text.sides")
    left, right = page.locator("#text > p").nth(4), page.locator("#text > p").nth(5)
    assert left.evaluate("line => line.textContent") == "Der Steg über die Tall wird am Montag abgerissen. Foto: Sauter Er war beliebt."
    assert right.inner_text() == "Der Steg über die Tall wird am Montag abgerissen. Er war beliebt."


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_shows_as_text(watched: Watched, tmp_path: Path, hostile: str) -> None:
    made = result(f"Vorher {hostile} nachher.\n⟦teaser_list:{hostile}⟧\n", title=hostile, warnings=(hostile,))
    page = watched.open(f"{written(tmp_path, (hostile, made))}#document-1")
    page.wait_for_selector("#text")
    shown = visible(hostile.replace("\ud800", "\ufffd"))
    assert page.locator("#text p").evaluate_all("lines => lines.map(line => line.textContent)") == [f"Vorher {shown} nachher.", shown]
    assert page.inner_text("#document-name") == shown
    for view in ("overview", "worklist", "documents"):
        page.goto(page.url.partition("#")[0] + f"#{view}")
        page.wait_for_selector("#main :is(table, li)")
        assert page.locator("#main :is(script, img, style)").count() == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 3


def test_escapes_are_those_of_the_terminal(watched: Watched, tmp_path: Path) -> None:
    odd = "".join(chr(code) for code in (*range(0x01, 0x0A), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)))
    odd += "\u200e\u200f\u061c\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff\U000e0041\U0001f3f4\U000e0067\U000e0062\U000e007f\u200d\u00ad"
    page = watched.open(f"{written(tmp_path, ('odd', result(f'a{odd}b')))}#document-1")
    page.wait_for_selector("#text p")
    assert page.locator("#text p").evaluate("line => line.textContent") == f"a{visible(odd)}b"


def test_a_line_of_a_megabyte(watched: Watched, tmp_path: Path) -> None:
    made = of_pieces([("wort " * 210_000, "", "paragraph"), ("x" * 1_050_000, "artifact", "paragraph"), ("\n", "", "paragraph")])
    page = watched.open(f"{written(tmp_path, ('long', made))}#document-1")
    page.wait_for_selector("#text p")
    assert page.locator("#text p").evaluate("line => line.textContent.length") < 20_000
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#text del button.more").click()
    assert page.locator("#text del").evaluate("cut => cut.textContent.length") == 1_050_000


def test_inline_scripts_styles_and_requests_are_blocked(watched: Watched, address: str) -> None:
    page = watched.open(address)
    page.evaluate("""() => {
        window.blocked = [];
        document.addEventListener("securitypolicyviolation", (event) => window.blocked.push(event.effectiveDirective));
        const script = document.createElement("script");
        try { script.textContent = "window.ran = true"; document.body.append(script); } catch { window.blocked.push("trusted-types"); }
        const picture = document.createElement("img");
        picture.src = "https://evil.example/x.png";
        document.body.append(picture);
        fetch("https://evil.example/").catch(() => {});
    }""")
    until(page, "window.blocked.length >= 3")
    assert page.evaluate("window.ran") is None
    assert {"img-src", "connect-src"} <= set(page.evaluate("window.blocked"))
    assert not any("evil" in answer for answer in watched.answers)
    watched.troubles.clear()  # the browser tells what it has blocked


def test_what_is_left_out_is_said(watched: Watched, tmp_path: Path) -> None:
    gathered = Report(shown=2)
    for number in range(5):
        gathered.add(f"{number}.txt", result(ARTICLE))
    path = tmp_path / "report.html"
    path.write_text(report_page(gathered), encoding="utf-8")
    page = watched.open(path.as_uri())
    assert "shows the first 2 documents of 5" in page.inner_text("#notice")
    assert "5 documents, 25 removals" in page.inner_text("#total")
    assert page.locator(".chart").first.locator("tbody tr").first.inner_text().split()[-2:] == ["35", "5"]


@pytest.mark.benchmark
def test_five_thousand_documents_open_in_three_seconds(watched: Watched, tmp_path: Path) -> None:
    gathered = Report()
    prose = "Der Rat von Oberau hat am Dienstag beschlossen, die alte Schleuse zu erhalten, weil sie noch dicht ist. " * 5
    for number in range(5_000):
        removals = [(f"Teaser Nummer {number * 7 % 611 + part} zur Lage\n", "teaser_list", "list_item") for part in range(20)]
        gathered.add(f"zeitung{number % 9}/{number}.txt", of_pieces([*[(f"{prose}{number}\n", "", "paragraph")] * 12, *removals]))
    path = tmp_path / "report.html"
    path.write_text(report_page(gathered), encoding="utf-8")
    seconds = []
    for _ in range(3):
        begin = time.monotonic()
        page = watched.open(path.as_uri())
        page.wait_for_selector(".chart")
        seconds.append(time.monotonic() - begin)
        page.goto(f"{path.as_uri()}#document-4999")
        page.wait_for_selector("#text p")
        page.close()
    assert min(seconds) < 3, seconds
