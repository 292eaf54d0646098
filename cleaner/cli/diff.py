"""`cleaner diff`: what would be removed, and why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed
from cleaner.values import Options, Result

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner
    from cleaner.sinks.fence import Fence


def diff(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH…]", help="As for `cleaner clean`; none with --runs.")] = None,
    style: Annotated[Literal["inline", "side", "unified"], typer.Option("--style", help="How removals are shown.")] = "inline",
    html: Annotated[str | None, typer.Option("--html", metavar="FILE", help="Write a page instead.")] = None,
    runs: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--runs", metavar="A B", help="Compare two outputs of `cleaner clean --ledger`: what goes, stays, is called otherwise in B."
        ),
    ] = None,
    keep: shared.Keep = None,
    strip: shared.Strip = None,
    bias: shared.BiasOption = "balanced",
    rules: shared.RuleFiles = None,
    site_rules: shared.SiteRules = None,
    model: shared.Model = "default",
    extractor: shared.Extractor = "cleaner",
    language: shared.Language = None,
    deadline: shared.Deadline = None,
    decisions: shared.Decisions = None,
    force: shared.Force = False,
) -> None:
    """Show what is removed from files and folders, with the reasons. Nothing is changed."""
    from cleaner.errors import OptionError

    if runs is not None:
        if paths:
            raise OptionError("runs", " ".join(runs), "compares two outputs: leave the paths out")
        from cleaner.cli.runs import compare_runs

        raise typer.Exit(compare_runs(*runs, html, force=force))
    if not paths:
        raise OptionError("PATH", None, "name files or folders, or two outputs with --runs A B")
    reviewed = shared.decisions_for(decisions, paths)
    options = shared.cleaning_options(keep, strip, bias, rules, site_rules, model, extractor, language, deadline, reviewed)
    raise typer.Exit(_diff(paths, options, style, html, force=force))


def _diff(paths: list[str], options: Options, style: str, html: str | None, *, force: bool) -> int:
    from cleaner import Cleaner
    from cleaner.errors import OutputError
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import STANDARD_INPUT

    fence = Fence([path for path in paths if path != STANDARD_INPUT], None)
    if html is not None:
        fence.check_page(html)
    documents = _Documents(paths, Cleaner(options), fence)
    try:
        if html is not None:
            from cleaner.render.page import page
            from cleaner.render.record import utf8
            from cleaner.sinks.atomic import write_file

            if not force and os.path.lexists(html):
                raise OutputError(html, "exists already: --force replaces it")
            write_file(html, utf8(page(documents)), replace=force)
        else:
            from rich.console import Console

            from cleaner.render.terminal import print_diff

            console = Console(highlight=False)
            for name, result in documents:
                print_diff(console, name, result, style)
    except KeyboardInterrupt:
        return INTERRUPTED
    if documents.unusable and not documents.cleaned:
        return UNUSABLE
    return SOME_FAILED if documents.failed else 0


class _Documents:
    """Cleans the documents one after another, and counts what fails."""

    def __init__(self, paths: list[str], cleaner: Cleaner, fence: Fence) -> None:
        self._paths, self._cleaner, self._fence = paths, cleaner, fence
        self.cleaned = self.failed = 0
        #: all that failed was named wrongly
        self.unusable = False

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        from cleaner.batch.work import clean_as
        from cleaner.cli.ends import one_line
        from cleaner.errors import CleanerError
        from cleaner.sources.files import read
        from cleaner.sources.folders import Skipped, Unusable, find

        misnamed = 0
        for thing in find(self._paths, self._fence.passed):
            if isinstance(thing, Skipped):
                if thing.told:
                    failed(f"{thing.path} {thing.reason}; skipped")
                continue
            if isinstance(thing, Unusable):
                misnamed += thing.usage
                self._fail(thing.path, thing.reason)
                continue
            try:
                result = clean_as(self._cleaner, thing, read(thing.path, thing.compression, self._cleaner.options.max_chars))
            except CleanerError as error:
                self._fail(thing.path or thing.id, str(error))
            except OSError as error:
                self._fail(thing.path or thing.id, f"cannot be read: {error.strerror or error}")
            else:
                self.cleaned += 1
                yield one_line(thing.id), result
        self.unusable = misnamed > 0 and misnamed == self.failed

    def _fail(self, name: str, reason: str) -> None:
        self.failed += 1
        failed(f"{name}: {reason}")
