"""What a page's scripts say: JSON-LD, and articles that stand nowhere else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from cleaner.parse.page import SCRIPTED, Page
from cleaner.values import Block

#: an article in a script is looked at if it has so many characters
_SHORTEST = 250
#: and is taken if the page shows less than this share of its words in blocks that are no links
_SHOWN = 0.5
#: characters of its start, and of each of its paragraphs', that are looked for in what is shown
_START = 60
_PARAGRAPH_START = 30
_TAG = re.compile(r"<[^<>]{0,500}>")
_BREAK = re.compile(r"(?:\s*\n\s*)+|<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote)>", re.IGNORECASE)
#: deepest nesting of JSON that is followed
_DEEPEST = 24
_NO_LETTER = re.compile(r"[\W\d_]+")
_RAW_CONTROL = re.compile(r"[\x00-\x1f]+")
#: half of a pair, which JSON may write down and no text can hold
_SURROGATE, _ESCAPED_SURROGATE = re.compile("[\ud800-\udfff]"), re.compile(r"\\u[dD][89a-fA-F]")


def json_ld(scripts: list[str]) -> list[dict[str, Any]]:
    """All objects in JSON-LD scripts, outer ones first. Broken scripts are passed over."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        parsed = _parsed(script)
        if parsed is not None:
            found.extend(_objects(parsed, 0))
    return found


def _parsed(script: str) -> Any:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").removesuffix(";").strip()
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass  # it is stricter than what pages hold: a lone surrogate, a line break inside a string
    for attempt in (text, _RAW_CONTROL.sub(" ", text)):
        try:
            value = json.loads(attempt)
            if _ESCAPED_SURROGATE.search(attempt):
                value = json.loads(_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
            return value
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def with_article_body(page: Page) -> Page:
    """The page with the `articleBody` of its JSON-LD in its head, and behind its blocks where it does not show that itself."""
    if not any("articleBody" in script for script in page.head.scripts):
        return page
    bodies = [found["articleBody"] for found in json_ld(page.head.scripts) if isinstance(found.get("articleBody"), str)]
    body = max(bodies, key=len, default="")
    if len(body) < _SHORTEST:
        return page
    page = msgspec.structs.replace(page, head=msgspec.structs.replace(page.head, article=html.unescape(_TAG.sub(" ", body))))
    shown = sum(
        len(text) - linked for text, linked in zip(page.document.texts, page.linked, strict=True) if len(text) > _START and not linked
    )
    if shown >= _SHOWN * len(body):
        return page
    paragraphs = [" ".join(html.unescape(_TAG.sub(" ", part)).split()) for part in _BREAK.split(body)]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs or paragraphs[0][:_START] in page.document.source or _is_shown(page, paragraphs):
        return page
    return _appended(page, paragraphs)


def _is_shown(page: Page, paragraphs: list[str]) -> bool:
    """Whether most of an article's text begins somewhere on the page, by its letters: scripts and pages space and quote differently."""
    shown = _NO_LETTER.sub("", page.document.source).lower()
    found = 0
    for paragraph in paragraphs:
        letters = _NO_LETTER.sub("", paragraph[: 2 * _START]).lower()
        found += len(paragraph) if letters[:_PARAGRAPH_START] in shown else 0
    return found >= _SHOWN * sum(map(len, paragraphs))


def _appended(page: Page, paragraphs: list[str]) -> Page:
    document, nodes = page.document, page.nodes
    pieces, blocks, length = [document.source], list(document.blocks), len(document.source)
    for paragraph in paragraphs:
        if length:
            pieces.append("\n\n")
            length += 2
        pieces.append(paragraph)
        blocks.append(Block(length, length + len(paragraph)))
        length += len(paragraph)
    count, before, new = len(paragraphs), len(document.blocks), len(nodes.parent)
    nodes.last[0] = before + count
    more = {"parent": 0, "tag": SCRIPTED, "names": "", "depth": 1, "marks": 0, "first": before, "last": before + count}
    more |= {"look": len(nodes.looks), "looks": (SCRIPTED, "")}
    return msgspec.structs.replace(
        page,
        document=msgspec.structs.replace(document, source="".join(pieces), blocks=tuple(blocks), texts=(*document.texts, *paragraphs)),
        nodes=msgspec.structs.replace(nodes, **{name: [*getattr(nodes, name), value] for name, value in more.items()}),
        start=[block.start for block in blocks],
        end=[block.end for block in blocks],
        node=[*page.node, *[new] * count],
        linked=[*page.linked, *[0] * count],
        inline=[*page.inline, *[""] * count],
    )
