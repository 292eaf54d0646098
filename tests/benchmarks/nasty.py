"""Inputs that programs stumble over, of any length."""

from __future__ import annotations

from collections.abc import Callable

from tests.cleaners import PARAGRAPHS
from tests.laws.strategies import LINES, PROSE


def scrape(length: int) -> str:
    """Scrapes of 7 kB, one behind the other, no two lines the same."""
    block = [*LINES[:20], *PROSE[:8]]
    size = sum(map(len, block)) + 8 * len(block)
    return "\n".join(f"{line} {number}" for number in range(1 + length // size) for line in block)[:length]


def page(length: int) -> str:
    """The scrape in tags, with links, lists and boxes."""
    lines = scrape(length * 2 // 3).split("\n")
    pieces = []
    for number, line in enumerate(lines):
        tag = ("p", "li", "div", "h3", "p", "td")[number % 6]
        body = f'<a href="/{number}" class="l{number % 50}">{line}</a>' if len(line) < 40 else line
        pieces.append(f'<div class="box b{number % 40}"><{tag} class="x{number % 30}">{body}</{tag}></div>')
    return f"<!DOCTYPE html><html lang=de><head><title>Kurier</title></head><body><main>{''.join(pieces)}</main></body></html>"


TEXTS: dict[str, Callable[[int], str]] = {
    "scrapes": scrape,
    "tiny lines": lambda length: "\n".join(f"{number % 7919}" for number in range(length // 5)),
    "the same tiny line": lambda length: "a\n" * (length // 2),
    "one line": lambda length: " ".join(f"{PARAGRAPHS[number % 4]} {number}" for number in range(1 + length // 240))[:length],
    "one word": lambda length: "boat" * (length // 4),
    "blank lines": lambda length: "\n" * length,
    "odd characters": lambda length: "\u202e\u200b\x1bİ\ufffd " * (length // 6),
}
PAGES: dict[str, Callable[[int], str]] = {
    "a page": page,
    "nested elements": lambda length: "<div>" * (length // 11) + "deep" + "</div>" * (length // 11),
    "nested lists": lambda length: "<ul><li>a " * (length // 10),
    "attributes": lambda length: "<p " + " ".join(f"a{number}=1" for number in range(length // 9)) + ">a text</p>",
    "classes": lambda length: "".join(f'<p class="c{number} d{number}">a {number}</p>' for number in range(length // 32)),
    "unclosed tags": lambda length: "<b><i><a href=x>" * (length // 16) + PARAGRAPHS[0],
    "opening signs": lambda length: "<" * length,
    "entities": lambda length: "<p>" + "&amp;&#x41;" * (length // 11),
    "cells": lambda length: "<table>" + "<tr><td>a<td>b" * (length // 14),
    "breaks": lambda length: "<p>" + "a<br>" * (length // 5),
    "comments": lambda length: "<!--a-->" * (length // 8) + "<p>a text",
    "scripts": lambda length: '<script type="application/ld+json">' + '{"@graph":[' * (length // 11),
    "inline elements": lambda length: "<p>" + "<b>a</b> " * (length // 9),
    "titles": lambda length: f"<title>{'a title ' * (length // 16)}</title><p>{'a title ' * (length // 16)}",
}
