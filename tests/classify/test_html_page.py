"""The block model: the same numbers whatever else is there, and what it makes of an invented page."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.html_features import Arrays, html_arrays, scale
from cleaner.classify.html_missed import between_siblings, standfirst
from cleaner.classify.html_network import HtmlNetwork, network
from cleaner.classify.html_others import listed_headings, other_articles
from cleaner.classify.html_page import cut, expected_f1
from cleaner.classify.html_text import SPACE, character_classes, code_points, hash_words
from cleaner.classify.rules import lower
from cleaner.parse.html import parse_html
from cleaner.pipeline import Cleaner
from tests.laws.strategies import hunt, pages

_TABLE = character_classes()
_PARAGRAPHS = [
    "Der Steg über den Mühlbach ist seit gestern gesperrt, weil zwei der tragenden Balken im Winter gebrochen sind.",
    "Die Gemeinde rechnet damit, dass die Arbeiten bis in den Juni dauern, und bittet Wanderer, den Weg am Wehr zu nehmen.",
    "Schon im vergangenen Jahr hatte ein Gutachter gewarnt, das Holz werde den nächsten Frost nicht überstehen, sagte die Bürgermeisterin.",
    "Bezahlt wird der neue Steg aus Rücklagen der Gemeinde, der Kreis gibt ein Drittel der Kosten dazu, wie der Rat beschloss.",
]
_PAGE = f"""<!doctype html><html lang="de"><head><title>Steg gesperrt | Talbote</title></head><body>
<header><nav><ul><li><a href="/">Start</a></li><li><a href="/tal">Tal</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>Steg über den Mühlbach gesperrt</h1><div class="article-body">{"".join(f"<p>{text}</p>" for text in _PARAGRAPHS)}</div>
</article><aside class="related"><h2>Mehr zum Thema</h2><ul>
<li><a href="/1">Das Wehr am Mühlbach wird im Herbst saniert</a></li><li><a href="/2">Hochwasser im Tal</a></li>
</ul></aside></main><footer><p>© 2025 Talbote
<a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a></p></footer></body></html>"""


def _model() -> HtmlNetwork:
    model = network(None)
    assert model is not None
    return model


def _arrays(page: str) -> Arrays:
    parsed = parse_html(page)
    return html_arrays(parsed, lower(parsed.document.source), _TABLE)


def _hashes(text: str) -> list[int]:
    points = code_points(text)
    classes = _TABLE[np.minimum(points, len(_TABLE) - 1)]
    return [int(value) for value in hash_words(code_points(text.lower()), classes, np.zeros(len(points), dtype=bool))[1]]


@pytest.mark.parametrize("before", ["", "x ", "Der Steg ist alt. ", "漢字", "12 34 "])
def test_a_word_is_the_same_number_wherever_it_stands(before: str) -> None:
    assert _hashes(f"{before}Steg am Wehr")[-3:] == _hashes("steg AM wehr")


def test_words_differ_by_letters_and_their_order_but_not_by_digits() -> None:
    assert len(set(_hashes("Steg Gest Stege teg s Steg"))) == 5
    assert len(set(_hashes("1984 2025"))) == 1
    assert len(_hashes("漢字かな")) == 4


def test_scale_is_exact() -> None:
    assert scale(np.array([0, 1, 3, 7, 2, 5])).tolist() == [0.0, 1.0, 2.0, 3.0, 1.5, 2.5]


def test_spaces_are_no_words() -> None:
    assert {int(_TABLE[ord(sign)]) for sign in " \n\t\0\u00a0"} == {SPACE}


def test_a_script_that_holds_the_article_tells_which_blocks_are_in_it() -> None:
    script = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(_PARAGRAPHS)})
    without, with_script = (
        parse_html(_PAGE),
        parse_html(_PAGE.replace("</head>", f'<script type="application/ld+json">{script}</script></head>')),
    )
    assert with_script.document == without.document
    assert with_script.head.article == " ".join(_PARAGRAPHS)
    low = lower(without.document.source)
    differ = html_arrays(without, low, _TABLE).dense != html_arrays(with_script, low, _TABLE).dense
    inside = [text in _PARAGRAPHS for text in without.document.texts]
    told = html_arrays(with_script, low, _TABLE).dense[differ.any(axis=1)]
    assert [1.0] * 4 in [row[inside].tolist() for row in told if not row[~np.array(inside)].any()]


@hunt
@given(pages)
def test_chances_are_the_same_in_every_order_of_work(page: str) -> None:
    model, arrays = _model(), _arrays(page)
    chances, kinds, read = model.judge(arrays)
    again, kinds_again, read_again = model.judge(msgspec.structs.replace(arrays, dense=np.asfortranarray(arrays.dense)))
    assert chances.tolist() == again.tolist()
    assert kinds.tolist() == kinds_again.tolist()
    assert read.tolist() == read_again.tolist()
    assert all(0 <= chance <= 10_000 for chance in chances.tolist())


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 200)), max_size=30))
def test_the_cut_moves_with_the_bias(blocks: list[tuple[int, int]]) -> None:
    chances, count = np.array([pair[0] for pair in blocks], dtype=np.int64), np.array([pair[1] for pair in blocks], dtype=np.int64)
    expected = expected_f1(chances, count)
    assert 0 <= expected <= 1
    assert cut(expected, "recall") <= cut(expected) <= cut(expected, "precision")


def test_an_invented_page() -> None:
    result = Cleaner().clean_html(_PAGE)
    assert result.text == "\n\n".join(_PARAGRAPHS)
    assert result.title == "Steg gesperrt"
    assert result.language == "de"
    gone = {result.source[span.start : span.end]: span.label for span in result.removed}
    assert gone["Steg über den Mühlbach gesperrt"] == "headline"
    assert gone["Mehr zum Thema"] == gone["Das Wehr am Mühlbach wird im Herbst saniert"] == "teaser_list"


_OTHER = [
    "In Oberau hat der Fußballverein am Sonntag sein letztes Heimspiel verloren und steigt nach vierzig Jahren aus der Liga ab.",
    "Der Trainer sprach von einem verdienten Ende, die Mannschaft habe in der ganzen Saison kaum ein Tor geschossen, sagte er.",
]


@pytest.mark.parametrize(("heading", "kept"), [("Oberau steigt ab", False), ("Steg gesperrt", True)])
def test_a_second_article_goes_if_its_title_is_not_the_pages(heading: str, kept: bool) -> None:
    second = f"<article><h1>{heading}</h1><div class='article-body'>{''.join(f'<p>{text}</p>' for text in _OTHER)}</div></article>"
    page = _PAGE.replace("<h1>Steg über den Mühlbach gesperrt</h1>", "<h1>Steg gesperrt</h1>").replace("<aside", f"{second}<aside")
    parsed = parse_html(page)
    others = other_articles(parsed, np.full(len(parsed.document.blocks), 10), "Steg gesperrt")
    assert [text for text, other in zip(parsed.document.texts, others, strict=True) if other] == ([] if kept else [heading, *_OTHER])


def test_a_heading_inside_an_article_begins_no_other() -> None:
    page = _PAGE.replace(f"<p>{_PARAGRAPHS[2]}</p>", f"<article><p>{_PARAGRAPHS[2] * 3}</p><h1>Das Holz</h1></article>")
    parsed = parse_html(page)
    count = np.array([len(text.split()) for text in parsed.document.texts])
    assert not other_articles(parsed, count, "Steg über den Mühlbach gesperrt").any()


_LISTED = [("Das Holz", True), ("1. Das Holz", True), ("2", False), ("Der Preis", False)]


@pytest.mark.parametrize(("entry", "is_listed"), _LISTED)
@pytest.mark.parametrize("above", [True, False])
def test_a_link_that_says_what_a_heading_further_down_says_is_of_a_table_of_contents(entry: str, is_listed: bool, above: bool) -> None:
    parts = [f"<p><a href='#x'>{entry}</a></p>", f"<h2>Das Holz</h2><p>{_PARAGRAPHS[0]}</p><h2>1</h2><p>Das Holz</p>"]
    parsed = parse_html("".join(parts if above else reversed(parts)))
    linked = np.array(parsed.linked) / (np.array(parsed.end) - np.array(parsed.start))
    listed = listed_headings(parsed, np.ones(len(linked), dtype=bool), linked)
    assert [text for text, is_entry in zip(parsed.document.texts, listed, strict=True) if is_entry] == [entry] * (is_listed and above)


@pytest.mark.parametrize(
    ("chance", "linked", "wrapped", "taken"),
    [(2_000, 0.0, False, True), (500, 0.0, False, False), (2_000, 1.0, False, False), (2_000, 0.0, True, False)],
)
def test_what_stands_between_siblings_of_the_body_is_content(chance: int, linked: float, wrapped: bool, taken: bool) -> None:
    middle = "<div><p>Eins</p><p>Zwei</p></div>" if wrapped else "<p>Eins</p>"
    page = f"<div><p>{_PARAGRAPHS[0]}</p>{middle}<p>{_PARAGRAPHS[1]}</p></div>"
    arrays = _arrays(page)
    n = len(arrays.count)
    body = np.array([True, *[False] * (n - 2), True])
    found = between_siblings(arrays, body, np.full(n, chance), np.full(n, linked))
    assert found.tolist() == [False, *[taken] * (n - 2), False]


@pytest.mark.parametrize(
    ("description", "taken"), [("Zwei Balken des Steges sind im Winter gebrochen.", True), ("Zwei Balken", False), ("", False)]
)
def test_what_the_page_says_of_itself_is_the_standfirst(description: str, taken: bool) -> None:
    lead = "Zwei Balken des Steges sind im Winter gebrochen."
    page = f"<meta name=description content='{description}'><p>Anderes Wort</p><p>{lead}</p><p>{_PARAGRAPHS[0]}</p><p>{lead}</p>"
    parsed, arrays = parse_html(page), _arrays(page)
    body = np.array([False, False, True, False])
    assert standfirst(parsed, arrays, body, np.full(4, 3_000), np.zeros(4)).tolist() == [False, taken, False, False]
    assert not standfirst(parsed, arrays, np.zeros(4, dtype=bool), np.full(4, 3_000), np.zeros(4)).any()


def test_a_page_twice_and_among_others() -> None:
    cleaner = Cleaner()
    alone = cleaner.clean_html(_PAGE)
    list(cleaner.clean_many(["<p>Anderes</p>", _PAGE, b"<table><tr><td>9</td></tr></table>"]))
    assert cleaner.clean_html(_PAGE) == alone
    assert Cleaner().clean_html(_PAGE.encode()) == alone
