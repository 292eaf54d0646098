"""Pages to blocks: the visible text in reading order."""

from __future__ import annotations

from typing import Any

import bs4
import lxml.etree
import lxml.html
import pytest
from hypothesis import given

from cleaner.errors import NotText, UnsupportedInput
from cleaner.parse.html import parse_html
from tests.laws.strategies import hunt, pages


def _source(page: Any) -> str:
    return parse_html(page).document.source


def _roles(page: str) -> list[tuple[str, str]]:
    document = parse_html(page).document
    return [(block.role, document.source[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("<p>Der Steg</p><p>war alt.</p>", "Der Steg\n\nwar alt."),
        ("<p>Der\n  Steg\twar\u00a0alt. </p>", "Der Steg war alt."),
        ("<p>Der <b>alte</b> <i>St<u>eg</u></i>.</p>", "Der alte Steg."),
        ("<p>Der<span> Steg </span>war <a href='/a'>alt</a>, <em>sehr <strong>alt</strong></em>.</p>", "Der Steg war alt, sehr alt."),
        ("<div>Der Steg<p>war alt.</p>Und lang.</div>", "Der Steg\n\nwar alt.\n\nUnd lang."),
        ("<div><div><div>Der Steg</div></div></div>", "Der Steg"),
        ("<p>Der Steg<br>war alt.<br/><br/>Und lang.</p>", "Der Steg\n\nwar alt.\n\nUnd lang."),
        ("<ul><li>Mehl</li><li>Zucker</li></ul><p>Rühren.</p>", "Mehl\nZucker\n\nRühren."),
        ("<table><tr><th>Ort</th><th>Zeit</th></tr><tr><td>Tall</td><td>9</td></tr></table>", "Ort Zeit\nTall 9"),
        ("<p>A &amp; B &lt;C&gt; &auml;&#8211;&#x1F6A2; &nbsp;&hellip;</p>", "A & B <C> ä–🚢 …"),
        ("<p>Der<!-- nicht --> Steg<!-- dies -->.</p>", "Der Steg."),
        ("<p>Der<?php nicht ?> Steg.</p>", "Der Steg."),
        ("<head><title>T</title><style>s</style></head><body>Der<script>j</script> Steg<noscript>n</noscript></body>", "Der Steg"),
        ("<p>Der <svg><title>Pfeil</title><text>x</text></svg>Steg</p><iframe>x</iframe><template>y</template>", "Der Steg"),
        ("<form><select><option>1</option></select><textarea>t</textarea><button>Senden</button></form>", "Senden"),
        ("<p>Der Steg<p>war alt.<div>Und lang.", "Der Steg\n\nwar alt.\n\nUnd lang."),
        ("Der Steg", "Der Steg"),
        ("", ""),
        ("<html></html>", ""),
        ("<html><head></head></html>", ""),
        ("<body>  \n </body>", ""),
        ("<p> </p><p></p><p>Der Steg</p>", "Der Steg"),
        ("<!-- nur dies -->", ""),
        ("<?xml version='1.0' encoding='utf-8'?><html><body><p>Über</p></body></html>", "Über"),
        ("<p>Der\0 Steg</p>", "Der Steg"),
        ("<frameset><frame src='a'></frameset>", ""),
    ],
)
def test_visible_text(page: str, source: str) -> None:
    assert _source(page) == source


def test_roles() -> None:
    page = (
        "<h1>Der Steg</h1><h3>Unten</h3><p>Er war alt.</p><blockquote><p>Sehr alt.</p></blockquote><ul><li><p>Mehl</p></li></ul>"
        "<ol><li>Kochen</li></ol><dl><dt>Tall</dt><dd>Fluss</dd></dl><table><tr><td>Ort</td></tr></table><pre>a = 1\n  "
        "b = 2\n</pre><h6>Ende</h6>"
    )
    assert _roles(page) == [
        ("heading1", "Der Steg"),
        ("heading3", "Unten"),
        ("paragraph", "Er war alt."),
        ("quote", "Sehr alt."),
        ("list_item", "Mehl"),
        ("list_item", "Kochen"),
        ("list_item", "Tall"),
        ("list_item", "Fluss"),
        ("table_row", "Ort"),
        ("code", "a = 1\n  b = 2"),
        ("heading6", "Ende"),
    ]


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ("<p>Über</p>".encode(), "Über"),
        ("\ufeff<p>Über</p>".encode(), "Über"),
        ("<meta charset='iso-8859-1'><p>Über</p>".encode(), "Über"),
        ("<meta charset='iso-8859-1'><p>Über</p>".encode("latin-1"), "Über"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>Łódź</p>'.encode("cp1250"), "Łódź"),
        ("<meta charset=nonsense><p>Über die Brücke für Fußgänger.</p>".encode("cp1252"), "Über die Brücke für Fußgänger."),
        ("<p>Über</p>".encode("utf-16"), "Über"),
    ],
)  # fmt: skip
def test_bytes_are_read_as_what_they_are(data: bytes, source: str) -> None:
    assert _source(data) == source
    assert _source(bytearray(data)) == source


def test_bytes_that_are_no_page() -> None:
    with pytest.raises(NotText, match="a PNG picture"):
        parse_html(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


_PAGE = "<html><body><h1>Der Steg</h1><p>Er war <b>alt</b>.</p></body></html>"


@pytest.mark.parametrize(
    "page",
    [
        bs4.BeautifulSoup(_PAGE, "html.parser"),
        bs4.BeautifulSoup(_PAGE, "lxml"),
        lxml.html.fromstring(_PAGE),
        lxml.etree.fromstring(_PAGE),
        lxml.html.document_fromstring(_PAGE),
    ],
    ids=["soup", "soup over lxml", "html element", "xml element", "document"],
)
def test_trees(page: Any) -> None:
    assert _source(page) == "Der Steg\n\nEr war alt."


def test_a_part_of_a_tree() -> None:
    assert _source(bs4.BeautifulSoup(_PAGE, "html.parser").p) == "Er war alt."
    [paragraph] = lxml.html.fromstring("<div><p>Er war <b>alt</b>.</p> Und lang.</div>").findall("p")
    assert _source(paragraph) == "Er war alt."


@pytest.mark.parametrize("page", [None, 3, ["<p>"], object()])
def test_other_types(page: Any) -> None:
    with pytest.raises(UnsupportedInput, match=f"cannot clean a {type(page).__name__}"):
        parse_html(page)


@hunt
@given(pages)
def test_blocks_lie_in_the_source_with_white_space_between(page: str) -> None:
    document = parse_html(page).document
    at = 0
    for block, text in zip(document.blocks, document.texts, strict=True):
        assert document.source[at : block.start] in ("", "\n", "\n\n")
        assert document.source[block.start : block.end] == text == text.strip() != ""
        at = block.end
    assert at == len(document.source)
