"""A page's features: compiled, each array is that of the Python twin, to the last bit."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import example, given

from cleaner.classify import html_features, html_text
from cleaner.classify.html_features import Arrays, html_arrays
from cleaner.classify.html_text import character_classes
from cleaner.classify.rules import lower
from cleaner.parse.html import parse_html
from cleaner.parse.page import ARIA_HIDDEN, Page
from tests.kernel.markup import PAGES, case_pages
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_TABLE = character_classes()
_ARTICLE = "Der Rat hat am Abend den Haushalt beschlossen. " * 12


def both(page: str) -> tuple[Arrays, Arrays]:
    """A page's arrays: compiled, plain."""
    parsed = parse_html(page)
    lowered = lower(parsed.document.source)
    return html_arrays(parsed, lowered, _TABLE, compiled=True), html_arrays(parsed, lowered, _TABLE, compiled=False)


def _assert_same(page: str) -> None:
    compiled, plain = both(page)
    for name in Arrays.__struct_fields__:
        one, other = getattr(compiled, name), getattr(plain, name)
        assert (one.shape, one.dtype) == (other.shape, other.dtype), name
        assert np.array_equal(one, other), name


@given(PAGES)
@example("")
@example("<p>…</p>")
@example(f'<script type="application/ld+json">{{"articleBody":"{_ARTICLE}"}}</script><article><h1>Rat</h1><p>{_ARTICLE}<p>Mehr</article>')
def test_any_page(page: str) -> None:
    _assert_same(page)


def test_the_corpus() -> None:
    for page in case_pages():
        _assert_same(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "Text",
        "<p class=c>noch ein Absatz</p>" * 20_000,
        "".join(f"<div class=c{number} id=i{number}><p>Absatz {number}</p></div>" for number in range(3_000)),
        "<p>" + "x" * 1_000_000 + "</p>",
        "<p>" + "東京" * 100_000 + "</p>",
    ],
    ids=["deep", "blocks", "names", "one word", "signs"],
)
def test_pages_that_nobody_wrote(page: str) -> None:
    _assert_same(page)


def test_its_numbers_are_those_of_the_twin() -> None:
    marks = [getattr(html_text, name) for name in "LOWER UPPER LETTER DIGIT SIGN SPACE STOP SIGNS".split()]
    assert marks == [1, 2, 3, 4, 5, 6, 7, 27], "kernel/page_words.pxd has them, too"
    limits = [getattr(html_features, name) for name in "WORD_BITS PAIR_BITS NAME_BITS LEVELS SUMMED GOOD_WORDS".split()]
    assert [*limits, ARIA_HIDDEN.bit_length()] == [15, 15, 14, 6, 5, 12, 32], "kernel/page_blocks.pxd and others have them, too"


@pytest.mark.parametrize(
    ("field", "value"),
    [("node", [9]), ("node", [-1]), ("end", [10_000]), ("end", [0]), ("start", [-1]), ("linked", []), ("inline", [])],
    ids=str,
)
def test_a_page_that_contradicts_itself_is_an_error(field: str, value: list[Any]) -> None:
    page: Page = msgspec.structs.replace(parse_html("<p>Text</p>"), **{field: value})
    with pytest.raises(ValueError, match=r"fit|range|empty"):
        html_arrays(page, "text", _TABLE, compiled=True)
