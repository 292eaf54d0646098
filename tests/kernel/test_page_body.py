"""What stands between the block model and the rules: the compiled loops give what the Python twins give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import html_missed, html_page
from cleaner.classify.html_features import html_arrays
from cleaner.classify.html_network import network
from cleaner.classify.rules import lower
from cleaner.parse.html import parse_html
from tests.kernel.markup import PAGES, case_pages
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


def _assert_same(markup: str, seed: int) -> None:
    model = network(None)
    page = parse_html(markup)
    n = len(page.start)
    if not n:
        return
    assert model is not None
    arrays = html_arrays(page, lower(page.document.source), model.table)
    generator = np.random.default_rng(seed)
    chances = generator.integers(0, 10_001, n)
    body = chances > generator.integers(0, 12_000)
    found = []
    for compiled in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(html_page, "COMPILED", compiled)
            patch.setattr(html_missed, "COMPILED", compiled)
            linked = html_page._link_shares(page)
            between = html_missed.between_siblings(arrays, body, chances, linked)
            f1 = html_page.expected_f1(chances, arrays.count)
            found.append((linked.tolist(), between.tolist(), f1, [html_page._near(body, reach) for reach in (0, 1, 3, 60)]))
    assert found[0] == found[1]


@given(PAGES, st.integers(0, 1_000))
def test_any_page(page: str, seed: int) -> None:
    _assert_same(page, seed)


def test_the_corpus() -> None:
    for seed, page in enumerate(case_pages()):
        _assert_same(page, seed)


def test_no_blocks_have_no_body() -> None:
    assert html_page.expected_f1(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) == 0.0


def test_what_does_not_fit_is_an_error() -> None:
    from cleaner.kernel.page_body import best_f1, link_shares

    with pytest.raises(ValueError, match="fit"):
        link_shares([1], [0, 2], [1, 3])
    with pytest.raises(ValueError, match="fit"):
        best_f1(np.zeros(2, dtype=np.int64), np.zeros(3, dtype=np.int64))
