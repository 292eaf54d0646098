"""`cleaner train`: a model from labelled documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, failed

if TYPE_CHECKING:
    from cleaner.sinks.fence import Fence

Documents = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files of labelled documents (.jsonl, docs/model.md), or folders of them.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Fixes every chance: same seed, same model.")]
Threads = Annotated[int, typer.Option("--threads", min=1, metavar="N", help="Threads; another number may change a model's last bits.")]


def train(
    paths: Documents,
    output: Annotated[str, typer.Option("--output", "-o", metavar="MODEL", help="The model file, .npz; with --folds, {fold} in its name.")],
    folds: Annotated[
        int | None, typer.Option("--folds", min=2, metavar="K", help="Train K models, each without the documents of one fold of sites.")
    ] = None,
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
    fence = Fence(paths, None)
    documents = read_all(paths)
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


def _check_target(path: str, fence: Fence, *, force: bool) -> None:
    from cleaner.errors import OutputError

    fence.check(path)
    if os.path.isdir(path):
        raise OutputError(path, "is a folder: name a file")
    if not force and os.path.lexists(path):
        raise OutputError(path, "exists already: --force replaces it")


def _unheard(_: str) -> None:
    """Says nothing."""
