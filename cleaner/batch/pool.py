"""Tasks to worker processes and outcomes back, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.batch.work import Manner, Outcome, Task, Work, work
from cleaner.errors import OptionError
from cleaner.pipeline import Cleaner
from cleaner.pool import in_order as in_processes

#: seconds after which a document's worker is replaced, where no deadline was given
_HANGS = 300.0


def in_order(
    cleaner: Cleaner, manner: Manner, tasks: Iterator[Task], jobs: int, *, late: Callable[[Outcome], None] | None = None
) -> Iterator[Outcome]:
    """Yields what `work` makes of each task, in the tasks' order.

    Raises `OptionError` where `jobs` is not a whole number above 0. After an interrupt the outcomes of documents under way are still
    yielded (`late` gets those before which one is missing), then `KeyboardInterrupt` is raised.
    """
    if jobs < 1:
        raise OptionError("jobs", jobs, "must be a whole number above 0")
    if jobs == 1:
        return (work(cleaner, manner, task) for task in tasks)
    return in_processes(Work(cleaner, manner, patience(cleaner.options.deadline)), tasks, jobs, late=late)


def patience(deadline: float | None) -> float:
    """Seconds after which the worker of a document is replaced: later than the document should have ended by itself."""
    return _HANGS if deadline is None else 1.5 * deadline + 2
