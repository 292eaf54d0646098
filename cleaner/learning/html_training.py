"""Training of the block model for pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.errors import MissingExtra
from cleaner.learning.html_examples import Example, examples, label_names
from cleaner.learning.html_export import model_arrays
from cleaner.learning.model_file import save_model
from cleaner.pipeline import Cleaner

_EPOCHS, _PAGES_A_STEP, _RATE, _DECAY = 6, 8, 2e-3, 0.01
#: share of the steps in which the rate rises
_WARM_UP = 0.15
#: what mistakes in labels, and in the kind of page, cost beside mistakes in content
_LABEL_COST, _KIND_COST = 0.5 / 8, 1.0
#: words and names seen on fewer pages are left out: they say more of a site than of a kind of block
_LEAST_PAGES = 8
_LEAST_SPREAD = 0.05
_STEEPEST = 2.0


def train_html(
    pages: Iterable[Mapping[str, Any]],
    out: str | Path | None,
    seed: int = 0,
    report: Callable[[str], None] = lambda line: None,
    cleaner: Cleaner | None = None,
) -> dict[str, Any]:
    """Trains a block model.

    Parameters: `pages` are gold pages as `html_examples.examples` takes them, and so is `cleaner`; `out` is the .npz file to write, or
    None; `seed` of all chance in training; `report` is told the progress.
    Returns the arrays written, every name beginning with `html.`.
    Raises `MissingExtra` without torch, `OutputError` where the file cannot be written.
    """
    found = examples(pages, cleaner)
    state = _trained(found, seed, report)
    arrays = model_arrays(state, label_names())
    if out is not None:
        save_model(arrays, out)
    return arrays


def _trained(found: Sequence[Example], seed: int, report: Callable[[str], None]) -> dict[str, Any]:
    try:
        import torch
        from torch import nn

        from cleaner.learning.html_net import HtmlNet, batch_of
    except ImportError as error:
        raise MissingExtra("training on pages", "train-html") from error
    torch.manual_seed(seed)
    order = random.Random(seed)
    net = HtmlNet(len(found[0].arrays.dense), len(label_names()))
    features = np.concatenate([example.arrays.dense.T for example in found[::3]])
    net.get_buffer("mean")[:] = torch.from_numpy(features.mean(0))
    net.get_buffer("spread")[:] = torch.from_numpy(np.maximum(features.std(0), _LEAST_SPREAD))
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(found) // _PAGES_A_STEP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps, pct_start=_WARM_UP)
    net.train()
    for epoch in range(_EPOCHS):
        shuffled = order.sample(list(found), len(found))
        total = 0.0
        for at in range(0, len(shuffled), _PAGES_A_STEP):
            some = shuffled[at : at + _PAGES_A_STEP]
            batch = batch_of(some)
            logits, kinds = net(batch)
            errors = nn.functional.binary_cross_entropy_with_logits(logits[:, 0], batch["aim"], reduction="none")
            cost = (errors * batch["weight"]).sum() / len(some)
            if any(example.kind >= 0 for example in some):
                cost = cost + _KIND_COST * nn.functional.cross_entropy(kinds, batch["page_kind"], ignore_index=-1)
            known = batch["label"] >= 0
            if known.any():
                wrong = nn.functional.cross_entropy(logits[known, 1:], batch["label"][known], reduction="none")
                cost = cost + _LABEL_COST * (wrong * batch["label_weight"][known]).sum() / len(some)
            optimizer.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(net.parameters(), _STEEPEST)
            optimizer.step()
            schedule.step()
            total += float(cost.detach()) * len(some)
        report(f"epoch {epoch + 1} of {_EPOCHS}: cost {total / len(found):.3f} a page")
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    _forget_rare(state, found)
    return state


def _forget_rare(state: dict[str, Any], found: Sequence[Example]) -> None:
    """Sets the rows of words, pairs and names seen on few pages to zero."""
    for kind, tables in (
        ("words", ["word"]),
        ("pairs", ["pair"]),
        ("names", [name[: -len(".weight")] for name in state if name[:5] == "name."]),
    ):
        pages = np.zeros(len(state[f"{tables[0]}.weight"]), dtype=np.int64)
        for example in found:
            pages[np.unique(getattr(example.arrays, kind))] += 1
        for table in tables:
            state[f"{table}.weight"][pages < _LEAST_PAGES] = 0.0
