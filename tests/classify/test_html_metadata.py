"""What a page's head says."""

from __future__ import annotations

import pytest

from cleaner.classify.html_metadata import head_metadata, page_url
from cleaner.parse.html import parse_html


def _page(head: str, body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (_page("<title>Steg gesperrt | Talbote</title>"), "Steg gesperrt"),
        (_page("<title>Steg gesperrt | Talbote</title>", "<h1>Steg gesperrt</h1>"), "Steg gesperrt"),
        (_page('<meta property="og:title" content="Der Steg &amp; das Wehr">'), "Der Steg & das Wehr"),
        (_page('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Der Steg"}</script>'), "Der Steg"),
        (_page('<script type="application/ld+json">{"@type":"Organization","name":"Talbote"}</script>'), None),
        (_page("", "<h1>Der Steg</h1>"), "Der Steg"),
        (_page(""), None),
        (_page("<title>Heute – und die lange Geschichte des Stegs</title>"), "Heute – und die lange Geschichte des Stegs"),
    ],
)  # fmt: skip
def test_title(page: str, title: str | None) -> None:
    assert head_metadata(parse_html(page)).title == title


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="Von Ada Beispiel und Ben Muster">', ("Ada Beispiel", "Ben Muster")),
        ('<meta name="article:author" content="https://tal.example/ada">', ()),
        ('<script type="application/ld+json">{"@type":"Article","author":[{"name":"Ada Beispiel"},{"name":"Ben Muster"}]}</script>',
         ("Ada Beispiel", "Ben Muster")),
        ('<script type="application/ld+json">{"@type":"Article","author":{"name":null}}</script>', ()),
        ("", ()),
    ],
)  # fmt: skip
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert head_metadata(parse_html(_page(head))).authors == authors


@pytest.mark.parametrize(
    ("page", "date"),
    [
        (_page('<meta property="article:published_time" content="2025-03-01T08:15:00+01:00">'), "2025-03-01T08:15"),
        (_page('<script type="application/ld+json">{"@type":"Article","datePublished":"2025-03-01"}</script>'), "2025-03-01"),
        (_page("", '<time datetime="2025-03-02">gestern</time>'), "2025-03-02"),
        (_page('<meta name="date" content="bald">'), None),
    ],
)
def test_date(page: str, date: str | None) -> None:
    assert head_metadata(parse_html(page)).date == date


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ('<html lang="de-at"><p>x', "de-AT"),
        ('<html lang="zh-hans"><p>x', "zh-Hans"),
        ('<meta property="og:locale" content="fr_CH">', "fr-CH"),
        ('<html lang=""><p>x', None),
    ],
)
def test_language(page: str, language: str | None) -> None:
    assert head_metadata(parse_html(page)).language == language


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ('<link rel="canonical" href="https://tal.example/a">', "https://tal.example/a"),
        ("<LINK href='https://tal.example/a?a=1&amp;b=2' REL=canonical>", "https://tal.example/a?a=1&b=2"),
        ('<meta property="og:url" content="https://tal.example/b">', "https://tal.example/b"),
        (
            '<meta property="og:url" content="https://tal.example/b"><link rel="canonical" href="https://tal.example/a">',
            "https://tal.example/a",
        ),
        ('<meta property="og:url" content="https://tal.example/b"><link rel="canonical" href="/a">', "https://tal.example/b"),
        ('<link rel="canonical" href="/a">', None),
        ('<link rel="stylesheet" href="https://tal.example/a">', None),
    ],
)
def test_address(page: str, address: str | None) -> None:
    assert page_url(parse_html(page).head) == address


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (_page('<meta property="og:site_name" content="Talbote"><title>Steg gesperrt | Anzeiger</title>'), "Talbote"),
        (_page('<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Der Talbote"}}</script>'), "Der Talbote"),
        (_page('<meta property="og:site_name" content="https://tal.example"><title>Steg gesperrt | Talbote</title>'), "Talbote"),
        (_page("<title>Steg gesperrt – Talbote</title>"), "Talbote"),
        (_page("<title>Heute – und die lange Geschichte des Stegs</title>"), None),
        (_page("<title>Steg gesperrt</title>"), None),
        (_page(""), None),
    ],
)  # fmt: skip
def test_site_name(page: str, name: str | None) -> None:
    assert head_metadata(parse_html(page)).site_name == name
