"""Cross-validation by site: which document is in which part, and a model for each part that has not seen it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

from cleaner.errors import OptionError
from cleaner.learning.documents import Labelled
from cleaner.learning.model_file import save_model
from cleaner.learning.text_training import prepare, train_text
from cleaner.load.labels import labels

#: stands for the number of the fold in a model's path
FOLD = "{fold}"
#: parts where nothing is said
DEFAULT_FOLDS = 5
#: a model learns names from at least so many labels of residue, and words from at least so many sites
_LEAST_LABELS, _LEAST_SITES = 2, 2

Say = Callable[[str], None]


def folds_of(documents: Sequence[Labelled], count: int) -> list[int]:
    """The fold of each document, 0 to `count` - 1: its own, that of another document of its site, or by its site's name.

    Raises `OptionError` where a document's fold is not among so many, or a site is in two folds.
    """
    by_site: dict[str, int] = {}
    for document in documents:
        if document.fold is None:
            continue
        if not 0 <= document.fold < count:
            raise OptionError("folds", count, f"{document.id} is in fold {document.fold}: choose --folds {document.fold + 1} or more")
        if by_site.setdefault(document.site, document.fold) != document.fold:
            raise OptionError(
                "folds", count, f"{document.site} is in folds {by_site[document.site]} and {document.fold}: a site belongs to one fold"
            )
    return [by_site.get(document.site, zlib.crc32(document.site.encode()) % count) for document in documents]


def path_of_fold(pattern: str, fold: int) -> str:
    """The path of a fold's model."""
    return pattern.replace(FOLD, str(fold))


def rests(documents: Sequence[Labelled], count: int) -> dict[int, list[int]]:
    """Number of each fold that has documents -> the places of all documents but its own, to train on.

    Raises `OptionError` as `folds_of` does, and where a rest cannot teach a model.
    """
    parts = folds_of(documents, count)
    found = {fold: [place for place, part in enumerate(parts) if part != fold] for fold in sorted(set(parts))}
    for rest in found.values():
        check_trainable([documents[place] for place in rest])
    return found


def check_trainable(documents: Sequence[Labelled]) -> None:
    """Raises `OptionError` where documents cannot teach a model."""
    seen: set[str] = set()
    sites: set[str] = set()
    for document in documents:
        named = set(document.labels) & labels().keys()
        seen |= named
        if named:
            sites.add(document.site)
    residue = {label for label in seen if not labels()[label].content}
    if len(seen) == len(residue) or len(residue) < _LEAST_LABELS or len(sites) < _LEAST_SITES:
        raise OptionError(
            "PATH",
            f"{len(documents)} documents",
            f"they have {len(residue)} labels of residue, {len(seen) - len(residue)} of content, on {len(sites)} sites: "
            f"a model needs {_LEAST_LABELS} of residue, 1 of content and {_LEAST_SITES} sites at the least",
        )


def train_file(documents: Sequence[Labelled], path: str, *, seed: int, threads: int, say: Say) -> None:
    """Trains on documents and writes the model.

    Parameters: as for `train_text`; `path` is replaced.
    Raises `OptionError`, `MissingExtra`, and `OutputError` where the file cannot be written.
    """
    check_trainable(documents)
    save_model(train_text(prepare(documents, seed=seed), seed=seed, threads=threads, say=say), path)


def train_folds(documents: Sequence[Labelled], pattern: str, *, folds: int, seed: int, threads: int, say: Say) -> None:
    """Trains a model for each fold that has documents, on all documents but that fold's, and writes them.

    Parameters: `pattern` is a path with `{fold}` in it; the others as for `train_file`.
    Raises what `train_file` does, before anything is trained where the documents are to blame.
    """
    found = rests(documents, folds)
    prepared = prepare(documents, seed=seed)
    for fold, rest in found.items():
        say(f"fold {fold}: trained on {len(rest)} documents, without {len(documents) - len(rest)}")
        arrays = train_text([prepared[place] for place in rest], seed=seed, threads=threads, say=say)
        save_model(arrays, path_of_fold(pattern, fold))
