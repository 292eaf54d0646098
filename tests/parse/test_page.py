"""What is known of a page's blocks beside their text, and pages that break parsers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean_html
from cleaner.parse.html import parse_html
from cleaner.parse.page import ARIA_HIDDEN, HIDDEN, MARKED_TAGS, Page
from tests.laws.strategies import hunt, pages

_ARTICLE = """<!doctype html><html lang="de-AT"><head><title>Der Steg</title><meta property="og:title" content="Der alte Steg">
<link rel="canonical" href="https://tal.example/steg"></head><body><nav class="Haupt"><a href="/">Start</a> <a href="/tal">Tal</a></nav>
<main><article id="a1" class="story wide"><h1>Der Steg</h1><p>Er war <a href="/alt">alt</a>.</p>
<p hidden>Nicht da</p><p style="Display : none">Auch nicht</p><div aria-hidden="true"><p>Nur zu sehen</p></div>
<p><time datetime="2025-03-01T08:00">Samstag</time></p></article></main></body></html>"""


def _in(page: Page, block: int, tag: str) -> bool:
    return bool(page.nodes.marks[page.node[block]] >> MARKED_TAGS.index(tag) & 1)


def test_elements_around_blocks() -> None:
    page = parse_html(_ARTICLE)
    texts = page.document.texts
    assert texts == ("Start Tal", "Der Steg", "Er war alt.", "Nicht da", "Auch nicht", "Nur zu sehen", "Samstag")
    title = texts.index("Der Steg")
    node = page.node[title]
    article = page.nodes.parent[node]
    assert (page.nodes.tag[node], page.nodes.tag[article], page.nodes.names[article]) == ("h1", "article", "a1 story wide")
    assert (page.nodes.first[article], page.nodes.last[article]) == (1, 7)
    assert [_in(page, block, "article") for block in range(7)] == [False, *[True] * 6]
    assert [_in(page, block, "nav") for block in range(7)] == [True, *[False] * 6]
    assert page.linked == [8, 0, 3, 0, 0, 0, 0]
    hidden = [page.nodes.marks[node] & (HIDDEN | ARIA_HIDDEN) for node in page.node]
    assert hidden == [0, 0, 0, HIDDEN, HIDDEN, ARIA_HIDDEN, 0]


def test_head() -> None:
    head = parse_html(_ARTICLE).head
    assert (head.title, head.language, head.canonical) == ("Der Steg", "de-AT", "https://tal.example/steg")
    assert head.meta == [("og:title", "Der alte Steg")]
    assert head.times == [("2025-03-01T08:00", 6)]


_BODY = " ".join(["Der Steg führt seit hundert Jahren über den Bach und wird nun erneuert."] * 8)


def test_an_article_that_only_a_script_holds() -> None:
    script = f'{{"@type": "NewsArticle", "articleBody": "{_BODY}\\n\\n<p>Die Arbeiten beginnen im &Auml;pril.</p>"}}'
    page = parse_html(f'<script type="application/ld+json">{script}</script><div>Bitte JavaScript einschalten.</div>')
    assert page.document.source == f"Bitte JavaScript einschalten.\n\n{_BODY}\n\nDie Arbeiten beginnen im Äpril."
    shown = parse_html(f'<script type="application/ld+json">{script}</script><p>{_BODY}</p>')
    assert shown.document.source == _BODY


def test_an_article_that_the_page_spaces_and_links_otherwise_is_not_read_twice() -> None:
    paragraphs = [f"{text} {_BODY}" for text in ("Die Brücke", "Das Wehr", "Der Damm")]
    script = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(paragraphs).replace(" ", "  ")})
    shown = "".join(f"<p><a href=/b>{text[:10]}</a>{text[10:]}</p>" for text in paragraphs)
    page = parse_html(f'<script type="application/ld+json">{script}</script>{shown}')
    assert list(page.document.texts) == paragraphs


def test_a_script_with_half_a_pair_gives_text_that_can_be_written() -> None:
    script = f'{{"@type": "NewsArticle", "headline": "Der \\ud83d Steg", "articleBody": "{_BODY} \\ud800 \\ud83d\\ude00"}}'
    result = clean_html(f'<script type="application/ld+json">{script}</script><p>Der Steg</p>')
    assert result.title == "Der \ufffd Steg"
    assert "\ufffd \U0001f600" in result.text.encode().decode()


@pytest.mark.parametrize("script", ["{", "[[[", '{"articleBody": 3}', '{"articleBody": null}', "[" * 100_000, '"articleBody"', ""])
def test_broken_scripts_are_passed_over(script: str) -> None:
    page = parse_html(f'<script type="application/ld+json">{script} articleBody</script><p>Der Steg</p>')
    assert page.document.source == "Der Steg"


def test_an_article_that_only_browsers_without_scripts_show() -> None:
    page = parse_html(f"<div>Lädt …</div><noscript><p>{_BODY}</p></noscript>")
    assert page.document.source == f"Lädt …\n\n{_BODY}"
    assert parse_html(f"<p>{_BODY}</p><noscript><p>{_BODY}</p></noscript>").document.source == _BODY


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("<div>" * 100_000 + "Der Steg", "Der Steg"),
        ("<b>" * 100_000 + "Der Steg", "Der Steg"),
        ("<ul><li>" * 20_000 + "Der Steg", "Der Steg"),
        ("<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">Der Steg", "Der Steg"),
        ("<p class='" + "x " * 500_000 + "'>Der Steg", "Der Steg"),
        ("<p>Der Steg" + "<" * 100_000, "Der Steg" + "<" * 100_000),
        ("\0<p>Der\0 Steg\0", "Der Steg"),
        ("<p>Der Steg\ud800", "Der Steg\ufffd"),
        ("<frameset><frame src=a><noframes><p>Nein</noframes></frameset>", ""),
        ("<html amp><body><amp-img alt=x></amp-img><p>Der Steg</p></body>", "Der Steg"),
        ("<p>Der<!-->Steg", "DerSteg"),
        ("&#0;&#x110000;&nosuch;", "\ufffd\ufffd&nosuch;"),
    ],
    ids=["deep", "deep inline", "deep lists", "attributes", "class", "signs", "NUL", "surrogate", "frames", "amp", "comment", "entities"],
)
def test_pages_that_break_parsers(page: str, source: str) -> None:
    assert parse_html(page).document.source == source


def test_parts_of_a_table() -> None:
    lxml_html = pytest.importorskip("lxml.html")
    table = lxml_html.fromstring("<table><tr><td>Tall</td><td>9</td></tr></table>")
    assert parse_html(table.find(".//tr")).document.source == "Tall 9"


def test_elements_without_blocks_are_left_out_but_for_those_that_are_counted() -> None:
    page = parse_html(
        '<div id="ad"><span></span></div><article></article><p class="a">Der Steg</p><section><p class="a">ist alt</p></section>'
    )
    assert page.nodes.tag == ["", "html", "body", "article", "p", "section", "p"]
    assert (page.nodes.first[3], page.nodes.last[3]) == (0, 0)
    look = page.nodes.look
    assert look[4] == look[6] != look[5]
    assert [page.nodes.looks[at] for at in look] == list(zip(page.nodes.tag, page.nodes.names, strict=True))


@hunt
@given(pages | st.text("<>/ =\"'abp&;!-\n", max_size=200))
def test_what_surrounds_blocks_fits_them(text: str) -> None:
    page = parse_html(text)
    count, nodes = len(page.document.blocks), page.nodes
    assert len(page.node) == len(page.linked) == len(page.inline) == len(page.start) == len(page.end) == count
    assert all(0 <= page.linked[block] <= page.end[block] - page.start[block] for block in range(count))
    for block, node in enumerate(page.node):
        while node:
            assert nodes.first[node] <= block < nodes.last[node]
            assert nodes.depth[node] == nodes.depth[nodes.parent[node]] + 1
            node = nodes.parent[node]
