"""`cleaner evaluate`: how good a model is on labelled documents."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, failed, printable
from cleaner.cli.train import Documents, Seed, Threads

if TYPE_CHECKING:
    from cleaner.learning.documents import Labelled
    from cleaner.learning.evaluation import Cleaners, Evaluation

#: lines lost and left that are shown of a document, and their length
_LINES_SHOWN, _WIDTH = 6, 110


def evaluate(
    paths: Documents,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="FILE|default|none",
            help="The model; none for rules alone. With {fold} in it: for each document that of its fold, which has not seen its site.",
        ),
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option("--folds", min=2, metavar="K", help="Cross-validate: K folds of sites; without --model the K models are trained now."),
    ] = None,
    worst: Annotated[int, typer.Option("--worst", min=0, metavar="N", help="Show the N worst documents.")] = 0,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write all figures, and each document's.")] = None,
    html: Annotated[str | None, typer.Option("--html", metavar="FILE", help="Write a page of the worst documents.")] = None,
    seed: Seed = 1,
    threads: Threads = 1,
    force: shared.Force = False,
    quiet: shared.Quiet = False,
) -> None:
    """Clean labelled documents, and print what was kept and removed rightly, with 95 % confidence intervals."""
    from cleaner.errors import OptionError
    from cleaner.learning.documents import read_all
    from cleaner.learning.folds import DEFAULT_FOLDS, FOLD

    if folds is not None and model is not None and FOLD not in model:
        raise OptionError("folds", folds, f"one model for all: put {FOLD} into --model, or leave --model out to train the models now")
    if html is not None and not worst:
        raise OptionError("html", html, "the page shows the worst documents: say how many with --worst")
    _check_outputs(paths, [path for path in (json, html) if path is not None], force=force)
    documents = read_all(paths)
    try:
        with tempfile.TemporaryDirectory() as folder:
            if model is None and folds is not None:
                from cleaner.learning.folds import train_folds

                model = os.path.join(folder, f"{FOLD}.npz")
                train_folds(documents, model, folds=folds, seed=seed, threads=threads, say=_unheard if quiet else failed)
            code = _report(documents, model or "default", folds or DEFAULT_FOLDS, seed, worst, json, html, force=force)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(code)


def _report(
    documents: list[Labelled], model: str, folds: int, seed: int, worst: int, json: str | None, html: str | None, *, force: bool
) -> int:
    """Evaluates, prints and writes. Returns the exit code."""
    from cleaner.learning import evaluation as learned
    from cleaner.learning.tables import tables

    cleaners = learned.Cleaners(documents, None if model == "none" else model, folds)
    evaluation = learned.evaluate(documents, cleaners, seed=seed)
    for name, reason in evaluation.failures.items():
        failed(f"{name}: {reason}")
    shown = tables(evaluation)
    for name, table in shown.items():
        print(f"{name}\n\n{table}\n")
    if worst:
        _show_worst(documents, cleaners, evaluation, worst)
    _write(documents, cleaners, evaluation, shown, worst, json, html, force=force)
    return SOME_FAILED if evaluation.failures else 0


def _write(
    documents: list[Labelled],
    cleaners: Cleaners,
    evaluation: Evaluation,
    shown: dict[str, str],
    worst: int,
    json: str | None,
    html: str | None,
    *,
    force: bool,
) -> None:
    from cleaner.sinks.atomic import write_file

    if json is not None:
        import msgspec

        content = msgspec.json.format(msgspec.json.encode({"tables": shown, "figures": evaluation}), indent=1)
        write_file(json, content + b"\n", replace=force)
    if html is not None:
        from cleaner.learning.evaluation import worst as worst_of
        from cleaner.render.page import page
        from cleaner.render.record import utf8

        pages = [(document.id, cleaners.clean(document)) for document in _found(documents, [one.id for one in worst_of(evaluation, worst)])]
        write_file(html, utf8(page(pages)), replace=force)


def _found(documents: list[Labelled], ids: list[str]) -> Iterator[Labelled]:
    """The documents with these ids, in the order of the ids."""
    by_id = {document.id: document for document in documents}
    for one in ids:
        yield by_id[one]


def _show_worst(documents: list[Labelled], cleaners: Cleaners, evaluation: Evaluation, count: int) -> None:
    """The worst documents: their figures, the lines that are wrong, and the diff."""
    from rich.console import Console

    from cleaner.learning.evaluation import worst
    from cleaner.learning.measures import wrong_lines
    from cleaner.render.terminal import print_diff

    console = Console(highlight=False)
    scores = worst(evaluation, count)
    for score, document in zip(scores, _found(documents, [score.id for score in scores]), strict=True):
        result = cleaners.clean(document)
        figures = f"F1 {score.f1:.3f}, precision {score.precision:.3f}, recall {score.recall:.3f}"
        print_diff(console, f"{document.id}: {figures}", result, "inline")
        for what, lines in wrong_lines(document, result.spans).items():
            for line, label in lines[:_LINES_SHOWN]:
                print(printable(f"{what} ({label}): {line[:_WIDTH]}"))
            if len(lines) > _LINES_SHOWN:
                print(f"{what}: {len(lines) - _LINES_SHOWN:,} more")
        print()


def _check_outputs(inputs: list[str], outputs: list[str], *, force: bool) -> None:
    """Raises `OutputError` for an output that is an input, or exists: before the work, not after it."""
    from cleaner.errors import OutputError
    from cleaner.sinks.fence import Fence

    fence = Fence(inputs, None)
    for path in outputs:
        fence.check(path)
        if not force and os.path.lexists(path):
            raise OutputError(path, "exists already: --force replaces it")


def _unheard(_: str) -> None:
    """Says nothing."""
