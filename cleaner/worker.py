"""A worker process that one end of a pipe gives items to, and what is known of it: how far it is, whether it hangs, why it died."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

#: seconds that a worker whose pool has gone may still spend on its document
_ORPHANED = 15.0


class Item(Protocol):
    """Some documents that go to a worker together."""

    def __len__(self) -> int:
        """Number of documents."""

    def part(self, start: int, stop: int) -> Any:
        """An item of the same kind with the documents from `start` up to `stop`."""


ItemT = TypeVar("ItemT", bound=Item)
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


class Ticket(Generic[ItemT]):
    """An item, or a part of one, that a worker holds."""

    def __init__(self, number: int, offset: int, item: ItemT) -> None:
        self.number, self.offset, self.item = number, offset, item

    def part(self, start: int, stop: int) -> Ticket[ItemT]:
        return Ticket(self.number, self.offset + start, self.item.part(start, stop))


class Worker(Generic[ItemT]):
    """A process and the items it holds.

    Parameters: `job` is the pickled `Job`.
    """

    def __init__(self, context: BaseContext, job: bytes) -> None:
        self.tickets: deque[Ticket[ItemT]] = deque()
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

    def send(self, ticket: Ticket[ItemT]) -> None:
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


def cause_of_death(code: int | None) -> str:
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
