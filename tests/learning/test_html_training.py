"""Training makes a model that the numpy network reads, and the same one from the same seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cleaner.classify.html_network import network
from cleaner.learning.html_targets import body_shares, snippet_shares, word_score, words
from cleaner.learning.html_training import train_html

_TEXTS = ["Start Tal Sport", "Der Steg am Wehr ist seit gestern gesperrt.", "Mehr zum Thema", "Das Holz hat den Frost nicht überstanden."]


def test_shares_of_the_body() -> None:
    assert body_shares(_TEXTS, f"{_TEXTS[1]}\n{_TEXTS[3]}") == [0.0, 1.0, 0.0, 1.0]
    assert snippet_shares(_TEXTS, ["den Frost nicht"], ["Sport"]) == [0.0, -1.0, -1.0, 1.0]
    assert word_score(["Der Steg"], words("der Steg")) == 1.0


def test_a_model_from_invented_pages(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    html = "".join(f"<p>{text}</p>" for text in _TEXTS).encode()
    pages = [{"html": html, "body": f"{_TEXTS[1]}\n{_TEXTS[3]}", "present": [], "absent": [], "kind": "article"}] * 6
    out = f"{tmp_path}/html.npz"
    first = train_html(pages, out, seed=3)
    again = train_html(pages, None, seed=3)
    assert all(np.array_equal(first[name], again[name]) for name in first)
    model = network(out)
    assert model is not None
