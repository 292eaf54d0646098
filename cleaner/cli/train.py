"""`cleaner train`: a model from labelled documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, failed, printable

if TYPE_CHECKING:
    from cleaner.learning.documents import Labelled
    from cleaner.sinks.fence import Fence

Documents = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files of labelled documents (.jsonl, docs/model.md), or folders of them.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Fixes every chance: same seed, same model.")]
Threads = Annotated[int, typer.Option("--threads", min=1, metavar="N", help="Threads; another number may change a model's last bits.")]
Decisions = Annotated[
    list[str] | None,
    typer.Option("--decisions", metavar="FILE", help="What reviewers decided: lines to learn from beside the labelled ones. Repeatable."),
]
Weight = Annotated[
    float, typer.Option("--decided-weight", min=0.01, max=1_000, metavar="N", help="What a decided line counts for, in labelled lines.")
]


def train(
    paths: Documents,
    output: Annotated[str, typer.Option("--output", "-o", metavar="MODEL", help="The model file, .npz; with --folds, {fold} in its name.")],
    folds: Annotated[
        int | None, typer.Option("--folds", min=2, metavar="K", help="Train K models, each without the documents of one fold of sites.")
    ] = None,
    decisions: Decisions = None,
    reviewed: Annotated[
        str | None, typer.Option("--reviewed", metavar="DIR", help="What the decisions are on; each decisions file's own folder.")
    ] = None,
    weight: Weight = 5.0,
    seed: Seed = 1,
    threads: Threads = 1,
    force: shared.Force = False,
    quiet: shared.Quiet = False,
) -> None:
    """Train a model on labelled documents. Needs the extra `train`."""
    from cleaner.errors import OptionError
    from cleaner.learning.documents import read_all
    from cleaner.learning.folds import FOLD, path_of_fold, rests, train_file, train_folds
    from cleaner.sinks.atomic import output_error
    from cleaner.sinks.fence import Fence

    if (folds is None) == (FOLD in output):
        wanted = f"put {FOLD} into the name, as in model-{FOLD}.npz" if folds is not None else f"{FOLD} needs --folds"
        raise OptionError("output", output, wanted)
    fence = Fence([*paths, *(decisions or ())], None)
    documents = read_all(paths)
    if decisions:
        documents += _decided(decisions, reviewed, weight, quiet=quiet)
    targets = [output] if folds is None else [path_of_fold(output, fold) for fold in rests(documents, folds)]
    # Training takes long: what stands in the way of writing is said before.
    for target in targets:
        _check_target(target, fence, force=force)
    try:
        os.makedirs(os.path.dirname(output) or ".", exist_ok=True)
    except OSError as error:
        raise output_error(output, error) from error
    say = _unheard if quiet else failed
    try:
        if folds is None:
            train_file(documents, output, seed=seed, threads=threads, say=say)
        else:
            train_folds(documents, output, folds=folds, seed=seed, threads=threads, say=say)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def _decided(files: list[str], folder: str | None, weight: float, *, quiet: bool) -> list[Labelled]:
    """The documents that were decided on, and what was found of them."""
    from cleaner.learning.decisions import load_examples

    examples = load_examples(files, folder, weight=weight)
    lines = sum(label != "" for document in examples.documents for label in document.labels)
    if not quiet:
        failed(f"{lines:,} decided lines of {len(examples.documents):,} documents, each counts as {weight:g}")
    if examples.missing:
        where = folder if folder is not None else "the folder of the decisions"
        some = ", ".join(map(printable, examples.missing[:3])) + (" …" if len(examples.missing) > 3 else "")
        failed(f"nothing is learned of {len(examples.missing):,} decided documents: no decided line of theirs is found in {where} ({some})")
    return list(examples.documents)


def _check_target(path: str, fence: Fence, *, force: bool) -> None:
    from cleaner.errors import OutputError

    fence.check(path)
    if os.path.isdir(path):
        raise OutputError(path, "is a folder: name a file")
    if not force and os.path.lexists(path):
        raise OutputError(path, "exists already: --force replaces it")


def _unheard(_: str) -> None:
    """Says nothing."""
