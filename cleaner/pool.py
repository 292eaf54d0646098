"""Items to worker processes and results back, in order. A worker that dies or hangs costs one document, not the run."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

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
#: seconds that a worker whose pool has gone may still spend on its document
_ORPHANED = 15.0


class Item(Protocol):
    """Some documents that go to a worker together."""

    def __len__(self) -> int:
        """Number of documents."""

    def part(self, start: int, stop: int) -> Any:
        """An item of the same kind with the documents from `start` up to `stop`."""


ItemT = TypeVar("ItemT", bound=Item)
ResultT = TypeVar("ResultT")
_ItemT = TypeVar("_ItemT", bound=Item, contravariant=True)
_ResultT = TypeVar("_ResultT", covariant=True)
#: what a worker calls with a document's place in its item before it begins with it
Mark = Callable[[int], None]


class Job(Protocol[_ItemT, _ResultT]):
    """What workers do. Pickled once for each worker."""

    #: seconds a document may be under way before its worker is replaced; None where there is no limit
    seconds: float | None

    def __call__(self, item: _ItemT, mark: Mark) -> _ResultT:
        """What becomes of an item. Never raises but for interrupts."""

    def lost(self, item: _ItemT, reason: str) -> _ResultT:
        """What stands in for an item of one document whose worker has died."""

    def buried(self, item: _ItemT, process: int) -> None:
        """Called for each item that a worker held when it ended early: removes what it has half written."""


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


class _Ticket(Generic[ItemT]):
    """An item, or a part of one, that a worker holds."""

    def __init__(self, number: int, offset: int, item: ItemT) -> None:
        self.number, self.offset, self.item = number, offset, item

    def part(self, start: int, stop: int) -> _Ticket[ItemT]:
        return _Ticket(self.number, self.offset + start, self.item.part(start, stop))


class _Worker(Generic[ItemT]):
    """A process and the items it holds."""

    def __init__(self, context: BaseContext, job: bytes) -> None:
        self.tickets: deque[_Ticket[ItemT]] = deque()
        #: whether it has said that it is ready
        self.ready = False
        #: results that have come from it
        self.finished = 0
        #: [items begun, place of the document under way in its item, documents begun], written by the worker
        self._state = context.RawArray(ctypes.c_uint64, 3)
        #: documents begun when last looked at, and since when it has been so many
        self._seen, self._since = -1, 0.0
        #: why it was killed
        self.killed: str | None = None
        self.pipe, other = context.Pipe()
        # Signals of the terminal go to the whole group; the pool decides when workers end.
        with _interrupts_blocked():
            self.process: BaseProcess = context.Process(target=_serve, args=(other, job, self._state), daemon=True)  # type: ignore[attr-defined]
            self.process.start()
        other.close()

    def send(self, ticket: _Ticket[ItemT]) -> None:
        if not self.tickets:
            self._seen = -1
        self.tickets.append(ticket)
        with contextlib.suppress(OSError):  # a dead worker is noticed when its pipe is read
            self.pipe.send(ticket.item)

    def under_way(self) -> int | None:
        """The place of the document under way in the first item; None where the worker has not begun with that item."""
        return int(self._state[1]) if self._state[0] == self.finished + 1 else None

    def overdue(self, seconds: float) -> bool:
        """Whether the document under way has been so for longer."""
        now, begun = time.monotonic(), int(self._state[2])
        if begun != self._seen or self.under_way() is None:
            self._seen, self._since = begun, now
            return False
        return now - self._since > seconds

    def end(self, seconds: float) -> None:
        """Ends the process, by force where it takes longer."""
        self.pipe.close()
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


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
        self._workers: list[_Worker[ItemT]] = []
        #: number of an item -> its results by offset, and how many of its documents they are about
        self._results: dict[int, dict[int, tuple[int, ResultT]]] = {}
        self._sizes: dict[int, int] = {}
        self._again: deque[_Ticket[ItemT]] = deque()
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
                        worker.send(_Ticket(given, 0, item))
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

    def _end(self, worker: _Worker[ItemT], seconds: float) -> None:
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

    def _keep(self, ticket: _Ticket[ItemT], result: ResultT) -> None:
        # An item may be of no documents at all, which still has a result.
        self._results.setdefault(ticket.number, {})[ticket.offset] = (len(ticket.item), result)

    def _free_worker(self) -> _Worker[ItemT] | None:
        """The worker with the fewest items, started where all have some and more are allowed."""
        least = min(self._workers, key=lambda worker: len(worker.tickets), default=None)
        if least is not None and (not least.tickets or len(self._workers) == self._jobs):
            return least if len(least.tickets) < _DEPTH else None
        worker: _Worker[ItemT] = _Worker(self._context, self._pickled)
        self._workers.append(worker)
        return worker

    def _receive(self, busy: list[_Worker[ItemT]], interrupted: bool) -> None:
        by_pipe: dict[Any, _Worker[ItemT]] = {worker.pipe: worker for worker in busy}
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

    def _bury(self, worker: _Worker[ItemT]) -> None:
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
        again: list[_Ticket[ItemT]] = []
        first = worker.tickets.popleft()
        size, at = len(first.item), min(worker.under_way() or 0, max(len(first.item) - 1, 0))
        # Results of the documents before it went down with the worker.
        if at:
            again.append(first.part(0, at))
        culprit = first.part(at, at + 1)
        self._keep(culprit, self._job.lost(culprit.item, worker.killed or f"its worker process died ({_cause(worker.process.exitcode)})"))
        if at + 1 < size:
            again.append(first.part(at + 1, size))
        self._again.extendleft(reversed([*again, *worker.tickets]))


def _serve(pipe: Connection, pickled: bytes, state: Any) -> None:
    """The worker's life: until the pool closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    items: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def mark(place: int) -> None:
        state[1] = place
        state[2] += 1

    try:
        try:
            job = pickle.loads(pickled)  # from the process that has started this one # nosec B301
        except Exception as error:
            pipe.send(("trouble", f" ({type(error).__name__}: {error})"))
            return
        pipe.send(("ready", None))
        # A thread of its own, so that pool and worker never wait for each other to read.
        threading.Thread(target=_listen, args=(pipe, items), daemon=True).start()
        while (item := items.get()) is not None:
            mark(0)
            state[0] += 1
            pipe.send(("result", job(item, mark)))
    except (EOFError, OSError):
        pass


def _listen(pipe: Connection, items: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            items.put(pipe.recv())
    except (EOFError, OSError):
        items.put(None)
        # Whatever hangs must not outlive its pool.
        time.sleep(_ORPHANED)
        os._exit(1)


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            return f"{name}; out of memory? Use fewer --jobs" if name == "SIGKILL" else name
    return f"exit code {code}"


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[Any]:
    """Children started here have interrupts blocked for good; an interrupt meanwhile is delivered at the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
