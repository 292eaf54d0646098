"""`cleaner restore`: the inputs back from cleaned files and their ledger."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed


def restore(
    cleaned: Annotated[
        str, typer.Argument(metavar="CLEANED", help="An output folder with a ledger, a .jsonl output, or one cleaned file.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder that takes the inputs.")],
    force: shared.Force = False,
    quiet: shared.Quiet = False,
) -> None:
    """Bring the inputs back, byte for byte, from what was cleaned with --ledger."""
    from cleaner.batch.restore import restore as put_back
    from cleaner.errors import OutputError, OutputFull

    shared.refuse_empty(output=output)
    if os.path.lexists(output) and not os.path.isdir(output):
        raise OutputError(output, "is a file: name a folder")
    done = bad = 0
    try:
        for one in put_back(cleaned, output, replace=force):
            if one.error is not None:
                bad += 1
                failed(f"{one.id}: {one.error}")
                continue
            done += 1
            if one.note and not quiet:
                failed(f"{one.id}: {one.note}")
    except OutputFull as error:
        failed(str(error))
        raise typer.Exit(SOME_FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        failed(str(error) if isinstance(error, OutputError) else f"{cleaned}: cannot be read: {error.strerror or error}")
        raise typer.Exit(UNUSABLE) from None
    if not quiet:
        print(f"restored: {done:,}\nfailed: {bad:,}", file=sys.stderr)
    raise typer.Exit(SOME_FAILED if bad else 0)
