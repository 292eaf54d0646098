"""`cleaner diff`: what would be removed, and why."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed
from cleaner.load.fields import Fields
from cleaner.values import Options, Result

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import Input


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
    text_field: shared.TextField = None,
    html_field: shared.HtmlField = None,
    id_field: shared.IdField = None,
    url_field: shared.UrlField = None,
    title_field: shared.TitleField = None,
    site_field: shared.SiteField = None,
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
    fields = Fields(text=text_field, html=html_field, id=id_field, url=url_field, title=title_field, site=site_field)
    raise typer.Exit(_diff(paths, options, fields, style, html, force=force))


def _diff(paths: list[str], options: Options, fields: Fields, style: str, html: str | None, *, force: bool) -> int:
    from cleaner import Cleaner
    from cleaner.errors import OutputError
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import STANDARD_INPUT

    fence = Fence([path for path in paths if path != STANDARD_INPUT], None)
    if html is not None:
        fence.check_page(html)
    documents = _Documents(paths, Cleaner(options), fields, fence)
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

    def __init__(self, paths: list[str], cleaner: Cleaner, fields: Fields, fence: Fence) -> None:
        self._paths, self._cleaner, self._fields, self._fence = paths, cleaner, fields, fence
        self.cleaned = self.failed = 0
        #: all that failed was named wrongly
        self.unusable = False

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        from cleaner.cli.ends import one_line
        from cleaner.errors import CleanerError
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
                for id, result in self._results(thing):
                    self.cleaned += 1
                    yield one_line(id), result
            except CleanerError as error:
                self._fail(thing.path or thing.id, str(error))
            except OSError as error:
                self._fail(thing.path or thing.id, f"cannot be read: {error.strerror or error}")
        self.unusable = misnamed > 0 and misnamed == self.failed

    def _results(self, document: Input) -> Iterator[tuple[str, Result]]:
        from cleaner.batch.work import clean_as
        from cleaner.sources.files import read
        from cleaner.sources.formats import RECORDS
        from cleaner.sources.records import standard_input

        most = self._cleaner.options.max_chars
        if document.path is None:
            document = standard_input(document, self._fields, max_chars=most)
        if document.kind in RECORDS:
            yield from self._records(document)
        else:
            data = read(document.path, document.compression, most) if document.content is None else document.content
            yield document.id, clean_as(self._cleaner, document, data)

    def _records(self, file: Input) -> Iterator[tuple[str, Result]]:
        from cleaner.batch.records import clean_rows, rows_of
        from cleaner.sources.records import chunks

        said = ""
        for chunk in chunks(file, self._fields, skip=0, max_chars=self._cleaner.options.max_chars):
            if chunk.fields.said not in ("", said):
                said = chunk.fields.said
                failed(f"{file.id}: {said}")
            cleaned = clean_rows(self._cleaner, rows_of(chunk, file.id), functools.partial(_name, file.id, chunk.first), _unmarked)
            for name, reason in cleaned.counts.failures:
                self._fail(name, reason)
            yield from zip((row.id for row in cleaned.rows), cleaned.results, strict=True)
            if chunk.error is not None:
                self._fail(file.path or file.id, chunk.error)

    def _fail(self, name: str, reason: str) -> None:
        self.failed += 1
        failed(f"{name}: {reason}")


def _name(file: str, first: int, place: int) -> str:
    from cleaner.batch.records import name_of

    return name_of(file, first + place)


def _unmarked(_: int) -> None:
    """Nobody watches how far it is."""
