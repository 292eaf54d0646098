"""The options that commands share, each declared once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

import typer

from cleaner.cli.ends import failed
from cleaner.errors import OptionError
from cleaner.values import Bias, Options

_CLEANING = "What goes and what stays"
_RECORDS = "Which fields of records are read; guessed, and said, where nothing is named"

Paths: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="Files (.txt .md .html .htm .jsonl .parquet .warc .wet, each also .gz or .zst), folders, - for standard input.",
    ),
]
Keep: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="LABEL", help="Residue that stays, such as caption. Repeatable.", rich_help_panel=_CLEANING),
]
Strip: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--strip", metavar="LABEL", help="Content that goes, such as dateline. Repeatable.", rich_help_panel=_CLEANING),
]
BiasOption: TypeAlias = Annotated[
    Bias, typer.Option("--bias", help="precision removes what is doubtful too, recall only what is certain.", rich_help_panel=_CLEANING)
]
RuleFiles: TypeAlias = Annotated[
    list[str] | None, typer.Option("--rules", metavar="FILE", help="A rule file of your own. Repeatable.", rich_help_panel=_CLEANING)
]
SiteRules: TypeAlias = Annotated[
    str | None, typer.Option("--site-rules", metavar="FILE", help="Site rules, made by `cleaner learn`.", rich_help_panel=_CLEANING)
]
Model: TypeAlias = Annotated[
    str, typer.Option("--model", metavar="FILE|default|none", help="The model; none for rules alone.", rich_help_panel=_CLEANING)
]
Extractor: TypeAlias = Annotated[
    Literal["cleaner", "trafilatura"], typer.Option("--extractor", help="What reads HTML pages.", rich_help_panel=_CLEANING)
]
Language: TypeAlias = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="The documents' language, where you know it.", rich_help_panel=_CLEANING)
]
Deadline: TypeAlias = Annotated[
    float | None,
    typer.Option("--deadline", metavar="SECONDS", help="Longest time for a document; over it, it fails.", rich_help_panel=_CLEANING),
]
Decisions: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--decisions",
        metavar="FILE|none",
        help="What reviewers decided. Repeatable; without it, decisions.jsonl in a named folder. none honours nothing.",
        rich_help_panel=_CLEANING,
    ),
]
TextField: TypeAlias = Annotated[
    str | None, typer.Option("--text-field", metavar="NAME", help="Already-scraped text.", rich_help_panel=_RECORDS)
]
HtmlField: TypeAlias = Annotated[str | None, typer.Option("--html-field", metavar="NAME", help="A page.", rich_help_panel=_RECORDS)]
IdField: TypeAlias = Annotated[str | None, typer.Option("--id-field", metavar="NAME", help="The id.", rich_help_panel=_RECORDS)]
UrlField: TypeAlias = Annotated[str | None, typer.Option("--url-field", metavar="NAME", help="The address.", rich_help_panel=_RECORDS)]
TitleField: TypeAlias = Annotated[
    str | None, typer.Option("--title-field", metavar="NAME", help="The title, which helps to find the headline.", rich_help_panel=_RECORDS)
]
SiteField: TypeAlias = Annotated[
    str | None, typer.Option("--site-field", metavar="NAME", help="The site's name, for site rules.", rich_help_panel=_RECORDS)
]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Replace existing outputs.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Tell nothing but failures.")]


def cleaning_options(
    keep: list[str] | None,
    strip: list[str] | None,
    bias: Bias,
    rules: list[str] | None,
    site_rules: str | None,
    model: str,
    extractor: str,
    language: str | None,
    deadline: float | None,
    decisions: tuple[str, ...] = (),
) -> Options:
    """The `Options` that the command line asks for.

    Raises `OptionError`.
    """
    return Options(
        keep=_names(keep),
        strip=_names(strip),
        bias=bias,
        rules=tuple(rules or ()),
        decisions=decisions,
        site_rules=site_rules,
        model=None if model == "none" else model,
        extractor=extractor,
        language=language,
        deadline=deadline,
    )


def decisions_for(given: list[str] | None, paths: Sequence[str], *, quiet: bool = False) -> tuple[str, ...]:
    """The decisions files to honour: those given, or those that lie in the named folders, which is told."""
    from cleaner.load.decisions import DECISIONS, is_decisions_file

    if given is not None:
        if "none" in given and len(given) > 1:
            raise OptionError("decisions", given, "none honours no decisions: leave it out, or the files")
        return () if given == ["none"] else tuple(given)
    found = tuple(dict.fromkeys(path for path in (os.path.join(folder, DECISIONS) for folder in paths) if is_decisions_file(path)))
    for path in found if not quiet else ():
        failed(f"honours the reviewers' decisions in {path} (--decisions none does not)")
    return found


def refuse_empty(**given: str | None) -> None:
    """Raises `OptionError` for an option whose value is empty, as that of an unset variable is: it would name the working folder."""
    for name, value in given.items():
        if value == "":
            raise OptionError(name.replace("_", "-"), value, "is empty: name a file or a folder, . for the one you are in")


def _names(values: list[str] | None) -> frozenset[str]:
    """`--keep caption --keep byline` and `--keep caption,byline` are the same."""
    return frozenset(name.strip() for value in values or () for name in value.split(",") if name.strip())
