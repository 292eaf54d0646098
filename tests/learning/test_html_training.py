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


def test_numpy_and_torch_say_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from cleaner.learning.html_examples import examples, label_names
    from cleaner.learning.html_export import model_arrays
    from cleaner.learning.html_net import HtmlNet, batch_of

    html = "".join(f"<div class=c{number % 2}><h2>{text}</h2><p>{text * 3}</p></div>" for number, text in enumerate(_TEXTS * 3)).encode()
    pages = [{"html": html, "body": f"{_TEXTS[1]}\n{_TEXTS[3]}", "present": [], "absent": [], "kind": "article"}]
    found = examples(pages)
    torch.manual_seed(5)
    net = HtmlNet(len(found[0].arrays.dense), len(label_names())).eval()
    np.savez(f"{tmp_path}/net.npz", **model_arrays({name: value.numpy() for name, value in net.state_dict().items()}, label_names()))
    with torch.no_grad():
        aim = torch.sigmoid(net(batch_of(found))[0][:, 0]).numpy()
    model = network(f"{tmp_path}/net.npz")
    assert model is not None
    assert np.abs(model.judge(found[0].arrays)[0] / 10_000 - aim).max() < 0.03
