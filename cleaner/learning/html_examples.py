"""Gold pages as examples for the block model's training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.html_features import Arrays, html_arrays
from cleaner.classify.html_text import character_classes
from cleaner.classify.rules import lower
from cleaner.learning.html_targets import body_shares, line_labels, snippet_shares, text_labels
from cleaner.load.labels import labels
from cleaner.parse.html import parse_html
from cleaner.pipeline import Cleaner

#: a block with this share of its words in the gold body is surely not in it, or with so much more surely is
_LEAST_SHARE, _SHARE_RANGE = 0.35, 0.35
#: what a reader's label counts beside the gold body, where they differ
_LABEL_WEIGHT = 0.65
#: a block weighs as its words to this power, a page as its blocks' weights to one less this power
_WORDS_POWER, _PAGE_POWER = 0.75, 0.6
_WEIGHT = 3.0
#: what a label by the text's cleaner counts beside a reader's, and all of them on a page at most
_TOLD_LABEL, _TOLD_LABELS = 0.15, 10.0
#: kinds of pages that the network learns to tell apart on the way, as the gold sets call them
PAGE_KINDS = ("article", "service", "listing", "collection", "forum", "product", "documentation")


class Example(msgspec.Struct, frozen=True):
    """A gold page. `n` is the number of its blocks."""

    arrays: Arrays
    #: (n,) how much of each block is content, 0 to 1
    aim: npt.NDArray[np.float64]
    #: (n,) what a mistake on each block costs
    weight: npt.NDArray[np.float64]
    #: (n,) place of each block's label in `label_names()`, -1 where it is not known
    label: npt.NDArray[np.int64]
    #: (n,) what a mistake in each label costs
    label_weight: npt.NDArray[np.float64]
    #: place of the page's kind in `PAGE_KINDS`, -1 where it is not known
    kind: int


def label_names() -> list[str]:
    """The labels that the network names blocks by, in the order of its rows."""
    return sorted(name for name in labels() if name != "dateline")


def examples(pages: Iterable[Mapping[str, Any]], cleaner: Cleaner | None = None) -> list[Example]:
    """Gold pages as examples; pages without blocks are left out.

    Parameters: `pages` have `html`, `body` (or None, with the snippets in `present` and `absent`), `kind`, and where they were labelled
    by reading `lines` and `labels`; `cleaner` names the residue of the others by their text. Its model should not have seen pages that the
    examples' model is to be measured on.
    """
    table = character_classes()
    numbers = {name: number for number, name in enumerate(label_names())}
    found = []
    for page in pages:
        parsed = parse_html(page["html"])
        texts = parsed.document.texts
        if not texts:
            continue
        arrays = html_arrays(parsed, lower(parsed.document.source), table)
        known: Sequence[str | None] = [None] * len(texts)
        if page.get("lines"):
            known = line_labels(texts, page["lines"], page["labels"])
        aim, weight = _aims(page, texts, arrays, known)
        label_weight = 1.0
        if cleaner is not None and not page.get("lines"):
            known = text_labels(texts, aim, cleaner)
            label_weight = min(_TOLD_LABEL, _TOLD_LABELS / max(1, len(known) - known.count(None)))
        label = np.array([numbers.get(name, -1) if name else -1 for name in known])
        kind = PAGE_KINDS.index(page["kind"]) if page["kind"] in PAGE_KINDS else -1
        found.append(Example(arrays, aim, weight, label, np.where(label >= 0, label_weight, 0.0), kind))
    return found


def _aims(page: Mapping[str, Any], texts: Sequence[str], arrays: Arrays, known: Sequence[str | None]) -> tuple[Any, Any]:
    if page["body"]:
        shares = np.array(body_shares(texts, page["body"]))
        weight = (arrays.count + 1.0) ** _WORDS_POWER
    else:
        shares = np.array(snippet_shares(texts, page["present"], page["absent"]))
        weight = np.ones(len(texts))
    weight[shares < 0] = 0.0
    aim = np.clip((shares - _LEAST_SHARE) / _SHARE_RANGE, 0.0, 1.0)
    for block, name in enumerate(known):
        if name is not None:
            aim[block] = (1 - _LABEL_WEIGHT) * aim[block] + _LABEL_WEIGHT * labels()[name].content
    return aim, _WEIGHT * weight / max(weight.sum(), 1.0) ** _PAGE_POWER
