"""The learned model as a judge: a verdict on every block, where it is sure enough."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from cleaner.classify.block_features import block_features
from cleaner.classify.document import Judgement
from cleaner.classify.network import Network
from cleaner.load.labels import labels
from cleaner.load.model import DEFAULT_MODEL, load_text_model
from cleaner.values import Bias, Document, Verdict


class BlockModel:
    """Judges blocks. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        model = load_text_model(path)
        self._network = Network(model)
        self._thresholds = model.thresholds
        self._names = tuple(labels())
        self._content = sum(label.content for label in labels().values())

    def verdicts(self, document: Document, judgement: Judgement, bias: Bias) -> Iterable[Verdict]:
        """A verdict for each block: content or residue by the bias's threshold, and the likeliest label of that kind."""
        if not document.blocks:
            return
        chances = self._network.predict(block_features(document, judgement), self._content)
        content = self._content
        kept = chances[:, :content].sum(axis=1).tolist()
        kept_labels = chances[:, :content].argmax(axis=1).tolist()
        removed_labels = chances[:, content:].argmax(axis=1).tolist()
        threshold = self._thresholds[bias]
        for block, (where, chance) in enumerate(zip(document.blocks, kept, strict=True)):
            if chance >= threshold:
                label, score = self._names[kept_labels[block]], chance
            else:
                label, score = self._names[content + removed_labels[block]], 1 - chance
            yield Verdict(where.start, where.end, label, "model", score)


@functools.lru_cache(maxsize=8)
def block_model(path: str) -> BlockModel:
    """The model of that path, or the package's own for `default`; loaded once in a process.

    Raises `DataFileError` for a file that cannot be used.
    """
    return BlockModel(DEFAULT_MODEL if path == "default" else Path(path))
