"""The block model: what is compiled between its products gives the activations of the Python twin."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import example, given

from cleaner.classify.html_features import Arrays, html_arrays
from cleaner.classify.html_network import HtmlNetwork
from cleaner.classify.rules import lower
from cleaner.load.html_model import html_weights
from cleaner.parse.html import parse_html
from tests.kernel.markup import PAGES, case_pages
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


@pytest.fixture(scope="module")
def networks() -> tuple[HtmlNetwork, HtmlNetwork]:
    weights = html_weights()
    assert weights is not None
    return HtmlNetwork(weights, compiled=True), HtmlNetwork(weights, compiled=False)


def _arrays(page: str, network: HtmlNetwork) -> Arrays:
    parsed = parse_html(page)
    return html_arrays(parsed, lower(parsed.document.source), network.table)


def _assert_same(page: str, networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    compiled, plain = networks
    arrays = _arrays(page, plain)
    if len(arrays.count):
        assert np.array_equal(compiled._compiled_logits(arrays), plain._logits(arrays))
    for one, other in zip(compiled.judge(arrays), plain.judge(arrays), strict=True):
        assert np.array_equal(one, other)


@given(PAGES)
@example("")
@example("<p>…</p>" * 9)
@example("<p>" + "wort " * 700 + "</p>")
def test_any_page(networks: tuple[HtmlNetwork, HtmlNetwork], page: str) -> None:
    _assert_same(page, networks)


def test_the_corpus(networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    for page in case_pages():
        _assert_same(page, networks)


def test_large_pages(networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    # Sums over so many blocks are beyond what a single holds.
    _assert_same("<div><p class=c>noch ein langer Absatz mit Text</p>" * 9_000 + "<li>x" * 40_000, networks)


def test_extreme_features(networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    compiled, plain = networks
    arrays = _arrays("<p>Text</p>" * 40, plain)
    generator = np.random.default_rng(3)
    for scale in (1.0, 1e3, 1e12):
        wild = msgspec.structs.replace(arrays, dense=generator.normal(0, scale, arrays.dense.shape))
        assert np.array_equal(compiled._compiled_logits(wild), plain._logits(wild))


@pytest.mark.parametrize("bits", [0, 256, 512])
def test_every_processor_gives_the_same(networks: tuple[HtmlNetwork, HtmlNetwork], bits: int) -> None:
    compiled, plain = networks
    for page in case_pages():
        arrays = _arrays(page, plain)
        assert np.array_equal(compiled._compiled_logits(arrays, bits), plain._logits(arrays))


def test_weights_of_any_size(networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    # A model trained on someone else's pages may have other layers.
    weights = html_weights()
    assert weights is not None
    generator = np.random.default_rng(5)
    size, arrays = 37, dict(weights.arrays)
    seen = arrays["l1.weight"].shape[1]
    outputs = len(arrays["out.unit"])
    for name, states in {"l1": 0, "c1": 3, "l2": 9, "c2": 3, "c3": 3, "l3": 4, "out": 1}.items():
        rows = outputs if name == "out" else size
        arrays[f"{name}.weight"] = generator.integers(-60, 60, (rows, states * size or seen)).astype(np.int16)
        arrays[f"{name}.bias"] = generator.integers(-9_000, 9_000, rows).astype(np.int32)
        arrays[f"{name}.unit"] = 2.0 ** generator.integers(4, 9, rows).astype(np.float32)
    other = msgspec.structs.replace(weights, arrays=arrays)
    pair = HtmlNetwork(other, compiled=True), HtmlNetwork(other, compiled=False)
    for page in case_pages():
        _assert_same(page, pair)


def test_arrays_that_do_not_fit_are_an_error(networks: tuple[HtmlNetwork, HtmlNetwork]) -> None:
    compiled, plain = networks
    arrays = _arrays("<p>Text</p>" * 4, plain)
    for wrong in (
        {"dense": arrays.dense[:, :2].copy()},
        {"words": arrays.words + (1 << 15)},
        {"word_from": arrays.word_from + 1},
        {"elements": arrays.elements + 1_000},
        {"kind": arrays.kind + 1_000},
        {"last": arrays.last + 1_000},
        {"around": arrays.around - 1},
    ):
        with pytest.raises(ValueError, match=r"fit|range|table|rows|names|beside|page"):
            compiled.judge(msgspec.structs.replace(arrays, **wrong))
