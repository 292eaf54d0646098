"""The review page in a browser, with a server in a process of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import Cleaner, Options
from cleaner.load.decisions import read_decisions
from tests.browser.axe import grave
from tests.browser.conftest import Server, Watched, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: a body for each document: what shares its sentences is taken for the same document
BODIES = (
    "The night ferry to Inchmore will sail all winter, the harbour board decided on Tuesday after a debate of five hours.\n\n{middle}\n\n"
    "Its chairwoman said the boat had carried more people in October than in any July before, most of them to work.",
    "A girl of twelve has beaten a grandmaster in thirty-one moves, and then asked him whether he would like a biscuit.\n\n{middle}\n\n"
    "He said he had missed one quiet bishop move, and that he expected to miss it again in his dreams for some time.",
    "The apple harvest in the valley is the smallest for thirty years, because a frost came in the second week of May.\n\n{middle}\n\n"
    "Growers hope that the price will make up for some of it, but the presses have been idle since the end of September.",
    "The town library will lend ladders, drills and a tent from the new year, after a trial in two villages went well.\n\n{middle}\n\n"
    "Only one drill was lost in the trial, the librarian said, and the borrower came back with a better one and a cake.",
    "The old clock on the station square is to be repaired in spring, although its parts have not been made since 1961.\n\n{middle}\n\n"
    "A smith from the next village has offered to forge them one by one, and asks for nothing but a bench with a view.",
    "Two storks have built their nest on the fire station again, so that the siren will be silent until they have left.\n\n{middle}\n\n"
    "The crew is called by telephone instead, which takes half a minute longer, as the captain told the council on Monday.",
)
ODD = (
    'Ferry <script>alert(1)</script> "><img src=x onerror=alert(2)> \u202ebackwards\u202c \x1b[31m {{7*7}} '
    "said the captain of the boat on Sunday."
)
Serve = Callable[[Path], Server]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sites of three texts each, with the same residue around them."""
    made = tmp_path / "crawl"
    for place, body in enumerate(BODIES):
        site, number = ("gazette", "post")[place // 3], place % 3
        (made / site).mkdir(parents=True, exist_ok=True)
        middle = ODD if (site, number) == ("post", 2) else f"Number {number} of the {site} had been late, a passenger wrote to the editor."
        above, below = "Skip to content\nSubscribe\nLog in\n\n", "\nShare this article\nSign up for our newsletter\nMost read\n"
        text = f"{above}{body.format(middle=middle)}{below}"
        (made / site / f"{number}.txt").write_text(text, encoding="utf-8")
    return made


def _decisions(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]


def _saved(page: Page, folder: Path, count: int) -> None:
    end = time.monotonic() + 15
    while len(_decisions(folder)) < count:
        assert time.monotonic() < end
        page.wait_for_timeout(20)
    until(page, "document.querySelector('#saved').textContent === 'All saved'")


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_thirty_spans_a_minute_by_keyboard_alone(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-1")
    page.wait_for_selector("#text")
    page.keyboard.press("n")
    begin = time.monotonic()
    for number in range(15):
        page.keyboard.press("r" if number % 3 else "k")
        _saved(page, folder, number + 1)
    seconds = time.monotonic() - begin
    assert len(_decisions(folder)) == 15
    assert len({(line["id"], line["start"]) for line in _decisions(folder)}) == 15  # each key took the next one
    assert "15 of" in page.inner_text("#progress")
    assert seconds < 15, "the machine alone takes half of the minute"


def test_the_worklist_is_worked_off_without_opening_documents(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#worklist")
    page.wait_for_selector("a.item")
    page.keyboard.press("n")
    first = _focused(page)
    page.keyboard.press("2")
    page.keyboard.press("r")
    assert _focused(page) != first
    _saved(page, folder, 1)
    (line,) = _decisions(folder)
    assert line["scope"] == "identical"
    page.reload()
    page.wait_for_selector("a.item")
    assert first not in page.locator("a.item").all_text_contents()


def test_keep_undo_and_reload(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-1")
    page.locator("#text del", has_text="Share this article").focus()
    page.keyboard.press("k")
    page.wait_for_selector("#text ins")
    assert page.inner_text("#text ins").strip().endswith("Share this article")
    page.reload()
    page.wait_for_selector("#text ins")
    page.keyboard.press("u")
    _saved(page, folder, 2)
    page.wait_for_selector("#text ins", state="detached")
    assert _focused(page) == "Share this article"
    assert read_decisions([folder / "decisions.jsonl"]) == ()


def test_relabel_by_keyboard_and_all_of_a_site(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-1")
    page.locator("#text del", has_text="Most read").focus()
    page.keyboard.press("3")
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.id") == "relabel"
    page.select_option("#relabel", "promotion")
    _saved(page, folder, 1)
    (line,) = _decisions(folder)
    assert (line["verdict"], line["label"], line["scope"], line["site"]) == ("remove", "promotion", "site", "gazette")
    for number, is_meant in ((2, True), (4, False)):
        page.goto(page.url.partition("#")[0] + f"#document-{number}")
        until(page, f"document.querySelector('.place').textContent.startsWith('{number} of')")
        assert ("decided" in (page.locator("#text del", has_text="Most read").get_attribute("class") or "")) == is_meant


def test_a_selection_is_decided_on_to_the_letter(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-6")
    page.wait_for_selector("#text .escape")
    # from inside a word before the escapes to inside one behind them
    page.evaluate("""() => {
        const line = [...document.querySelectorAll("#text p")].find((one) => one.textContent.includes("onerror"));
        const piece = line.querySelector("span");
        const texts = [...piece.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const range = document.createRange();
        range.setStart(texts[0], texts[0].textContent.indexOf("<script>"));
        range.setEnd(texts[texts.length - 1], texts[texts.length - 1].textContent.indexOf(" said"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    page.wait_for_timeout(100)
    page.locator("#relabel").select_option("artifact")
    _saved(page, folder, 1)
    (line,) = _decisions(folder)
    assert line["text"] == ODD[ODD.index("<script>") : ODD.index(" said")]
    source = (folder / "post" / "2.txt").read_text(encoding="utf-8")
    assert source[line["start"] : line["end"]] == line["text"]
    page.wait_for_selector("#text del.decided")
    assert page.locator("#main :is(script, img)").count() == 0


def test_a_line_that_stays_is_removed_by_keyboard(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-1")
    page.wait_for_selector("#text")
    page.locator("#text p", has_text="Number 0").focus()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "relabel"
    page.select_option("#relabel", "editorial_note")
    _saved(page, folder, 1)
    assert _decisions(folder)[0]["text"] == "Number 0 of the gazette had been late, a passenger wrote to the editor."


def test_two_tabs_agree(watched: Watched, serve: Serve, folder: Path) -> None:
    address = serve(folder).address
    one = watched.open(f"{address}#document-1")
    other = watched.open(f"{address}#document-1", beside=one)
    other.wait_for_selector("#text")
    one.bring_to_front()
    one.locator("#text del", has_text="Share this article").focus()
    one.keyboard.press("k")
    _saved(one, folder, 1)
    other.wait_for_selector("#text ins")
    other.bring_to_front()
    other.keyboard.press("u")
    _saved(other, folder, 2)
    one.wait_for_selector("#text ins", state="detached")


def test_killing_the_server_loses_nothing_and_is_told(watched: Watched, serve: Serve, folder: Path) -> None:
    server = serve(folder)
    page = watched.open(f"{server.address}#document-1")
    page.wait_for_selector("#text")
    page.keyboard.press("n")
    for number in range(4):
        page.keyboard.press("r")
        _saved(page, folder, number + 1)
    page.keyboard.press("r")
    server.kill()
    page.wait_for_timeout(200)
    page.keyboard.press("k")
    until(page, "document.querySelector('#notice').textContent.includes('not saved')")
    assert page.get_attribute("#notice", "role") == "alert"
    standing = read_decisions([folder / "decisions.jsonl"])
    assert len(standing) in (4, 5)  # the fifth was on its way
    again = watched.open(f"{serve(folder).address}#document-1")
    again.wait_for_selector("#text")
    assert again.locator("#text .decided").count() == len(standing)
    watched.troubles.clear()  # the browser tells that the server is gone


def test_decisions_are_honoured_by_the_next_run_also_when_the_text_shifts(watched: Watched, serve: Serve, folder: Path) -> None:
    page = watched.open(f"{serve(folder).address}#document-1")
    page.locator("#text del", has_text="Share this article").focus()
    page.keyboard.press("k")
    _saved(page, folder, 1)
    cleaner = Cleaner(Options(decisions=(str(folder / "decisions.jsonl"),)))
    for shifted in ("", "Cookies help us. Accept all\nWeather\n\n"):
        text = shifted + (folder / "gazette" / "0.txt").read_text(encoding="utf-8")
        made = cleaner.clean_text(text)
        (span,) = [span for span in made.spans if span.reason == "reviewed" and made.source[span.start : span.end].strip()]
        assert made.source[span.start : span.end].strip() == "Share this article"
        assert span.kept
        assert "Share this article" in made.text
    assert "Share this article" not in cleaner.clean_text((folder / "gazette" / "1.txt").read_bytes()).text


@pytest.mark.parametrize("view", ["overview", "worklist", "document-6"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (380, "light")])
def test_the_page_is_accessible_and_asks_its_own_server_only(
    watched: Watched, serve: Serve, folder: Path, view: str, width: int, scheme: str
) -> None:
    server = serve(folder)
    page = watched.open(f"{server.address}#{view}", width=width, scheme=scheme)
    page.wait_for_selector("#main :is(table, li, article)")
    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(request.startswith(server.address) for request in watched.requests)
