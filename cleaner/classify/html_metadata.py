"""Title, authors, date, language and the site's name, as a page's head, its JSON-LD and its `time` elements say them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from cleaner.classify.metadata import Metadata, parse_date
from cleaner.load.rules import normalise
from cleaner.parse.page import Head, Page
from cleaner.parse.scripts import json_ld

#: kinds of JSON-LD objects that are the page's text; others on the page have titles and dates of their own
_TEXT_KINDS = re.compile(r"(?:Article|BlogPosting|Posting|Recipe|Report|Review|WebPage|CreativeWork|VideoObject)$")
_ARTICLE_KINDS = re.compile(r"(?:Article|Posting|Report|Recipe)$")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author")
_SITE_NAMES = ("og:site_name", "citation_journal_title", "dc.publisher")
_SHORTEST_SITE_NAME = 2
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "publish-date", "publishdate", "pubdate", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "last-modified", "article:modified_time", "og:updated_time",
)  # fmt: skip
_APPLICATION = "application-name"
#: most of what pages say in `meta` elements is of no use here
_ASKED = frozenset({*_TITLES, *_AUTHORS, *_SITE_NAMES, *_DATES, _APPLICATION})
_AND = re.compile(r"\s*(?:,|;|\||&|/|\bund\b|\band\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|od)\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|^\d|\bhtml\b", re.IGNORECASE)
_LONGEST_NAME, _SHORTEST_NAME = 60, 3
_BETWEEN_TITLE_AND_SITE = re.compile(r"\s+(?:[|•·»—–-]|::)\s+")
_SHORTEST_TITLE, _LONGEST_TITLE = 3, 400
#: the last part of a title is the site's name if it has so many words and is shorter than the first
_SITE_WORDS = 3
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[A-Za-z]{4}|\d{3}))?\b")
#: blocks whose role is a title that are compared with the head's titles
_MOST_HEADINGS = 40


def head_metadata(page: Page) -> Metadata:
    """What a page says of itself outside its text; nothing is guessed."""
    head = page.head
    meta: dict[str, list[str]] = {}
    for name, content in head.meta:
        if name in _ASKED:
            meta.setdefault(name, []).append(" ".join(html.unescape(content).split()))
    objects = list(_texts(json_ld(head.scripts)))
    return Metadata(
        title=_title(page, meta, objects),
        authors=_authors(meta, objects),
        date=_date(page, meta, objects),
        language=declared_language(head),
        site_name=_site_name(page, meta, objects),
    )


def page_url(head: Head) -> str | None:
    """The address that a page gives itself."""
    named = (head.canonical, *(content for name, content in head.meta if name == "og:url"))
    return next((address for address in named if address and address.startswith(("http://", "https://"))), None)


def declared_language(head: Head) -> str | None:
    """The language that a page declares, as BCP 47."""
    meta = dict(reversed(head.meta))
    for value in (head.language, meta.get("og:locale"), meta.get("language"), meta.get("content-language"), meta.get("dc.language")):
        match = _LANGUAGE.match(value.strip()) if value else None
        if match:
            region = match[2]
            own = match[1].lower()
            return own if not region else f"{own}-{region.upper() if len(region) == 2 else region.title()}"
    return None


def _texts(objects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Objects that are texts, articles first."""
    kinds = [(_kind(found), found) for found in objects]
    yield from (found for kind, found in kinds if _ARTICLE_KINDS.search(kind))
    yield from (found for kind, found in kinds if _TEXT_KINDS.search(kind) and not _ARTICLE_KINDS.search(kind))


def _kind(found: dict[str, Any]) -> str:
    kind = found.get("@type", "")
    return str(kind[0]) if isinstance(kind, list) and kind else str(kind)


def _text(value: Any) -> str:
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _title(page: Page, meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> str | None:
    named = [value for name in _TITLES for value in meta.get(name, ())[:1]]
    scripted = [_text(found.get("headline")) for found in objects[:3]]
    candidates = [value for value in (*named[:1], *scripted, *named[1:], page.head.title or "") if value]
    candidates = [value for value in candidates if _SHORTEST_TITLE <= len(value) <= _LONGEST_TITLE]
    headings = (
        text
        for block, text in zip(page.document.blocks, page.document.texts, strict=True)
        if block.role in ("heading1", "heading2") and len(text) <= _LONGEST_TITLE
    )
    known = [normalise(value) for value in candidates]
    for heading in islice(headings, _MOST_HEADINGS):
        own = normalise(heading)
        if own and len(own) > _SHORTEST_TITLE and (own in known or any(value.startswith(f"{own} ") and " " in own for value in known)):
            return heading
    if candidates:
        return _without_site(candidates[0], meta.get("og:site_name", [""])[0])
    first = next((text for block, text in zip(page.document.blocks, page.document.texts, strict=True) if block.role == "heading1"), None)
    return first if first and len(first) <= _LONGEST_TITLE else None


def _without_site(title: str, site: str) -> str:
    """A title without the site's name behind it, or the last part where that is short."""
    parts = _BETWEEN_TITLE_AND_SITE.split(title)
    is_short = len(parts[-1].split()) <= _SITE_WORDS and len(parts[-1]) <= len(parts[0])
    if len(parts) > 1 and (is_short or normalise(parts[-1]) == normalise(site)):
        return title[: title.rindex(parts[-1])].rstrip(" |•·»—–-:")
    return title


def _site_name(page: Page, meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> str | None:
    """What the page calls its site: what it tells others, its publisher, or what stands behind the title in its head."""
    named = [value for name in _SITE_NAMES for value in meta.get(name, ())]
    for found in objects:
        for publisher in (found.get("publisher"), found.get("isPartOf")):
            one = publisher[0] if isinstance(publisher, list) and publisher else publisher
            if isinstance(one, dict):
                named.append(_text(one.get("name")))
    named += meta.get(_APPLICATION, [])
    usable = next((value for value in named if _SHORTEST_SITE_NAME <= len(value) <= _LONGEST_NAME and not _ADDRESS.match(value)), None)
    if usable:
        return usable
    title = page.head.title or ""
    without = _without_site(title, "")
    return title[len(without) :].strip(" |•·»—–-:") or None if without != title else None


def _authors(meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> tuple[str, ...]:
    found: list[str] = []
    for item in objects:
        found += _names(item.get("author") or item.get("creator"))
        if found:
            break
    if not found:
        for name in _AUTHORS:
            found += [part for value in meta.get(name, ()) if not _NO_NAME.search(value) for part in _AND.split(value)]
            if any(map(_is_name, found)):
                break
    return tuple(dict.fromkeys(name for name in (_BY.sub("", value).strip(" .,") for value in found) if _is_name(name)))


def _names(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return _AND.split(_text(value))
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return ()


def _is_name(value: str) -> bool:
    return _SHORTEST_NAME <= len(value) <= _LONGEST_NAME and not _NO_NAME.search(value)


def _date(page: Page, meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> str | None:
    dates = [_text(found.get(key)) for key in ("datePublished", "dateCreated", "uploadDate") for found in objects]
    dates += [value for name in _DATES for value in meta.get(name, ())]
    dates += [value for value, _ in page.head.times]
    return next((found for found in map(parse_date, dates) if found), None)
