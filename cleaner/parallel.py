"""Many sources through one `Cleaner`, in order, on one core or several, holding only a few at a time; also without blocking a loop."""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import msgspec

from cleaner.errors import CleanerError, OptionError, WorkerLost
from cleaner.pool import AHEAD, in_order
from cleaner.values import Failure, Result, Source, address, plain
from cleaner.worker import Mark

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner

#: sources that go to a worker together
_TOGETHER = 4
#: and their characters or bytes, but for a single one that is longer
_SIZE = 1 << 20
#: seconds after which a worker is replaced, where no deadline was given
_HANGS = 300.0

Outcome: TypeAlias = Result | Failure
_results = msgspec.msgpack.Decoder(Result)


class _Bundle:
    """Some sources and the index of the first. `made` has the outcomes where the sources cannot travel."""

    def __init__(self, first: int, sources: list[Any], made: list[Outcome] | None = None) -> None:
        self.first, self.sources, self.made = first, sources, made

    def __len__(self) -> int:
        return len(self.sources)

    def part(self, start: int, stop: int) -> _Bundle:
        return _Bundle(self.first + start, self.sources[start:stop], self.made and self.made[start:stop])


class _Clean:
    """See `cleaner.worker.Job`."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner
        deadline = cleaner.options.deadline
        self.seconds: float | None = _HANGS if deadline is None else 1.5 * deadline + 2

    def __call__(self, item: _Bundle, mark: Mark) -> list[bytes]:
        made = []
        for place, source in enumerate(item.sources):
            mark(place)
            made.append(_packed(self.cleaner.clean_one(item.first + place, source) if item.made is None else item.made[place]))
        return made

    def lost(self, item: _Bundle, reason: str) -> list[bytes]:
        return [_packed(_failure(item.first, item.sources[0], WorkerLost(reason)))]

    def buried(self, item: _Bundle, process: int) -> None:
        """Nothing was written."""


def clean_in_order(cleaner: Cleaner, sources: Iterable[Any], jobs: int) -> Iterator[Outcome]:
    """Yields what `cleaner.clean_one` makes of each source, in the sources' order.

    Raises `OptionError` where `jobs` is not a whole number above 0.
    """
    _check(jobs)
    if jobs == 1:
        return (cleaner.clean_one(index, source) for index, source in enumerate(sources))
    return _in_processes(cleaner, sources, jobs)


def _in_processes(cleaner: Cleaner, sources: Iterable[Any], jobs: int) -> Iterator[Outcome]:
    """What the sources raise is raised behind the results of those that came before it."""
    raised: list[Exception] = []
    yield from _unpacked(in_order(_Clean(cleaner), _bundles(cleaner, _held_back(sources, raised)), jobs, ahead=2))
    if raised:
        raise raised[0]


def _held_back(sources: Iterable[Any], raised: list[Exception]) -> Iterator[Any]:
    try:
        yield from sources
    except Exception as error:  # whatever it is, it is the caller's
        raised.append(error)


async def clean_many_async(cleaner: Cleaner, sources: Iterable[Any] | AsyncIterable[Any], jobs: int) -> AsyncIterator[Outcome]:
    """The same for a loop, which it does not block: the work is done in `jobs` processes.

    Parameters: `sources` may be asynchronous; a result is yielded as soon as it and all before it are there, also while the next
    source is waited for.
    """
    _check(jobs)
    loop = asyncio.get_running_loop()
    feed = _Feed(cleaner)
    made: asyncio.Queue[Outcome | BaseException | None] = asyncio.Queue()
    room = asyncio.Semaphore(jobs * AHEAD)
    left = threading.Event()

    def work() -> None:
        outcomes = _unpacked(in_order(_Clean(cleaner), feed, jobs, wake=feed.wake))
        end: BaseException | None = None
        try:
            for outcome in outcomes:
                loop.call_soon_threadsafe(made.put_nowait, outcome)
                if left.is_set():
                    break
        except BaseException as error:  # raised where the results are awaited
            end = error
        finally:
            outcomes.close()  # type: ignore[attr-defined]
            if not left.is_set():
                loop.call_soon_threadsafe(made.put_nowait, end)

    async def give() -> None:
        try:
            async for source in _asynchronous(sources):
                await room.acquire()
                feed.give(source)
        finally:
            feed.end()

    thread = threading.Thread(target=work, name="cleaner.aclean_many", daemon=True)
    thread.start()
    giving = asyncio.ensure_future(give())
    try:
        while (outcome := await made.get()) is not None:
            if isinstance(outcome, BaseException):
                raise outcome
            room.release()
            yield outcome
        await giving  # raises what the sources raised
    finally:
        left.set()
        giving.cancel()
        feed.end()
        await asyncio.to_thread(thread.join)
        feed.close()


class _Feed:
    """Sources that come while the pool runs: an iterator that yields None where none is there yet."""

    def __init__(self, cleaner: Cleaner) -> None:
        from multiprocessing import Pipe

        self.wake, self._waker = Pipe(duplex=False)
        self._cleaner = cleaner
        self._sources: deque[Any] = deque()
        self._given = 0
        self._ended = False

    def give(self, source: Any) -> None:
        self._sources.append(source)
        self._waker.send_bytes(b"1")

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            self._waker.send_bytes(b"0")

    def close(self) -> None:
        self.wake.close()
        self._waker.close()

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> _Bundle | None:
        if self._sources:
            bundle = _bundle(self._cleaner, self._given, [self._sources.popleft()])
            self._given += 1
            return bundle
        if self._ended:
            raise StopIteration
        return None


async def _asynchronous(sources: Iterable[Any] | AsyncIterable[Any]) -> AsyncIterator[Any]:
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield source
        return
    for source in sources:
        yield source
        await asyncio.sleep(0)


def _check(jobs: int) -> None:
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1:
        raise OptionError("jobs", jobs, "must be a whole number above 0")


def _bundles(cleaner: Cleaner, sources: Iterable[Any]) -> Iterator[_Bundle]:
    held: list[Any] = []
    first = size = 0
    for source in sources:
        travels = _travels(source)
        length = len(_content(source)) if travels else 0
        if held and (not travels or len(held) == _TOGETHER or size + length > _SIZE):
            yield _bundle(cleaner, first, held)
            first, held, size = first + len(held), [], 0
        held.append(source)
        size += length
        if not travels:
            yield _bundle(cleaner, first, held)
            first, held = first + 1, []
    if held:
        yield _bundle(cleaner, first, held)


def _bundle(cleaner: Cleaner, first: int, sources: list[Any]) -> _Bundle:
    """Trees cannot go to another process as they are, and are cleaned in this one."""
    if len(sources) == 1 and not _travels(sources[0]):
        return _Bundle(first, [None], [cleaner.clean_one(first, sources[0])])
    return _Bundle(first, [_plain(source) for source in sources])


def _plain(source: Any) -> Any:
    """The source without what its strings hold on to, which may be a whole page, and may not travel."""
    if isinstance(source, Source):
        content = plain(source.content) if isinstance(source.content, str) else source.content
        return Source(content=content, id=source.id, url=address(source.url), site=source.site)
    return plain(source) if isinstance(source, str) else source


def _content(source: Any) -> Any:
    return source.content if isinstance(source, Source) else source


def _travels(source: Any) -> bool:
    return isinstance(_content(source), (str, bytes, bytearray))


def _failure(index: int, source: Any, error: CleanerError) -> Failure:
    return Failure(index=index, id=source.id if isinstance(source, Source) else None, error=error)


def _packed(outcome: Outcome) -> bytes:
    """An outcome for its way between processes; a result's many spans are slow to pickle."""
    if isinstance(outcome, Result):
        try:
            return b"r" + msgspec.msgpack.encode(outcome)
        except UnicodeEncodeError:  # lone surrogates
            pass
    return b"p" + pickle.dumps(outcome)


def _unpacked(bundles: Iterator[list[bytes]]) -> Iterator[Outcome]:
    try:
        for bundle in bundles:
            for packed in bundle:
                # From a worker of one's own, over its pipe.
                yield _results.decode(packed[1:]) if packed[:1] == b"r" else cast(Outcome, pickle.loads(packed[1:]))  # nosec B301
    finally:
        cast(Any, bundles).close()
