"""The text model as one loop: the same chances and scores as from trees, network and neighbours by themselves, bit for bit."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import model
from cleaner.classify.context import COPIES
from cleaner.classify.model import block_model
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


@given(st.integers(0, 1 << 32), st.one_of(st.integers(1, 20), st.sampled_from([31, 32, 33, 64, 90])), st.sampled_from([1, 7, 16, 4_096]))
def test_judge(seed: int, count: int, most: int) -> None:
    chance = np.random.default_rng(seed)
    judge = block_model("default")
    width = judge._width // COPIES
    features = np.rint(chance.normal(size=(count, width)) * 4096) / 4096
    rare = chance.uniform(size=width) < 0.8
    features[:, rare] = chance.uniform(size=(count, int(rare.sum()))) < 0.02
    least = chance.normal(size=count) * 3
    sure = np.flatnonzero(chance.uniform(size=count) < 0.3).tolist()
    goes = np.zeros(count, dtype=np.bool_)
    goes[[block for block in sure if chance.uniform() < 0.7]] = True
    plain_goes = goes.copy()
    plain_chances, plain_scores = judge._judged(features, least, sure, plain_goes)
    with patch.object(model, "_AT_ONCE", most), patch.object(judge, "_judge", judge._made_ready()):
        chances, scores = judge._compiled_judged(features, least, sure, goes)
    open_to = sorted(set(range(count)) - set(sure))
    assert goes.tolist() == plain_goes.tolist()
    assert [chances[block] for block in open_to] == [plain_chances[block] for block in open_to]
    assert scores[goes].tolist() == plain_scores[goes].tolist()


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=20), st.floats(-5, 5))
def test_odds_asked(blocks: list[tuple[int, bool]], least: float) -> None:
    from cleaner.kernel.judging import odds_asked

    words, content = [words for words, _ in blocks], [content for _, content in blocks]
    found = np.empty(len(blocks))
    odds_asked(words, content, least, 3.0, 18, 0.6, found)
    shortness = np.maximum(0.0, 1 - np.array(words, dtype=np.int64) / 18)
    shortness[np.array(content, dtype=np.bool_)] *= 0.6
    assert found.tolist() == (least + 3.0 * shortness).tolist()


def test_what_does_not_fit_is_refused() -> None:
    judge = block_model("default")
    assert judge._judge is not None
    features, scores = np.zeros((judge._width // COPIES, 3)), np.zeros((3, len(judge._residue)))
    with pytest.raises(ValueError, match="do not fit"):
        judge._judge.judge(features, np.zeros(2), bytearray(3), np.zeros(3, dtype=np.uint8), scores)
    with pytest.raises(ValueError, match="do not fit"):
        judge._judge.judge(features[:5], np.zeros(3), bytearray(3), np.zeros(3, dtype=np.uint8), scores)
    with pytest.raises(ValueError, match="do not fit"):
        judge._judge.judge(features, np.zeros(3), bytearray(3), np.zeros(3, dtype=np.uint8), scores[:, :-1].copy())
