"""`cleaner rules check`: every rule on its own examples."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cleaner.cli.ends import SOME_FAILED, UNUSABLE, failed, printable


def rules_check(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE…]", help="Rule files; the package's own where none is named.")] = None,
) -> None:
    """Test rules on their `removes` and `keeps` examples."""
    from pathlib import Path

    from cleaner import Cleaner, Options
    from cleaner.classify.examples import check_rule
    from cleaner.errors import DataFileError
    from cleaner.load.package import read_package_rules
    from cleaner.load.rules import Rule, load_rules

    rules: list[Rule] = []
    usable: list[str] = []
    unusable = 0
    for file in files or ():
        try:
            rules += load_rules(Path(file))
            usable.append(file)
        except DataFileError as error:
            unusable += 1
            failed(str(error))
    if not files:
        rules += read_package_rules()
    cleaner = Cleaner(Options(rules=tuple(usable), model=None))
    complaints = 0
    for rule in rules:
        languages = sorted(rule.languages - {"*"})
        for complaint in check_rule(rule, cleaner.book(languages[0] if languages else None)):
            complaints += 1
            print(printable(f"{rule.path}: {rule.id}: {complaint}"))
    print(
        f"rules: {len(rules):,}\nfailed examples: {complaints:,}" + (f"\nunusable files: {unusable:,}" if unusable else ""), file=sys.stderr
    )
    raise typer.Exit(UNUSABLE if unusable else SOME_FAILED if complaints else 0)
