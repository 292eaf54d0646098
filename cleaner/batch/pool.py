"""Tasks to worker processes and outcomes back, in order. A worker that dies costs one document, not the run."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from cleaner.batch.work import Manner, Outcome, Task, work
from cleaner.errors import OptionError
from cleaner.pipeline import Cleaner
from cleaner.sinks.atomic import remove_quietly, temporary_name

#: tasks a worker holds, so that it need not wait for the next
_DEPTH = 2
#: tasks between the oldest that is not reported and the newest that is given out, for each worker
_AHEAD = 32
#: workers that may die in a row before they have begun
_MOST_FALSE_STARTS = 3
#: seconds that documents under way get to be finished after an interrupt
_GRACE = 10.0


def in_order(cleaner: Cleaner, manner: Manner, tasks: Iterator[Task], jobs: int) -> Iterator[Outcome]:
    """Yields what `work` makes of each task, in the tasks' order.

    Raises `OptionError` where `jobs` is not a whole number above 0. After an interrupt the outcomes of documents under way are still
    yielded, then `KeyboardInterrupt` is raised.
    """
    if jobs < 1:
        raise OptionError("jobs", jobs, "must be a whole number above 0")
    if jobs == 1:
        return (work(cleaner, manner, task) for task in tasks)
    return _Pool(cleaner, manner, jobs).run(tasks)


class _Worker:
    """A process and the tasks it holds."""

    def __init__(self, context: BaseContext, cleaner: bytes, manner: Manner) -> None:
        self.tasks: deque[tuple[int, Task]] = deque()
        #: whether it has said that it is ready
        self.ready = False
        self.pipe, other = context.Pipe()
        # Signals of the terminal go to the whole group; the batch decides when workers end.
        with _interrupts_blocked():
            self.process: BaseProcess = context.Process(target=_serve, args=(other, cleaner, manner), daemon=True)  # type: ignore[attr-defined]
            self.process.start()
        other.close()

    def send(self, number: int, task: Task) -> None:
        self.tasks.append((number, task))
        with contextlib.suppress(OSError):  # a dead worker is noticed when its pipe is read
            self.pipe.send(task)

    def end(self, seconds: float) -> None:
        """Ends the process, by force where it takes longer, and removes what it has half written."""
        self.pipe.close()
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        for _, task in self.tasks:
            if task.place.path is not None and self.process.pid is not None:
                remove_quietly(temporary_name(task.place.path, self.process.pid))


class _Pool:
    def __init__(self, cleaner: Cleaner, manner: Manner, jobs: int) -> None:
        self._cleaner, self._manner, self._jobs = pickle.dumps(cleaner), manner, jobs
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["cleaner.batch.work"])
        self._workers: list[_Worker] = []
        self._outcomes: dict[int, Outcome] = {}
        self._again: deque[tuple[int, Task]] = deque()
        self._false_starts = 0
        #: what kept the last worker from beginning
        self._trouble = ""

    def run(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """See `in_order`."""
        given = reported = 0
        more = True
        interrupted = False
        deadline = 0.0
        try:
            while True:
                try:
                    while not interrupted and (more or self._again) and (self._again or given - reported < self._jobs * _AHEAD):
                        worker = self._free_worker()
                        if worker is None:
                            break
                        if self._again:
                            worker.send(*self._again.popleft())
                            continue
                        task = next(tasks, None)
                        if task is None:
                            more = False
                            break
                        worker.send(given, task)
                        given += 1
                    while reported in self._outcomes:
                        yield self._outcomes.pop(reported)
                        reported += 1
                    busy = [worker for worker in self._workers if worker.tasks]
                    if not busy and not (self._again and not interrupted) and (interrupted or not more):
                        break
                    if interrupted and time.monotonic() > deadline:
                        break
                    self._receive(busy, 0.2 if interrupted else None)
                except KeyboardInterrupt:
                    if interrupted:
                        raise
                    interrupted = True
                    deadline = time.monotonic() + _GRACE
            if interrupted:
                for number in sorted(self._outcomes):
                    yield self._outcomes.pop(number)
                raise KeyboardInterrupt
        finally:
            for worker in self._workers:
                worker.end(0.5 if worker.tasks else 2)

    def _free_worker(self) -> _Worker | None:
        """The worker with the fewest tasks, started where all have some and more are allowed."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is not None and (not least.tasks or len(self._workers) == self._jobs):
            return least if len(least.tasks) < _DEPTH else None
        worker = _Worker(self._context, self._cleaner, self._manner)
        self._workers.append(worker)
        return worker

    def _receive(self, busy: list[_Worker], timeout: float | None) -> None:
        by_pipe = {worker.pipe: worker for worker in busy}
        for pipe in wait(list(by_pipe), timeout):
            assert isinstance(pipe, Connection)
            worker = by_pipe[pipe]
            try:
                outcome = pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(outcome, str):
                self._trouble = outcome
                continue
            if outcome is None:
                worker.ready = True
                self._false_starts = 0
                continue
            number, _ = worker.tasks.popleft()
            self._outcomes[number] = outcome

    def _bury(self, worker: _Worker) -> None:
        """A worker has died: its first task is to blame, the others go to another worker."""
        self._workers.remove(worker)
        worker.end(1)
        if worker.ready:
            number, task = worker.tasks.popleft()
            self._outcomes[number] = Outcome(task=task, error=f"its worker process died ({_cause(worker.process.exitcode)})")
        else:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                for number, task in worker.tasks:
                    self._outcomes[number] = Outcome(task=task, error=f"no worker process could be started{self._trouble}: try --jobs 1")
                return
        self._again.extendleft(reversed(worker.tasks))


def _serve(pipe: Connection, pickled: bytes, manner: Manner) -> None:
    """The worker's life: until the batch closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            cleaner = pickle.loads(pickled)
        except Exception as error:
            pipe.send(f" ({type(error).__name__}: {error})")
            return
        pipe.send(None)
        while True:
            task = pipe.recv()
            pipe.send(work(cleaner, manner, task))
    except (EOFError, OSError):
        pass


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
