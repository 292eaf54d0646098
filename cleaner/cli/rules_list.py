"""`cleaner rules list`."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import options as shared


def rules_list(
    label: Annotated[str | None, typer.Option("--label", metavar="LABEL", help="Only rules for this label.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only rules that look at texts in this language.")
    ] = None,
    rules: shared.RuleFiles = None,
) -> None:
    """List the rules: id, label, languages, kind, file."""
    from pathlib import Path

    from cleaner.cli.table import show
    from cleaner.errors import OptionError
    from cleaner.load.labels import labels
    from cleaner.load.package import package_rules
    from cleaner.load.rules import load_rules, select

    if label is not None and label not in labels():
        raise OptionError("label", label, f"no such label; there are {', '.join(labels())}")
    found = [rule for path in rules or () for rule in load_rules(Path(path))] + list(package_rules())
    chosen = [rule for rule in (select(found, language) if language else found) if label in (None, rule.label)]
    show(
        ("id", "label", "languages", "kind", "file"),
        [(rule.id, rule.label, " ".join(sorted(rule.languages)), rule.kind, rule.path) for rule in chosen],
    )
