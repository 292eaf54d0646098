"""The walk over a page's tree: compiled, it finds the blocks that the Python twin finds, on whatever page."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from cleaner.parse.html import page_text
from cleaner.parse.walk import walk
from tests.kernel.markup import PAGES, case_pages
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


def _assert_same(page: str) -> None:
    text = page_text(page)
    for with_noscript in (False, True):
        compiled = walk(text, with_noscript=with_noscript, compiled=True)
        assert compiled == walk(text, with_noscript=with_noscript, compiled=False)


@given(PAGES)
@example("")
@example("<pre>a\n  b</pre><table><tr><td>" + "lange Zelle " * 20 + "<td>kurz</table>")
@example('<p class="\ud800 x">a\ud800b</p>')
def test_any_page(page: str) -> None:
    _assert_same(page)


def test_the_corpus() -> None:
    for page in case_pages():
        _assert_same(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "Text" + "</div>" * 50_000,
        "<b>" * 50_000 + "Text",
        "<ul><li class=a>x" * 10_000,
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">Text</p>",
        '<p class="' + "x y" * 500_000 + '">Text</p>',
        "<" * 1_000_000,
        "<br>a" * 50_000,
        "<p>" + "x" * 3_000_000 + "</p>",
    ],
    ids=["deep", "deep in a line", "deep lists", "attributes", "long names", "signs", "breaks", "one word"],
)
def test_pages_that_nobody_wrote(page: str) -> None:
    _assert_same(page)
