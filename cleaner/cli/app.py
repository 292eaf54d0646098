"""The command `cleaner`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cleaner.cli import clean, diff, evaluate, labels, learn, restore, review, rules_check, rules_explain, rules_list, train
from cleaner.cli.ends import SOME_FAILED, UNUSABLE, failed
from cleaner.errors import CleanerError

app = typer.Typer(
    name="cleaner",
    help="Strips web pages and scraped text down to the article body, and shows what it removed and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("clean")(clean.clean)
app.command("diff")(diff.diff)
app.command("restore")(restore.restore)
app.command("review")(review.review)
app.command("learn")(learn.learn)
app.command("labels")(labels.labels)
app.command("train")(train.train)
app.command("evaluate")(evaluate.evaluate)
rules = typer.Typer(help="Lists, tests and explains the rules.", no_args_is_help=True)
rules.command("list")(rules_list.rules_list)
rules.command("check")(rules_check.rules_check)
rules.command("explain")(rules_explain.rules_explain)
app.add_typer(rules, name="rules")


def _version(asked: bool) -> None:
    if asked:
        from cleaner import __version__

        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Strips web pages and scraped text down to the article body, and shows what it removed and why."""


def main() -> None:
    """The console entry point: runs a command and ends the process with its exit code."""
    _open_missing_streams()
    try:
        try:
            app()
        finally:
            # What cannot be written any more is told here, and not by the interpreter as it ends.
            sys.stdout.flush()
    except CleanerError as error:
        failed(str(error))
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        _drop_output()
        sys.exit(SOME_FAILED)
    except OSError as error:
        failed(f"{error.filename or 'standard output'}: {error.strerror or error}: not everything was written")
        _drop_output()
        sys.exit(SOME_FAILED)


def _open_missing_streams() -> None:
    """A stream that was closed before the start becomes one that fails when it is used; what nobody can be told is dropped."""
    for name, mode, access in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, access), mode, encoding="utf-8"))  # noqa: SIM115


def _drop_output() -> None:
    """Whoever read our output has gone, or it has no place: the interpreter must not try to flush the rest."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
