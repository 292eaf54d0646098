"""`cleaner clean`: files and folders to article bodies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cleaner.cli import options as shared
from cleaner.cli.asked import Asked
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed
from cleaner.errors import OptionError
from cleaner.load.fields import Fields

if TYPE_CHECKING:
    from cleaner.render.report import Report
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import Found


def clean(
    paths: shared.Paths,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR|FILE", help="A folder, a file for one document, or a .jsonl or .parquet file for all."),
    ] = None,
    form: Annotated[
        Literal["text", "markdown", "json", "jsonl", "parquet"] | None,
        typer.Option("--format", "-f", help="What is written; text where nothing is said."),
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
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run: finished documents are passed over.")] = False,
    force: shared.Force = False,
    ledger: Annotated[bool, typer.Option("--ledger", help="Write a ledger, from which `cleaner restore` brings the inputs back.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing, tell what would be written.")] = False,
    drop_duplicates: Annotated[
        bool, typer.Option("--drop-duplicates", help="Leave out documents that are nearly the same as another; every input is read twice.")
    ] = False,
    quiet: shared.Quiet = False,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE.html", help="A page that shows every removal.")] = None,
    engine: Annotated[Literal["local", "ray"], typer.Option("--engine", help="What runs the jobs.")] = "local",
    ray_address: Annotated[
        str | None, typer.Option("--ray-address", metavar="ADDRESS", help="A Ray cluster; without it, this machine.")
    ] = None,
) -> None:
    """Clean files and folders: the article bodies go to a folder, a file or standard output."""
    shared.refuse_empty(output=output, report=report, model=model)
    reviewed = shared.decisions_for(decisions, [*paths, *([output] if output else [])], quiet=quiet)
    options = shared.cleaning_options(keep, strip, bias, rules, site_rules, model, extractor, language, deadline, reviewed)
    fields = Fields(text=text_field, html=html_field, id=id_field, url=url_field, title=title_field, site=site_field)
    asked = Asked(
        paths=paths,
        output=output,
        form=form,
        options=options,
        fields=fields,
        jobs=jobs,
        report=report,
        resume=resume,
        force=force,
        ledger=ledger,
        dry=dry_run,
        drop_duplicates=drop_duplicates,
        quiet=quiet,
    )
    _check_usage(asked)
    if engine == "ray":
        from cleaner.cli.ray import clean_with_ray

        raise typer.Exit(clean_with_ray(asked, ray_address))
    if ray_address is not None:
        raise OptionError("ray-address", ray_address, "goes with --engine ray")
    raise typer.Exit(_clean(asked))


def _check_usage(asked: Asked) -> None:
    from cleaner.sources.folders import STANDARD_INPUT

    if asked.resume and asked.force:
        raise OptionError("resume", True, "--resume goes on with a run, --force starts anew: give one of them")
    if asked.output is None and (asked.resume or asked.ledger):
        raise OptionError("resume" if asked.resume else "ledger", True, "needs an output: name one with -o")
    if STANDARD_INPUT in asked.paths:
        for name, given in (("resume", asked.resume), ("drop-duplicates", asked.drop_duplicates)):
            if given:
                raise OptionError(name, True, f"standard input cannot be read a second time: leave out - or --{name}")
    if asked.paths.count(STANDARD_INPUT) > 1:
        raise OptionError("PATH", STANDARD_INPUT, "standard input can be read once only")
    if asked.report is not None and not asked.may_replace and os.path.lexists(asked.report):
        raise OptionError("report", asked.report, "exists already: --force replaces it")
    if asked.report is not None and asked.output is not None and os.path.realpath(asked.report) == os.path.realpath(asked.output):
        raise OptionError("report", asked.report, "is the output too: give each a name of its own")


def _clean(asked: Asked) -> int:
    from cleaner import Cleaner, __version__
    from cleaner.batch.manifest import manifest
    from cleaner.batch.run import run
    from cleaner.batch.settings import header
    from cleaner.batch.work import Manner
    from cleaner.cli.report import Reporter, show_summary
    from cleaner.cli.target import choose, open_sink
    from cleaner.errors import OutputFull
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import STANDARD_INPUT, find

    paths, fields = asked.paths, asked.fields
    if not _any_usable(paths):
        return UNUSABLE
    target = choose(paths, asked.output, asked.form, dry=asked.dry)
    manner = Manner(target.format, asked.ledger, asked.dry, asked.report is not None, target.records)
    cleaner = Cleaner(asked.options)
    fence = Fence([path for path in paths if path != STANDARD_INPUT], target.path)
    if asked.report is not None:
        fence.check_page(asked.report)
    if asked.ledger:
        _check_ledger(paths)
    head = header(__version__, paths, asked.options, manner, fields)
    if asked.drop_duplicates:
        head.settings["near duplicates"] = "left out"
    try:
        sink = open_sink(target, head, fence, ledger=asked.ledger, resume=asked.resume, force=asked.force, dry=asked.dry)
    except OutputFull as error:
        failed(str(error))
        return SOME_FAILED
    total = None if target.kind == "stream" else lambda: _bytes_of(find(paths, fence.passed))
    gathered = _gathering() if asked.report is not None else None
    with Reporter(quiet=asked.quiet, total=total, dry=asked.dry, report=gathered) as reporter:
        found = find(paths, fence.passed)
        if asked.drop_duplicates:
            from cleaner.learning.dropping import without_duplicates

            found = without_duplicates(lambda: find(paths, fence.passed), cleaner, fields)
        tally = run(cleaner, found, sink, manner, jobs=asked.jobs, watch=reporter, fields=fields)
    if asked.report is not None and gathered is not None and not asked.dry and not tally.interrupted:
        tally.own.failed += not _write_report(asked.report, gathered, replace=asked.may_replace)
    if target.path is not None and target.kind != "file" and not asked.dry:
        tally.own.failed += not write_manifest_or_tell(target.path, fence, manifest(head, tally))
    if not asked.quiet:
        show_summary(tally)
    if tally.interrupted:
        failed("interrupted; what is finished stays" + (", the same command with --resume goes on" if target.path is not None else ""))
        return INTERRUPTED
    if not (tally.own.documents or tally.own.failed or tally.done_before) and not asked.quiet:
        failed("there was no document to clean: .txt .md .html .htm .jsonl .parquet .warc .wet (each also .gz or .zst) are read")
    return SOME_FAILED if tally.own.failed or tally.full else 0


def _bytes_of(found: Iterable[Found]) -> int:
    return sum(getattr(thing, "size", 0) for thing in found)


def _check_ledger(paths: list[str]) -> None:
    """Raises `OptionError` where a file of records is named: what is in it is in its columns, and it stays where it is."""
    from cleaner.cli.target import holds_records

    for path in paths:
        if not os.path.isdir(path) and holds_records(path):
            raise OptionError(
                "ledger", True, f"is for files of one document, and {path} holds many: leave it out, the input stays as it is"
            )


def write_manifest_or_tell(output: str, fence: Fence, content: dict[str, Any]) -> bool:
    """Writes the run's manifest; tells and returns False where it cannot be written."""
    from cleaner.batch.manifest import write_manifest
    from cleaner.errors import OutputError

    try:
        write_manifest(output, fence, content)
    except OutputError as error:
        failed(str(error))
        return False
    return True


def _any_usable(paths: list[str]) -> bool:
    """Whether anything that was named can be cleaned; tells the reasons where not."""
    from cleaner.sources.folders import Unusable, find

    reasons = []
    for path in paths:
        thing = None if os.path.isdir(path) else next(find([path], lambda _: None), None)
        if not isinstance(thing, Unusable) or not thing.usage:
            return True
        reasons.append(thing)
    for thing in reasons:
        failed(f"{thing.path}: {thing.reason}")
    return False


def _gathering() -> Report:
    from cleaner.render.report import Report

    return Report()


def _write_report(path: str, report: Report, *, replace: bool) -> bool:
    """Writes the report; tells and returns False where it cannot be written."""
    from cleaner.errors import OutputError
    from cleaner.render.page import report_page
    from cleaner.render.record import utf8
    from cleaner.sinks.atomic import write_file

    try:
        write_file(path, utf8(report_page(report)), replace=replace)
    except OutputError as error:
        failed(str(error))
        return False
    if report.totals.left_out:
        failed(f"{path} shows the first {len(report.rows):,} documents; the other {report.totals.left_out:,} are counted in its totals")
    return True
