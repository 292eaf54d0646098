"""Trains the small network beside the trees (`classify.dense`), on the same features: content or not, and the label of residue.

Dropout (Srivastava et al. 2014), AdamW (Loshchilov and Hutter 2019), one cycle of the rate (Smith 2018).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import MissingExtra
from cleaner.load.model import DENSE_HIGHEST, DENSE_MOST

_HIDDEN, _EPOCHS, _ROWS_A_STEP = 64, 8, 512
_RATE, _DECAY, _SMOOTHING = 4e-3, 0.01, 0.05
#: shares of features, and of activations, that are left out in a step
_FEATURE_DROPOUT, _DROPOUT = 0.15, 0.3
#: features are looked at so many spreads around their mean; one that hardly varies is not blown up beyond this
_FARTHEST, _LEAST_SPREAD = 4.0, 0.05
#: activations go up to this
_HIGHEST = 8.0
_MOST_WEIGHT = 127


def train_dense(
    features: npt.NDArray[np.float32],
    content: npt.NDArray[np.bool_],
    label: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
    labels: int,
    *,
    seed: int = 1,
    threads: int = 1,
    say: Callable[[str], None] = print,
) -> dict[str, npt.NDArray[Any]]:
    """The network's arrays, without a prefix to their names.

    Parameters: `features` blocks × features; `content` whether a block is; `label` the number of its label of residue, -1 where it has none
    or none is known; `weights` what it counts for; `labels` how many labels of residue there are.
    Raises `MissingExtra` where the packages that only training needs are not installed.
    """
    try:
        import torch
        from torch import nn
    except ImportError as error:
        raise MissingExtra("training", "train") from error
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    middle = features.mean(axis=0, dtype=np.float64).astype(np.float32)
    steps = (DENSE_MOST / _FARTHEST / np.maximum(features.std(axis=0, dtype=np.float64), _LEAST_SPREAD)).astype(np.float32)
    first, second = nn.Linear(features.shape[1], _HIDDEN), nn.Linear(_HIDDEN, 1 + labels)
    network = nn.Sequential(nn.Dropout(_FEATURE_DROPOUT), first, nn.Hardtanh(0.0, _HIGHEST), nn.Dropout(_DROPOUT), second)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    count = len(features)
    turns = max(1, count // _ROWS_A_STEP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_EPOCHS * turns)
    chance = np.random.default_rng(seed)
    for epoch in range(_EPOCHS):
        order = chance.permutation(count)
        total = 0.0
        for turn in range(turns):
            places = np.sort(order[turn::turns])
            values = np.clip(np.rint((features[places] - middle) * steps), -DENSE_MOST, DENSE_MOST) / (DENSE_MOST / _FARTHEST)
            answers = network(torch.from_numpy(values))
            counts = torch.from_numpy(weights[places].astype(np.float32))
            wanted = torch.from_numpy(content[places].astype(np.float32))
            errors = nn.functional.binary_cross_entropy_with_logits(answers[:, 0], wanted, reduction="none")
            cost = (errors * counts).sum() / counts.sum()
            known = torch.from_numpy(label[places] >= 0)
            if known.any():
                wrong = nn.functional.cross_entropy(
                    answers[known, 1:], torch.from_numpy(label[places])[known], reduction="none", label_smoothing=_SMOOTHING
                )
                cost = cost + (wrong * counts[known]).sum() / counts[known].sum()
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            schedule.step()
            total += float(cost.detach())
        say(f"network {epoch + 1} of {_EPOCHS}: cost {total / turns:.3f}")
    torch.set_num_threads(before)
    return {"middle": middle, "steps": steps} | _in_steps(
        *(values.detach().numpy().astype(np.float64) for values in (first.weight, first.bias, second.weight, second.bias))
    )


def _in_steps(
    first: npt.NDArray[np.float64], hidden_bias: npt.NDArray[np.float64], second: npt.NDArray[np.float64], bias: npt.NDArray[np.float64]
) -> dict[str, npt.NDArray[Any]]:
    """Weights and biases as whole numbers, in units that are powers of two."""
    step = _FARTHEST / DENSE_MOST
    first_unit = _unit(first * step)
    hidden_step = _HIGHEST / DENSE_HIGHEST
    second_unit = _unit(second * hidden_step)
    return {
        "first": np.rint(first * step / first_unit).T.astype(np.int8),
        "hidden_bias": np.rint(hidden_bias / first_unit).astype(np.int64),
        "hidden_unit": np.array(first_unit / hidden_step),
        "second": np.rint(second * hidden_step / second_unit).T.astype(np.int8),
        "bias": np.rint(bias / second_unit).astype(np.int64),
        "unit": np.array(second_unit),
    }


def _unit(values: npt.NDArray[np.float64]) -> float:
    """The least power of two in which no value is more than a weight may be."""
    return float(2.0 ** np.ceil(np.log2(np.abs(values).max() / _MOST_WEIGHT)))
