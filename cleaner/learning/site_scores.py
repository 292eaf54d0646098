"""Word scores for training: a document's come from tables that have not seen its site, as those of a new page will."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
import numpy.typing as npt

from cleaner.classify.word_scores import WordScores
from cleaner.learning.rows import NOT_KNOWN, Rows, is_content
from cleaner.learning.word_training import UNIT, Words, train_content, train_words
from cleaner.load.labels import labels

#: sites are dealt out to so many parts, and a table is trained without each
_PARTS = 4
#: share of the lines without an exact label whose words are learned from, for time's sake
_SHARE = 0.5


class SiteScores(msgspec.Struct, frozen=True):
    """A table trained on all sites, and those that were trained without a part of them."""

    table: npt.NDArray[np.int8]
    bias: npt.NDArray[np.int64]
    parts: tuple[WordScores, ...]

    def unseen(self, site: str) -> WordScores:
        """The scores of a table that has not seen a site."""
        return self.parts[_part(site)]


def site_scores(rows: Sequence[Rows], chance: np.random.Generator, threads: int = 1) -> SiteScores:
    """Trains the tables: labels' columns on lines with a label, the column of content on a share of the others too.

    Parameters: `rows` are those of documents, without copies; so many `threads` are used, which changes nothing but the time.
    """
    with_label = _Lines.of(rows, [np.flatnonzero(one.targets >= 0) for one in rows])
    # What people labelled counts the same here, whoever they were; only what was decided on for this counts more.
    with_label = msgspec.structs.replace(with_label, weights=np.maximum(1.0, with_label.weights))
    known = _Lines.of(rows, [_picked(one, chance) for one in rows])
    lines = [(with_label, known), *((with_label.without(part), known.without(part)) for part in range(_PARTS))]
    with ThreadPoolExecutor(threads) as pool:
        whole, *parts = pool.map(_tables, *zip(*lines, strict=True))
    return SiteScores(*whole, tuple(WordScores(table, bias, UNIT) for table, bias in parts))


class _Lines(msgspec.Struct, frozen=True):
    """Lines to learn words from."""

    words: Words
    targets: npt.NDArray[np.int64]
    sites: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[Rows], places: Sequence[npt.NDArray[np.int64]]) -> _Lines:
        return cls(
            Words.of([one.words[place] for one, own in zip(rows, places, strict=True) for place in own]),
            np.concatenate([one.targets[own] for one, own in zip(rows, places, strict=True)]),
            np.concatenate([np.full(len(own), zlib.crc32(one.site.encode())) for one, own in zip(rows, places, strict=True)]),
            np.concatenate([np.full(len(own), one.weight) for one, own in zip(rows, places, strict=True)]),
        )

    def without(self, part: int) -> _Lines:
        """The lines of the sites that are not of a part; all where there are no others."""
        stays = self.sites % _PARTS != part
        if not stays.any():
            return self
        return _Lines(Words(self.words.matrix[stays]), self.targets[stays], self.sites[stays], self.weights[stays])


def _tables(labelled: _Lines, known: _Lines) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """The labels' columns and biases, and content's beside them."""
    table, bias = train_words(labelled.words, labelled.targets, labelled.sites, labelled.weights, len(labels()))
    column, odds = train_content(known.words, is_content(known.targets), known.sites, known.weights)
    return np.concatenate((table, column), axis=1), np.concatenate((bias, odds))


def _part(site: str) -> int:
    return zlib.crc32(site.encode()) % _PARTS


def _picked(one: Rows, chance: np.random.Generator) -> npt.NDArray[np.int64]:
    """The lines of a document of which something is known: all that have a label, a share of the others."""
    known = one.targets != NOT_KNOWN
    return np.flatnonzero((one.targets >= 0) | (known & (chance.random(len(known)) < _SHARE)))
