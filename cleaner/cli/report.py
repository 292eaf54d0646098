"""What a run tells while it runs and at its end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from cleaner.batch.run import Tally
from cleaner.batch.work import Outcome
from cleaner.cli.ends import one_line, printable
from cleaner.cli.progress import Progress

if TYPE_CHECKING:
    from cleaner.render.report import Report


class Reporter:
    """Tells failures on standard error, shows how far the run is, and collects what a report needs.

    Parameters: `total` gives the bytes of all inputs, for the progress; None shows none. `report` takes the results, where one is
    asked for.
    """

    def __init__(self, *, quiet: bool, total: Callable[[], int] | None, dry: bool, report: Report | None) -> None:
        self._quiet = quiet
        self._dry = dry
        self._report = report
        self._progress = Progress(None if quiet else total)

    def __enter__(self) -> Reporter:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def failed(self, name: str, reason: str) -> None:
        """A document has no output."""
        self._progress.done(0, 1)
        self._tell(f"cleaner: {name}: {reason}", "red")

    def skipped(self, name: str, reason: str) -> None:
        """A walk has passed over something that may surprise."""
        if not self._quiet:
            self._tell(f"cleaner: {name} {reason}; skipped", "yellow")

    def cleaned(self, outcome: Outcome) -> None:
        """A document, or some records, are finished."""
        self._progress.done(outcome.counts.documents, 0)
        if self._dry and not self._quiet:
            task = outcome.task
            what = f"{task.document.id} -> {task.place.path or task.place.folder or task.place.output}"
            records = "" if task.chunk is None else f"{outcome.counts.documents:,} records, "
            print(one_line(f"{what} ({records}keeps {outcome.kept:,} of {outcome.words:,} words)"))
        if self._report is not None:
            for name, result in outcome.results:
                self._report.add(name, result)

    def done_before(self, name: str, size: int) -> None:
        """A document of so many bytes was finished by an earlier run."""
        self._progress.passed(size, over=True)

    def passed(self, size: int) -> None:
        """So many more bytes of the input are dealt with."""
        self._progress.passed(size)

    def note(self, text: str) -> None:
        """Something to tell about the input or the output."""
        if not self._quiet:
            self._tell(f"cleaner: {text}", "yellow")

    def _tell(self, message: str, style: str) -> None:
        message = one_line(message)
        if self._progress.bar is not None:
            self._progress.bar.console.print(message, style=style, markup=False, highlight=False, soft_wrap=True)
        else:
            print(message, file=sys.stderr)


def summary(tally: Tally) -> list[tuple[str, str]]:
    """What a run came to, as names and values."""
    own = tally.own
    rows = [("documents", f"{own.documents:,}"), ("failed", f"{own.failed:,}")]
    if tally.done_before:
        rows.append(("finished earlier", f"{tally.done_before:,}"))
    skipped = sum(tally.skipped.values())
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tally.skipped.items()))
    rows.append(("skipped", f"{skipped:,} ({printable(kinds)})" if skipped else "0"))
    share = f"{100 * own.kept / own.words:.1f} % ({own.kept:,} of {own.words:,})" if own.words else "no words read"
    rows.append(("words kept", share))
    rows.append(("lines removed", f"{sum(own.removed.values()):,}"))
    rows += [(f"  {label}", f"{count:,}") for label, count in sorted(own.removed.items(), key=lambda item: (-item[1], item[0]))]
    rows += [(f"warning {warning}", f"{count:,} documents") for warning, count in sorted(own.warnings.items())]
    speed = own.documents / tally.seconds if tally.seconds > 0 else 0.0
    rows.append(("time", f"{tally.seconds:.1f} s, {speed:,.0f} documents/s"))
    return rows


def show_summary(tally: Tally) -> None:
    """Prints the summary on standard error: a table on a terminal, plain lines otherwise."""
    rows = summary(tally)
    if not sys.stderr.isatty():
        for name, value in rows:
            print(f"{name}: {value}", file=sys.stderr)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="left")
    for name, value in rows:
        table.add_row(name, value)
    Console(stderr=True, markup=False).print(table)
