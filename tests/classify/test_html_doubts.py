"""Blocks that the network is not sure of, on invented pages: labels, blocks made alike, quoted posts, figures, boxes of links."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.html_doubts import settled
from cleaner.classify.html_features import Arrays, html_arrays
from cleaner.classify.html_missed import made_alike, quoted_posts
from cleaner.classify.html_others import boxes_of_links, captions
from cleaner.classify.html_text import character_classes
from cleaner.classify.rules import lower
from cleaner.parse.html import parse_html
from cleaner.parse.page import Page

_TABLE = character_classes()
_BLOCKS = st.lists(st.tuples(st.integers(0, 10_000), st.booleans(), st.booleans()), max_size=20)


def _parsed(markup: str) -> tuple[Page, Arrays, Any]:
    page = parse_html(markup)
    linked = np.array(page.linked) / (np.array(page.end) - np.array(page.start))
    return page, html_arrays(page, lower(page.document.source), _TABLE), linked


def _chosen(page: Page, flags: Any) -> list[str]:
    return [text for text, flag in zip(page.document.texts, flags.tolist(), strict=True) if flag]


@pytest.mark.parametrize(
    ("chance", "read", "linked", "content"),
    [
        (9_000, False, 0.0, True),
        (6_000, False, 0.0, False),
        (6_000, True, 1.0, True),
        (3_000, True, 0.0, True),
        (3_000, True, 1.0, False),
        (3_000, False, 0.0, False),
        (1_000, True, 0.0, False),
    ],
)
def test_a_label_settles_what_the_chance_leaves_in_doubt(chance: int, read: bool, linked: float, content: bool) -> None:
    assert settled(np.array([chance]), 5_000, np.array([read]), np.array([linked])).tolist() == [content]


@given(_BLOCKS, st.integers(500, 9_500), st.integers(0, 4_000))
def test_a_higher_cut_keeps_nothing_more(blocks: list[tuple[int, bool, bool]], limit: int, more: int) -> None:
    chances = np.array([chance for chance, _, _ in blocks], dtype=np.int64)
    read = np.array([flag for _, flag, _ in blocks], dtype=bool)
    linked = np.array([float(flag) for _, _, flag in blocks])
    low, high = (settled(chances, cut, read, linked) for cut in (limit, limit + more))
    assert not (high & ~low).any()


@pytest.mark.parametrize(
    ("names", "chance", "taken"),
    [
        (("step", "step"), 2_000, True),
        (("step", "step"), 500, False),
        (("step", "other"), 2_000, False),
    ],
)
def test_an_item_made_like_those_of_the_body_is_the_bodys(names: tuple[str, str], chance: int, taken: bool) -> None:
    items = "".join(f"<div><p class={names[item == 2]}>Schritt {item} am Steg</p></div>" for item in range(4))
    page, arrays, linked = _parsed(f"<main>{items}<p>Mehr</p></main>")
    body = np.array([True, True, False, True, False])
    found = made_alike(page, arrays, body, np.full(5, chance), linked)
    assert _chosen(page, found) == ["Schritt 2 am Steg"] * taken
    assert not made_alike(page, arrays, body, np.full(5, chance), np.ones(5)).any()


def test_an_item_in_a_list_of_which_the_body_has_little_is_not_the_bodys() -> None:
    page, arrays, linked = _parsed(f"<ul>{'<li>Anderes im Tal</li>' * 7}</ul>")
    body = np.array([True, True, *[False] * 5])
    assert not made_alike(page, arrays, body, np.full(7, 4_000), linked).any()


@pytest.mark.parametrize(
    ("before", "behind", "taken"),
    [("<p>Der Steg ist zu.</p>", "<p>Er bleibt es.</p>", True), ("<p>Der Steg ist zu.</p>", "", True), ("", "<p>Er bleibt es.</p>", False)],
)
def test_a_post_that_the_body_quotes_is_the_bodys(before: str, behind: str, taken: bool) -> None:
    post = "<blockquote class='twitter-tweet'><p>Nasse Füße garantiert.</p>— Wehr (@wehr) <a href='/1'>3. Mai</a></blockquote>"
    page, _, _ = _parsed(f"<main>{before}{post}{behind}</main>")
    body = np.array([text in ("Der Steg ist zu.", "Er bleibt es.") for text in page.document.texts])
    found = quoted_posts(page, body)
    assert _chosen(page, found) == ["Nasse Füße garantiert.", "— Wehr (@wehr) 3. Mai"] * taken
    assert not quoted_posts(page, np.zeros(len(body), dtype=bool)).any()


def test_other_quotations_are_left_to_the_network() -> None:
    page, _, _ = _parsed("<main><p>Der Steg ist zu.</p><blockquote class=pull><p>Nasse Füße.</p></blockquote></main>")
    assert not quoted_posts(page, np.array([True, False])).any()


@pytest.mark.parametrize(("chance", "goes"), [(9_000, True), (9_950, False)])
def test_a_figures_text_goes_unless_the_network_is_sure(chance: int, goes: bool) -> None:
    page, _, _ = _parsed("<main><p>Der Steg ist zu.</p><figure><figcaption><p>Der Steg im Mai.</p></figcaption></figure></main>")
    found = captions(page, np.array([True, True]), np.full(2, chance))
    assert _chosen(page, found) == ["Der Steg im Mai."] * goes
    assert not captions(page, np.array([True, False]), np.full(2, chance)).any()


@pytest.mark.parametrize(
    ("around", "chance", "goes"), [("", 7_000, True), ("", 9_000, False), ("<p>Wer am Wehr wohnt, liest hier mehr.</p>", 7_000, False)]
)
def test_links_among_links_go(around: str, chance: int, goes: bool) -> None:
    links = "<h2><a href='/1'>Das Wehr wird saniert</a></h2><p><a href='/1'>Im Herbst beginnt die Arbeit</a></p>"
    page, arrays, linked = _parsed(f"<main><p>Der Steg ist zu.</p><div>{links}{around}</div></main>")
    found = boxes_of_links(page, arrays, np.ones(len(linked), dtype=bool), np.full(len(linked), chance), linked)
    assert _chosen(page, found) == ["Das Wehr wird saniert", "Im Herbst beginnt die Arbeit"] * goes
