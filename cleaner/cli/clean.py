"""`cleaner clean`: files and folders to article bodies."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import INTERRUPTED, SOME_FAILED, UNUSABLE, failed
from cleaner.values import Options

if TYPE_CHECKING:
    from cleaner.render.sheets import Report


def clean(
    paths: shared.Paths,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR|FILE", help="A folder, or a file for one document, or a .jsonl file for all."),
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
    engine: Annotated[Literal["local", "ray"], typer.Option("--engine", help="What runs the jobs; ray is not in this version.")] = "local",
) -> None:
    """Clean files and folders: the article bodies go to a folder, a file or standard output."""
    reviewed = shared.decisions_for(decisions, [*paths, *([output] if output else [])], quiet=quiet)
    options = shared.cleaning_options(keep, strip, bias, rules, site_rules, model, extractor, language, deadline, reviewed)
    _check_usage(paths, output, engine, report, resume=resume, force=force, ledger=ledger, drop_duplicates=drop_duplicates)
    code = _clean(
        paths,
        output,
        form,
        options,
        jobs,
        report,
        resume=resume,
        force=force,
        ledger=ledger,
        dry=dry_run,
        quiet=quiet,
        drop=drop_duplicates,
    )
    raise typer.Exit(code)


def _check_usage(
    paths: list[str], output: str | None, engine: str, report: str | None, *, resume: bool, force: bool, ledger: bool, drop_duplicates: bool
) -> None:
    from cleaner.errors import OptionError
    from cleaner.sources.folders import STANDARD_INPUT

    if engine != "local":
        raise OptionError("engine", engine, "only local is in this version; --jobs uses several cores")
    if resume and force:
        raise OptionError("resume", True, "--resume goes on with a run, --force starts anew: give one of them")
    if output is None and (resume or ledger):
        raise OptionError("resume" if resume else "ledger", True, "needs an output: name one with -o")
    if resume and STANDARD_INPUT in paths:
        raise OptionError("resume", True, "standard input cannot be read a second time: leave out - or --resume")
    if drop_duplicates and STANDARD_INPUT in paths:
        raise OptionError("drop-duplicates", True, "standard input cannot be read a second time: leave out - or --drop-duplicates")
    if paths.count(STANDARD_INPUT) > 1:
        raise OptionError("PATH", STANDARD_INPUT, "standard input can be read once only")
    if report is not None and not resume and not force and os.path.lexists(report):
        raise OptionError("report", report, "exists already: --force replaces it")


def _clean(
    paths: list[str],
    output: str | None,
    form: str | None,
    options: Options,
    jobs: int,
    report: str | None,
    *,
    resume: bool,
    force: bool,
    ledger: bool,
    dry: bool,
    quiet: bool,
    drop: bool,
) -> int:
    from cleaner import Cleaner, __version__
    from cleaner.batch.run import run
    from cleaner.batch.settings import header
    from cleaner.batch.work import Manner
    from cleaner.cli.report import Reporter, show_summary
    from cleaner.cli.target import choose, open_sink
    from cleaner.errors import OutputFull
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import STANDARD_INPUT, Input, find

    if not _any_usable(paths):
        return UNUSABLE
    target = choose(paths, output, form, dry=dry)
    manner = Manner(target.format, ledger, dry, report is not None)
    cleaner = Cleaner(options)
    fence = Fence([path for path in paths if path != STANDARD_INPUT], target.path)
    head = header(__version__, paths, options, manner)
    if drop:
        head.settings["near duplicates"] = "left out"
    try:
        sink = open_sink(target, head, fence, ledger=ledger, resume=resume, force=force, dry=dry)
    except OutputFull as error:
        failed(str(error))
        return SOME_FAILED
    streams = target.kind == "stream"
    total = (
        sum(isinstance(thing, Input) for thing in find(paths, fence.passed)) if sys.stderr.isatty() and not quiet and not streams else None
    )
    gathered = _gathering() if report is not None else None
    with Reporter(quiet=quiet, total=total, dry=dry, report=gathered) as reporter:
        found = find(paths, fence.passed)
        if drop:
            from cleaner.learning.dropping import without_duplicates

            found = without_duplicates(lambda: find(paths, fence.passed), cleaner)
        tally = run(cleaner, found, sink, manner, jobs=jobs, watch=reporter)
    if report is not None and gathered is not None and not dry and not tally.interrupted:
        tally.failed += not _write_report(report, gathered, replace=resume or force)
    if not quiet:
        show_summary(tally)
    if tally.interrupted:
        failed("interrupted; what is finished stays" + (", the same command with --resume goes on" if target.path is not None else ""))
        return INTERRUPTED
    if not (tally.documents or tally.failed or tally.done_before) and not quiet:
        failed("there was no document to clean: .txt .md .html .htm (each also .gz or .zst) are read")
    return SOME_FAILED if tally.failed or tally.full else 0


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
    from cleaner.render.sheets import Report

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
