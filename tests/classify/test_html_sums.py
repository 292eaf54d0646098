"""The page model's shortcuts: what they add up to is what adding one by one comes to."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.html_features import GOOD_WORDS, SUMMED, _Groups, html_arrays
from cleaner.classify.html_network import GRID, LAST_LEVELS, MOST, _product, _Ranges, _Table, network
from cleaner.classify.html_page import _near
from cleaner.classify.rules import lower
from cleaner.parse.html import parse_html

_SIZES = st.lists(st.sampled_from([0, 1, 2, 7, 256, 257, 400]), min_size=1, max_size=6)


@given(st.integers(1, 40), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_a_product_in_pieces_is_the_product(rows: int, inner: int, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    values = drawn.integers(0, MOST + 1, (rows, inner)).astype(np.float32)
    weight = drawn.integers(-127, 128, (inner, 5)).astype(np.float32)
    assert _product(values, weight).tolist() == (values.astype(np.int64) @ weight.astype(np.int64)).tolist()


@given(_SIZES, st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_bags_of_rows_however_long_are_their_sums(sizes: list[int], columns: int, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    table = drawn.choice(np.array([-128, -127, -1, 0, 1, 127], dtype=np.int8), (8, columns))
    rows, begin = drawn.integers(0, 8, sum(sizes)), np.cumsum([0, *sizes])
    expected = [table[rows[low:high]].astype(np.int64).sum(axis=0) for low, high in itertools.pairwise(begin)]
    made = _Table([table], [np.array(float(GRID))])
    assert made.sums(rows, begin).tolist() == [np.clip(row, -MOST, MOST).tolist() for row in expected]
    means = [np.clip(np.rint(row / max(size, 1)), -MOST, MOST).tolist() for row, size in zip(expected, sizes, strict=True)]
    assert made.means(rows, begin).tolist() == means


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 99)), min_size=1, max_size=30))
def test_sums_over_groups_stand_at_each_of_a_groups_blocks(blocks: list[tuple[int, int]]) -> None:
    keys, values = (np.array(column, dtype=np.int64) for column in zip(*blocks, strict=True))
    groups = _Groups(keys)
    assert groups.sums(values).tolist() == [sum(value for other, value in blocks if other == key) for key, _ in blocks]
    assert groups.order[groups.starts].tolist() == [keys.tolist().index(key) for key in sorted(set(keys.tolist()))]


@pytest.mark.parametrize(
    ("body", "near"),
    [
        ("...#......", [1, 2, 3, 4, 5]),
        ("#....#....", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("........##", [6, 7, 8, 9]),
        ("....", [0, 1, 2, 3]),
    ],
)
def test_rules_look_at_the_body_and_two_blocks_on_its_sides(body: str, near: list[int]) -> None:
    assert _near(np.array([sign == "#" for sign in body]), 2) == near


_PAGE = """<body><nav><ul><li><a href="/">Start</a><li><a href="/tal">Tal</a></ul></nav><main><article><h1>Der Steg</h1>
<div class="text">Er war alt.<p>Die Gemeinde will ihn im Fruehjahr erneuern, sagte die Buergermeisterin am Montag im Rat.</p>Das dauert.
<blockquote><p>Wir warten seit Jahren.</p><p>Nun wird gebaut.</p></blockquote></div><p>Ende.</p></article></main><p>Impressum</p>"""


@pytest.mark.parametrize("seed", range(3))
def test_layers_in_parts_are_the_layers_on_all_their_input_side_by_side(seed: int) -> None:
    model, parsed = network(None), parse_html(_PAGE)
    assert model is not None
    arrays = html_arrays(parsed, lower(parsed.document.source), model.table)
    n, ranges = len(arrays.count), _Ranges(arrays)
    hidden = np.random.default_rng(seed).integers(0, MOST + 1, (n, 64)).astype(np.float32)
    levels = [[hidden[arrays.first[level, at] : arrays.last[level, at]].mean(axis=0) for at in range(n)] for level in range(SUMMED)]
    kinds = [hidden[arrays.kind == kind].mean(axis=0) for kind in arrays.kind]
    good = np.where(arrays.count >= GOOD_WORDS, arrays.count, 0)
    page, text = hidden.mean(axis=0), good @ hidden.astype(np.float64) / good.sum()
    wide = [hidden, *levels, kinds, np.tile(page, (n, 1)), np.tile(text, (n, 1))]
    near = [hidden, *(levels[level] for level in LAST_LEVELS), kinds]
    for name, parts, found in (
        ("l2", wide, model._with_means(hidden, arrays, ranges)),
        ("l3", near, model._with_near_means(hidden, arrays, ranges)),
    ):
        weight, bias = model._layers[name]
        seen = np.rint(np.concatenate([np.asarray(part, dtype=np.float32) for part in parts], axis=1))
        expected = np.clip(np.rint(seen.astype(np.float64) @ weight.astype(np.float64) + bias), 0, MOST)
        assert found.tolist() == expected.tolist()
