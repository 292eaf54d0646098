"""The block model in torch, as it is trained. `classify.html_network` is the same network in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cleaner.classify.html_features import GOOD_WORDS, LEVELS, NAME_BITS, PAIR_BITS, SUMMED, WORD_BITS
from cleaner.classify.html_network import GRID, LAST_LEVELS, MOST, REACHES
from cleaner.learning.html_examples import PAGE_KINDS, Example

#: activations, and columns of the tables of words, pairs and names
_HIDDEN, _WORD, _PAIR, _NAME = 64, 16, 8, 10
#: share of words and names, and of activations, that are left out in a step of training
_TOKEN_DROPOUT, _DROPOUT = 0.55, 0.2
_FARTHEST = 4.0

Batch = dict[str, Tensor]


class HtmlNet(nn.Module):
    """The network. Parameters: `features` of a block, `label_count` labels."""

    def __init__(self, features: int, label_count: int) -> None:
        super().__init__()
        self.word = nn.EmbeddingBag(1 << WORD_BITS, _WORD, mode="mean")
        self.pair = nn.EmbeddingBag(1 << PAIR_BITS, _PAIR, mode="mean")
        self.name = nn.ModuleList([nn.EmbeddingBag(1 << NAME_BITS, _NAME, mode="sum") for _ in range(LEVELS + 1)])
        for table in (self.word, self.pair, *self.name):
            nn.init.normal_(table.weight, std=0.05)
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.l1 = nn.Linear(features + _WORD + _PAIR + _NAME * (LEVELS + 1), _HIDDEN)
        self.c1 = nn.Linear(3 * _HIDDEN, _HIDDEN)
        self.l2 = nn.Linear(_HIDDEN * (SUMMED + 4), _HIDDEN)
        self.c2 = nn.Linear(3 * _HIDDEN, _HIDDEN)
        self.c3 = nn.Linear(3 * _HIDDEN, _HIDDEN)
        self.l3 = nn.Linear(_HIDDEN * (len(LAST_LEVELS) + 2), _HIDDEN)
        self.out = nn.Linear(_HIDDEN, 1 + label_count)
        self.kind = nn.Linear(2 * _HIDDEN, len(PAGE_KINDS))
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits of blocks, shape (blocks, 1 + labels), and of the pages' kinds, shape (pages, kinds)."""
        mean, spread = self.get_buffer("mean"), self.get_buffer("spread")
        parts = [((batch["dense"] - mean) / spread).clamp(-_FARTHEST, _FARTHEST)]
        parts.append(self._bag(self.word, batch["words"], batch["word_from"]))
        parts.append(self._bag(self.pair, batch["pairs"], batch["pair_from"]))
        for level, table in enumerate(self.name):
            sums = self._bag(table, batch["names"], batch["name_from"])
            parts.append(sums.index_select(0, batch["elements"][:, level]))
        hidden = self.dropout(_act(self.l1(torch.cat(parts, 1).clamp(-MOST / GRID, MOST / GRID))))
        hidden = _act(hidden + self._convolved(self.c1, hidden, batch["page"], REACHES[0]))
        means, page = self._means(hidden, batch)
        wide = _act(_act(self.l2(torch.cat([hidden, *means], 1))) + hidden)
        wide = _act(wide + self._convolved(self.c2, wide, batch["page"], REACHES[1]))
        wide = _act(wide + self._convolved(self.c3, wide, batch["page"], REACHES[2]))
        running = torch.cat([torch.zeros(1, wide.shape[1]), wide.cumsum(0)])
        near = [self._level_mean(running, batch, level) for level in LAST_LEVELS]
        near.append(_grouped(wide, batch["kind"], torch.ones(len(wide))).index_select(0, batch["kind"]))
        wide = _act(_act(self.l3(torch.cat([wide, *near], 1))) + wide)
        return self.out(self.dropout(wide)), self.kind(page)

    def _bag(self, table: Any, rows: Tensor, begin: Tensor) -> Tensor:
        if self.training:
            kept = torch.rand(len(rows)) >= _TOKEN_DROPOUT
            begin = torch.cat([torch.zeros(1, dtype=torch.long), kept.long().cumsum(0)])[begin]
            rows = rows[kept]
        sums: Tensor = table(rows, begin[:-1])
        return sums / (1 - _TOKEN_DROPOUT) if self.training and table.mode == "sum" else sums

    def _convolved(self, layer: nn.Module, hidden: Tensor, page: Tensor, reach: int) -> Tensor:
        count = len(hidden)
        zeros = torch.zeros(min(reach, count), hidden.shape[1])
        before = torch.cat([zeros, hidden[:-reach]])[:count]
        after = torch.cat([hidden[reach:], zeros])[:count]
        places = torch.arange(count)
        same_before = page[(places - reach).clamp(min=0)] == page
        same_after = page[(places + reach).clamp(max=count - 1)] == page
        before = before * (same_before & (places >= reach))[:, None]
        after = after * (same_after & (places < count - reach))[:, None]
        return _act(layer(torch.cat([before, hidden, after], 1)))

    def _level_mean(self, running: Tensor, batch: Batch, level: int) -> Tensor:
        first, last = batch["first"][:, level], batch["last"][:, level]
        inside = running.index_select(0, last) - running.index_select(0, first)
        return inside / (last - first).clamp(min=1)[:, None]

    def _means(self, hidden: Tensor, batch: Batch) -> tuple[list[Tensor], Tensor]:
        running = torch.cat([torch.zeros(1, hidden.shape[1]), hidden.cumsum(0)])
        means = [self._level_mean(running, batch, level) for level in range(SUMMED)]
        kinds = _grouped(hidden, batch["kind"], torch.ones(len(hidden)))
        pages = _grouped(hidden, batch["page"], torch.ones(len(hidden)))
        texts = _grouped(hidden, batch["page"], batch["good"])
        means.append(kinds.index_select(0, batch["kind"]))
        means += [values.index_select(0, batch["page"]) for values in (pages, texts)]
        return means, torch.cat([pages, texts], 1)


def _act(values: Tensor) -> Tensor:
    return values.clamp(0.0, MOST / GRID)


def _grouped(hidden: Tensor, group: Tensor, weight: Tensor) -> Tensor:
    """Weighted means over the rows of each group."""
    count = int(group.max()) + 1
    sums = torch.zeros(count, hidden.shape[1]).index_add(0, group, hidden * weight[:, None])
    return sums / torch.zeros(count).index_add(0, group, weight).clamp(min=1)[:, None]


def batch_of(pages: Sequence[Example]) -> Batch:
    """Some pages, one behind the other."""
    columns: dict[str, list[Any]] = {}
    offset = dict.fromkeys(("blocks", "words", "pairs", "names", "sets", "kinds"), 0)
    for number, page in enumerate(pages):
        arrays = page.arrays
        count = len(arrays.count)
        values = {
            "dense": arrays.dense.T, "words": arrays.words, "word_from": arrays.word_from[:-1] + offset["words"],
            "pairs": arrays.pairs, "pair_from": arrays.pair_from[:-1] + offset["pairs"],
            "names": arrays.names, "name_from": arrays.name_from[:-1] + offset["names"], "elements": arrays.elements.T + offset["sets"],
            "first": arrays.first.T + offset["blocks"], "last": arrays.last.T + offset["blocks"], "kind": arrays.kind + offset["kinds"],
            "page": np.full(count, number), "good": np.where(arrays.count >= GOOD_WORDS, arrays.count, 0),
            "aim": page.aim, "weight": page.weight, "label": page.label,
            "label_weight": page.label_weight, "page_kind": np.array([page.kind]),
        }  # fmt: skip
        for name, value in values.items():
            columns.setdefault(name, []).append(value)
        offset["blocks"] += count
        offset["words"] += len(arrays.words)
        offset["pairs"] += len(arrays.pairs)
        offset["names"] += len(arrays.names)
        offset["sets"] += len(arrays.name_from) - 1
        offset["kinds"] += int(arrays.kind.max()) + 1
    batch = {name: torch.from_numpy(np.concatenate(values)) for name, values in columns.items()}
    for name, of in (("word_from", "words"), ("pair_from", "pairs"), ("name_from", "names")):
        batch[name] = torch.cat([batch[name], torch.tensor([offset[of]])])
    for name in ("dense", "good", "aim", "weight", "label_weight"):
        batch[name] = batch[name].float()
    return batch
