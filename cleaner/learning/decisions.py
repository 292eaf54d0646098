"""Reviewers' decisions as labelled documents: what `cleaner train --decisions` learns from beside other labelled documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import msgspec

from cleaner.batch.results import Reviewable, documents
from cleaner.classify.reviewed import Reviewed
from cleaner.learning.documents import UNKNOWN, Labelled
from cleaner.load.decisions import Decision, read_decisions
from cleaner.parse.text import parse_text
from cleaner.pipeline import Cleaner
from cleaner.values import Options, Verdict

#: a line that a person decided on counts as so many lines of other labelled documents: decisions are few, and each was meant
DECIDED_WEIGHT = 5.0


class Examples(msgspec.Struct, frozen=True):
    """What decisions give to learn from."""

    #: sorted by id
    documents: tuple[Labelled, ...]
    #: ids of decided documents that are not in the folder, or cannot be read
    missing: tuple[str, ...]


def load_examples(
    paths: Sequence[str | os.PathLike[str]], folder: str | os.PathLike[str] | None = None, *, weight: float = DECIDED_WEIGHT
) -> Examples:
    """Documents with the labels that reviewers gave to their lines; of the other lines nothing is known.

    A decision on most of a line labels it. A document that has changed since is labelled where the decided words are found again.
    What a reviewer said of all identical spans was looked at in one document, and labels that one.
    Parameters: `paths` are decisions files, of which the order does not matter; `folder` is what was reviewed, documents or an output
    with its ledger: each decisions file's own folder where none is named; `weight` is what a decided line counts for in training.
    Raises `DataFileError` for a file that is no decisions file, `InputError` where the folder is none.
    """
    by_id: dict[str, list[Decision]] = {}
    for decision in read_decisions(paths):
        by_id.setdefault(decision.id, []).append(msgspec.structs.replace(decision, scope="document"))
    folders = [os.fspath(folder)] if folder is not None else sorted({os.path.dirname(os.fspath(path)) or "." for path in paths})
    found: dict[str, Labelled] = {}
    for id, document in _documents(folders, by_id.keys()):
        labelled = _labelled(document, by_id[id], weight)
        if labelled is not None:
            found.setdefault(id, labelled)
    return Examples(tuple(found[id] for id in sorted(found)), tuple(sorted(by_id.keys() - found.keys())))


def _documents(folders: Sequence[str], wanted: Iterable[str]) -> Iterable[tuple[str, Reviewable]]:
    known = frozenset(wanted)
    cleaner = Cleaner(Options(model=None))  # for what the documents' text is; how they were cleaned is another matter
    for folder in folders:
        for document in documents(folder, cleaner):
            if isinstance(document, Reviewable) and document.id in known:
                yield document.id, document


def _labelled(document: Reviewable, decisions: Sequence[Decision], weight: float) -> Labelled | None:
    """The document line by line; None where no decision labels one of its lines."""
    source = document.result.source
    verdicts = Reviewed(decisions).verdicts(source, url=document.result.url, site=document.site)
    lines, found = [], []
    for block in parse_text(source).blocks:
        lines.append(" ".join(source[block.start : block.end].split()))
        found.append(_label(source, block.start, block.end, verdicts))
    if not any(found):
        return None
    # Where no site is known each document is one of its own, as far as anybody knows.
    return Labelled(id=document.id, site=document.site or document.id, lines=tuple(lines), labels=tuple(found), weight=weight)


def _label(source: str, start: int, end: int, verdicts: Iterable[Verdict]) -> str:
    """The label of the verdict that most of a block's signs are under; empty where there is none."""
    for verdict in verdicts:
        shared = "".join(source[max(start, verdict.start) : min(end, verdict.end)].split())
        if 2 * len(shared) > len("".join(source[start:end].split())):
            return verdict.label
    return UNKNOWN
