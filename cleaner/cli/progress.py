"""How far a long run is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

#: seconds before the first plain line, and between two
EVERY = 10.0


class Progress:
    """Counts what is done and shows it.

    Parameters: `total` gives the bytes of all inputs, asked only when something is shown; None shows nothing. `clock` gives seconds.
    """

    def __init__(self, total: Callable[[], int] | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = total, clock
        self._total: int | None = None
        self._begin = self._told = clock()
        self._bytes = self._documents = self._failed = 0
        #: documents and bytes of an earlier run: they say nothing about how fast this one is
        self._passed_over = 0
        self.bar: Bar | None = None
        self._task: TaskID | None = None

    def start(self) -> None:
        """Shows the bar where standard error is a terminal."""
        if self._ask is None or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._total = self._ask()
        console = Console(stderr=True)
        columns = (TextColumn("cleaning"), BarColumn(), TextColumn("{task.fields[numbers]}"), TimeRemainingColumn())
        self.bar = Progress(*columns, console=console, transient=True)
        self._task = self.bar.add_task("cleaning", total=max(self._total, 1), numbers="")
        self.bar.start()

    def stop(self) -> None:
        """Takes the bar away."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None

    def done(self, documents: int, failed: int) -> None:
        """So many more documents are dealt with."""
        self._documents += documents
        self._failed += failed
        self._show()

    def passed(self, size: int, *, over: bool = False) -> None:
        """So many more bytes are dealt with; `over` where an earlier run has done it."""
        self._bytes += size
        if over:
            self._passed_over += size
        self._show()

    def _show(self) -> None:
        if self.bar is not None and self._task is not None:
            self.bar.update(self._task, completed=self._bytes, numbers=self._numbers())
            return
        now = self._clock()
        if self._ask is not None and now - self._told >= EVERY:
            self._told = now
            if self._total is None:
                self._total = self._ask()
            print(f"cleaner: {self.line()}", file=sys.stderr, flush=True)

    def _numbers(self) -> str:
        seconds = max(self._clock() - self._begin, 1e-9)
        failed = f", {self._failed:,} failed" if self._failed else ""
        return f"{self._documents:,} documents, {self._documents / seconds:,.0f}/s{failed}"

    def line(self) -> str:
        """How far it is, as a plain line."""
        parts = [self._numbers()]
        if self._total:
            share = min(self._bytes / self._total, 1.0)
            parts.append(f"{100 * share:.0f} %")
            done = self._bytes - self._passed_over
            if done > 0:
                left = (self._total - self._bytes) * (self._clock() - self._begin) / done
                parts.append(f"about {_duration(max(left, 0))} left")
        return ", ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3_600:.1f} h"
