"""Many sources through one `Cleaner`, in order, on one core or several, holding only a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from cleaner.errors import OptionError
from cleaner.values import Failure, Result

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner

#: sources under way at once, for each process
_AHEAD = 8
_worker: Cleaner | None = None


def clean_in_order(cleaner: Cleaner, sources: Iterable[Any], jobs: int) -> Iterator[Result | Failure]:
    """Yields what `cleaner.clean_one` makes of each source, in the sources' order.

    Raises `OptionError` where `jobs` is not a whole number above 0.
    """
    if not isinstance(jobs, int) or jobs < 1:
        raise OptionError("jobs", jobs, "must be a whole number above 0")
    if jobs == 1:
        return (cleaner.clean_one(index, source) for index, source in enumerate(sources))
    return _in_processes(cleaner, sources, jobs)


def _in_processes(cleaner: Cleaner, sources: Iterable[Any], jobs: int) -> Iterator[Result | Failure]:
    waiting: deque[Future[Result | Failure]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(cleaner,)) as pool:
        try:
            for index, source in enumerate(sources):
                waiting.append(pool.submit(_clean, index, source))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _start(cleaner: Cleaner) -> None:
    global _worker
    _worker = cleaner


def _clean(index: int, source: Any) -> Result | Failure:
    assert _worker is not None
    return _worker.clean_one(index, source)
