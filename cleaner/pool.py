"""Items to worker processes and results back, in order. A worker that dies or hangs costs one document, not the run."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from cleaner.worker import ItemT, Job, Ticket, Worker, cause_of_death

#: items a worker holds, so that it need not wait for the next
_DEPTH = 2
#: items between the oldest that is not reported and the newest that is given out, for each worker
AHEAD = 16
#: workers that may die in a row before they have begun
_MOST_FALSE_STARTS = 3
#: seconds that documents under way get to be finished after an interrupt
_GRACE = 10.0
#: seconds between two looks at whether a worker hangs
_LOOK = 0.25

ResultT = TypeVar("ResultT")


def in_order(
    job: Job[ItemT, ResultT],
    items: Iterator[ItemT | None],
    jobs: int,
    *,
    wake: Connection | None = None,
    late: Callable[[ResultT], None] | None = None,
    ahead: int = AHEAD,
) -> Iterator[ResultT]:
    """Yields what the workers make of each item, in the items' order.

    Parameters: `items` may yield None where none is there yet: it is then asked again when `wake` can be read, or a result has come.
    An item one of whose documents kills its worker comes back in parts. After an interrupt the results of items under way are still
    yielded, `late` gets those before which one is missing, then `KeyboardInterrupt` is raised.
    """
    return _Pool(job, jobs, wake, late, ahead).run(items)


class _Pool(Generic[ItemT, ResultT]):
    def __init__(
        self, job: Job[ItemT, ResultT], jobs: int, wake: Connection | None, late: Callable[[ResultT], None] | None, ahead: int
    ) -> None:
        self._job, self._pickled, self._jobs, self._wake, self._late = job, pickle.dumps(job), jobs, wake, late
        self._ahead = ahead
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["cleaner.batch.work"])
        self._workers: list[Worker[ItemT]] = []
        #: number of an item -> its results by offset, and how many of its documents they are about
        self._results: dict[int, dict[int, tuple[int, ResultT]]] = {}
        self._sizes: dict[int, int] = {}
        self._again: deque[Ticket[ItemT]] = deque()
        self._false_starts = 0
        #: what kept the last worker from beginning
        self._trouble = ""

    def run(self, items: Iterator[ItemT | None]) -> Iterator[ResultT]:
        """See `in_order`."""
        given = reported = 0
        more = True
        interrupted = False
        deadline = 0.0
        try:
            while True:
                try:
                    none_yet = False
                    while not interrupted and (more or self._again) and (self._again or given - reported < self._jobs * self._ahead):
                        worker = self._free_worker()
                        if worker is None:
                            break
                        if self._again:
                            worker.send(self._again.popleft())
                            continue
                        try:
                            item = next(items)
                        except StopIteration:
                            more = False
                            break
                        if item is None:
                            none_yet = True
                            break
                        self._sizes[given] = len(item)
                        worker.send(Ticket(given, 0, item))
                        given += 1
                    while self._whole(reported):
                        yield from self._take(reported)
                        reported += 1
                    busy = [worker for worker in self._workers if worker.tickets]
                    if not busy and not none_yet and not (self._again and not interrupted) and (interrupted or not more):
                        break
                    if interrupted and time.monotonic() > deadline:
                        break
                    if not busy and not none_yet:
                        # All that was given out is back: there is nothing to wait for, more can be given.
                        continue
                    self._receive(busy, interrupted)
                except KeyboardInterrupt:
                    if interrupted:
                        raise
                    interrupted = True
                    deadline = time.monotonic() + _GRACE
            if interrupted:
                while self._whole(reported):
                    yield from self._take(reported)
                    reported += 1
                for number in sorted(self._results):
                    for result in self._take(number):
                        if self._late is not None:
                            self._late(result)
                raise KeyboardInterrupt
        finally:
            for worker in self._workers:
                self._end(worker, 0.5 if worker.tickets else 2)

    def _end(self, worker: Worker[ItemT], seconds: float) -> None:
        worker.end(seconds)
        for ticket in worker.tickets:
            if worker.process.pid is not None:
                self._job.buried(ticket.item, worker.process.pid)

    def _whole(self, number: int) -> bool:
        return number in self._results and sum(size for size, _ in self._results[number].values()) >= self._sizes[number]

    def _take(self, number: int) -> Iterator[ResultT]:
        del self._sizes[number]
        for _, (_, result) in sorted(self._results.pop(number).items(), key=lambda entry: entry[0]):
            yield result

    def _keep(self, ticket: Ticket[ItemT], result: ResultT) -> None:
        # An item may be of no documents at all, which still has a result.
        self._results.setdefault(ticket.number, {})[ticket.offset] = (len(ticket.item), result)

    def _free_worker(self) -> Worker[ItemT] | None:
        """The worker with the fewest items, started where all have some and more are allowed."""
        least = min(self._workers, key=lambda worker: len(worker.tickets), default=None)
        if least is not None and (not least.tickets or len(self._workers) == self._jobs):
            return least if len(least.tickets) < _DEPTH else None
        worker: Worker[ItemT] = Worker(self._context, self._pickled)
        self._workers.append(worker)
        return worker

    def _receive(self, busy: list[Worker[ItemT]], interrupted: bool) -> None:
        by_pipe: dict[Any, Worker[ItemT]] = {worker.pipe: worker for worker in busy}
        watched: list[Any] = list(by_pipe) if self._wake is None else [*by_pipe, self._wake]
        timeout = _LOOK if interrupted or (busy and self._job.seconds is not None) else None
        for pipe in wait(watched, timeout):
            if pipe is self._wake:
                self._wake.recv_bytes()
                continue
            worker = by_pipe[pipe]
            try:
                message, content = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if message == "trouble":
                self._trouble = content
            elif message == "ready":
                worker.ready = True
                self._false_starts = 0
            else:
                worker.finished += 1
                self._keep(worker.tickets.popleft(), content)
        if self._job.seconds is not None:
            for worker in busy:
                if worker.tickets and worker.ready and worker.overdue(self._job.seconds):
                    worker.killed = f"it was under way for more than {self._job.seconds:g} s and was given up"
                    worker.process.kill()

    def _bury(self, worker: Worker[ItemT]) -> None:
        """A worker has died: the document it was at is to blame, the others go to another worker."""
        self._workers.remove(worker)
        self._end(worker, 1)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                reason = f"no worker process could be started{self._trouble}: work in one process (jobs=1, --jobs 1)"
                for ticket in worker.tickets:
                    for at in range(len(ticket.item)):
                        one = ticket.part(at, at + 1)
                        self._keep(one, self._job.lost(one.item, reason))
                return
            self._again.extendleft(reversed(worker.tickets))
            return
        again: list[Ticket[ItemT]] = []
        first = worker.tickets.popleft()
        size, at = len(first.item), min(worker.under_way() or 0, max(len(first.item) - 1, 0))
        # Results of the documents before it went down with the worker.
        if at:
            again.append(first.part(0, at))
        culprit = first.part(at, at + 1)
        self._keep(
            culprit, self._job.lost(culprit.item, worker.killed or f"its worker process died ({cause_of_death(worker.process.exitcode)})")
        )
        if at + 1 < size:
            again.append(first.part(at + 1, size))
        self._again.extendleft(reversed([*again, *worker.tickets]))
