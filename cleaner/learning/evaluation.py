"""How good a model is on labelled documents: cleans each with the model that has not seen its site, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import msgspec
import numpy as np

from cleaner.errors import InputError
from cleaner.learning.documents import RESIDUE, Labelled
from cleaner.learning.folds import folds_of, path_of_fold
from cleaner.learning.intervals import Figure, figures
from cleaner.learning.measures import KINDS, DocumentScore, Removal, Tally, measure, source_of
from cleaner.load.labels import labels
from cleaner.pipeline import Cleaner
from cleaner.values import BIASES, Bias, Options, Result

#: lower bounds of the bands of scores in which removals are looked at
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
#: judge that stands for all of them
ALL = "all"

Share: TypeAlias = Callable[[DocumentScore], tuple[float, float]]


class Row(msgspec.Struct, frozen=True):
    """A line of a table: what the documents of one group come to."""

    name: str
    documents: int
    #: by the names of `KEPT`, `LINES` and `INSIDE`; None where no document has a part in it
    figures: dict[str, Figure | None]
    #: lines of residue
    lines: int


class Band(msgspec.Struct, frozen=True):
    """Removals whose scores lie between two bounds."""

    #: from here, and below the next band's
    low: float
    #: what removed them, or `all`
    judge: str
    removals: int
    #: share of them that is residue
    residue: float
    #: share of those whose label is known that have it; None where none is known
    named: float | None
    #: share of residue among all removals of this score and above
    above: float


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The tables, and what they were made from."""

    #: by what is known of the documents
    kinds: tuple[Row, ...]
    #: of the documents with labels, by language
    languages: tuple[Row, ...]
    #: of the documents with labels, by the residue's label
    labels: tuple[Row, ...]
    #: of the documents with labels (of all where none has), by the option `bias`
    biases: tuple[Row, ...]
    reliability: tuple[Band, ...]
    #: one a document, in their order, with `bias="balanced"`
    scores: tuple[DocumentScore, ...]
    #: id -> why it could not be cleaned
    failures: dict[str, str]


#: figures of the words that are kept: means over documents
KEPT: dict[str, Share] = {
    "precision": lambda score: (score.precision, 1),
    "recall": lambda score: (score.recall, 1),
    "F1": lambda score: (score.f1, 1),
}
#: figures of residue lines: shares of all lines, of all that were removed
LINES: dict[str, Share] = {
    "removed": lambda score: (_sum(score).removed, _sum(score).lines),
    "right label": lambda score: (_sum(score, named=True).right, _sum(score, named=True).removed),
    "near label": lambda score: (_sum(score, named=True).near, _sum(score, named=True).removed),
}
#: figures of residue inside lines, and of content lines
INSIDE: dict[str, Share] = {
    "spans found": lambda score: (score.spans_found, score.spans_seen),
    "span removals right": lambda score: (score.spans_right, score.spans_right + score.spans_wrong),
    "content lines kept": lambda score: (score.content_lines - score.content_lines_lost, score.content_lines),
}


class Cleaners:
    """Cleans each document with the model of its fold.

    Parameters: `model` is what `Options.model` takes; `{fold}` in it becomes the number of the document's fold, of `folds`.
    Raises `OptionError` where the documents' folds are not among so many, `DataFileError` for a model that cannot be used.
    """

    def __init__(self, documents: Sequence[Labelled], model: str | None, folds: int) -> None:
        self._model = model
        self._folds = dict(zip(map(id, documents), folds_of(documents, folds), strict=True)) if _is_pattern(model) else {}
        self._cleaners: dict[tuple[int, Bias], Cleaner] = {}

    def fold(self, document: Labelled) -> int:
        """The number of the document's fold; 0 where all have one model."""
        return self._folds.get(id(document), 0)

    def clean(self, document: Labelled, bias: Bias = "balanced") -> Result:
        """The result for a document. Raises `InputError`."""
        key = (self.fold(document), bias)
        cleaner = self._cleaners.get(key)
        if cleaner is None:
            model = path_of_fold(self._model, key[0]) if self._model is not None else None
            cleaner = self._cleaners[key] = Cleaner(Options(model=model, bias=bias))
        return cleaner.clean_text(source_of(document))


def _is_pattern(model: str | None) -> bool:
    return model is not None and path_of_fold(model, 0) != model


def evaluate(documents: Sequence[Labelled], cleaners: Cleaners, *, seed: int = 1) -> Evaluation:
    """Cleans labelled documents and compares.

    Parameters: `cleaners` were made for the same documents; `seed` fixes the samples behind the intervals.
    Raises `DataFileError` for a model that cannot be used.
    """
    failures: dict[str, str] = {}
    by_bias: dict[Bias, list[DocumentScore]] = {}
    for bias in BIASES:
        found: dict[int, DocumentScore] = {}
        for place in sorted(range(len(documents)), key=lambda place: cleaners.fold(documents[place])):
            document = documents[place]
            try:
                found[place] = measure(document, cleaners.clean(document, bias).spans)
            except InputError as error:
                failures[document.id] = str(error)
        by_bias[bias] = [found[place] for place in sorted(found)]
    scores = by_bias["balanced"]
    named = [score for score in scores if score.kind == "labels"]
    languages = sorted({score.language or "" for score in named})
    return Evaluation(
        kinds=_rows(scores, {kind: _of_kind(kind) for kind in KINDS}, KEPT | LINES | INSIDE, seed),
        languages=_rows(named, {language: _of_language(language) for language in languages}, KEPT | LINES, seed),
        labels=_label_rows(named, seed),
        biases=tuple(
            msgspec.structs.replace(row, name=bias)
            for bias in BIASES
            for row in _rows(
                [score for score in by_bias[bias] if score.kind == "labels"] or by_bias[bias], {ALL: lambda _: True}, KEPT | LINES, seed
            )
        ),
        reliability=tuple(_bands(removal for score in scores for removal in score.removals)),
        scores=tuple(scores),
        failures=failures,
    )


def worst(evaluation: Evaluation, count: int) -> list[DocumentScore]:
    """The documents whose kept words fit least, the worst first."""
    return sorted(evaluation.scores, key=lambda score: (score.f1, score.id))[:count]


def _sum(score: DocumentScore, *, named: bool = False) -> Tally:
    """What became of a document's residue lines; with `named`, of those whose label is known."""
    tallies = [tally for label, tally in score.tallies.items() if not (named and label == RESIDUE)]
    return Tally(
        sum(tally.lines for tally in tallies),
        sum(tally.removed for tally in tallies),
        sum(tally.right for tally in tallies),
        sum(tally.near for tally in tallies),
    )


def _of_kind(kind: str) -> Callable[[DocumentScore], bool]:
    return lambda score: score.kind == kind


def _of_language(language: str) -> Callable[[DocumentScore], bool]:
    return lambda score: (score.language or "") == language


def _rows(
    scores: Sequence[DocumentScore], groups: dict[str, Callable[[DocumentScore], bool]], shares: dict[str, Share], seed: int
) -> tuple[Row, ...]:
    """A row for each group that has documents."""
    columns: list[list[tuple[float, float]]] = []
    rows: list[tuple[str, int, int]] = []
    for name, is_of in groups.items():
        inside = [is_of(score) for score in scores]
        if any(inside):
            rows.append((name, sum(inside), sum(_sum(score).lines for score, own in zip(scores, inside, strict=True) if own)))
            columns += [
                [share(score) if own else (0.0, 0.0) for score, own in zip(scores, inside, strict=True)] for share in shares.values()
            ]
    values = iter(_figures(columns, seed))
    return tuple(Row(name, count, {share: next(values) for share in shares}, lines) for name, count, lines in rows)


def _label_rows(scores: Sequence[DocumentScore], seed: int) -> tuple[Row, ...]:
    """A row for each label of residue, those with most lines first."""
    lines = Counter[str]()
    for score in scores:
        lines.update({label: tally.lines for label, tally in score.tallies.items() if label in labels()})
    names = [label for label, _ in lines.most_common()]
    columns = []
    for label in names:
        own = [score.tallies.get(label, Tally()) for score in scores]
        columns += [
            [(tally.removed, tally.lines) for tally in own],
            [(tally.right, tally.removed) for tally in own],
            [(tally.near, tally.removed) for tally in own],
        ]
    values = iter(_figures(columns, seed))
    return tuple(
        Row(label, sum(label in score.tallies for score in scores), {name: next(values) for name in LINES}, lines[label]) for label in names
    )


def _figures(columns: Sequence[Sequence[tuple[float, float]]], seed: int) -> list[Figure | None]:
    """A figure for each column of pairs, one a document."""
    if not columns:
        return []
    pairs = np.array(columns, dtype=np.float64)
    return figures(pairs[:, :, 0].T, pairs[:, :, 1].T, seed=seed)


def _bands(removals: Iterable[Removal]) -> Iterable[Band]:
    """How often removals of a score are right: for the model, and for all judges together."""
    sorted_in: dict[tuple[str, int], list[Removal]] = {}
    for removal in removals:
        place = sum(removal.score >= low for low in BANDS) - 1
        for judge in {ALL, removal.judge}:
            sorted_in.setdefault((judge, place), []).append(removal)
    judges = [ALL, *sorted({judge for judge, _ in sorted_in} - {ALL})]
    for judge in judges:
        bands = []
        above: list[Removal] = []
        for place in reversed(range(len(BANDS))):
            found = sorted_in.get((judge, place))
            if found:
                above += found
                known = [removal.is_named for removal in found if removal.is_named is not None]
                bands.append(
                    Band(
                        low=BANDS[place],
                        judge=judge,
                        removals=len(found),
                        residue=sum(removal.is_residue for removal in found) / len(found),
                        named=sum(known) / len(known) if known else None,
                        above=sum(removal.is_residue for removal in above) / len(above),
                    )
                )
        yield from reversed(bands)
