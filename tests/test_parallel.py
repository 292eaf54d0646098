"""Many sources: order, sources that kill or hold up a worker, loops that go on meanwhile, memory that stays flat."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast

import lxml.html
import pytest

import cleaner
from cleaner.errors import OptionError, WorkerLost
from cleaner.parallel import clean_in_order
from cleaner.pipeline import Cleaner
from cleaner.values import Failure, Options, Result, Source, Span
from tests.cleaners import PARAGRAPHS


class Fake:
    """Keeps every text, but dies or hangs where the text says so."""

    options = Options(deadline=0.2)

    def clean_one(self, index: int, source: Any) -> Result | Failure:
        text = source.content if isinstance(source, Source) else source
        if text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "hang":
            time.sleep(600)
        span = Span(start=0, end=len(text), label="body", kept=True, reason="default", score=1.0)
        return Result(text=text, source=text, spans=(span,))


def _texts(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"{PARAGRAPHS[number % 4]} Number {number}.\nShare this article"


def test_processes_give_what_one_process_gives_in_order() -> None:
    one = list(cleaner.clean_many(_texts(100)))
    assert list(cleaner.clean_many(_texts(100), jobs=3)) == one
    assert one[17] == cleaner.clean_text(list(_texts(18))[-1])


@pytest.mark.parametrize(("word", "told"), [("die", "SIGKILL"), ("hang", "under way for more than")])
def test_a_source_that_ends_a_worker_costs_itself_alone(word: str, told: str) -> None:
    texts: list[Any] = [f"text {number}" for number in range(60)]
    texts[13] = word
    texts[37] = Source(content=word, id="b")
    made = list(clean_in_order(cast(Cleaner, Fake()), texts, 2))
    assert [outcome.text if isinstance(outcome, Result) else outcome.index for outcome in made] == [
        number if number in (13, 37) else f"text {number}" for number in range(60)
    ]
    failures = [outcome for outcome in made if isinstance(outcome, Failure)]
    assert [failure.id for failure in failures] == [None, "b"]
    assert all(isinstance(failure.error, WorkerLost) and told in str(failure.error) for failure in failures)


def test_trees_and_odd_sources_among_others() -> None:
    page = f"<html><body><article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
    sources = ["A text.", lxml.html.fromstring(page), Source(content=b"%PDF-1.7 \x00", id="leaflet"), "\ud800 alone", 17, page]
    assert [_plain(outcome) for outcome in cleaner.clean_many(sources, jobs=2)] == [
        _plain(outcome) for outcome in cleaner.clean_many(sources)
    ]


def _plain(outcome: Result | Failure) -> object:
    return outcome if isinstance(outcome, Result) else (outcome.index, outcome.id, type(outcome.error), str(outcome.error))


def test_the_sources_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(1)
            yield f"Text number {len(taken)} of many."

    outcomes = cleaner.clean_many(endless(), jobs=2)
    for _ in range(20):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(taken) < 1_000


def test_jobs_must_be_positive() -> None:
    with pytest.raises(OptionError):
        cleaner.clean_many([], jobs=0)


def test_a_loop_is_not_blocked_and_results_come_in_order() -> None:
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - begin)

    async def main() -> list[Result | Failure]:
        ticking = asyncio.ensure_future(tick())
        made = [outcome async for outcome in cleaner.aclean_many(_texts(200), jobs=2)]
        ticking.cancel()
        return made

    begin = time.perf_counter()
    made = asyncio.run(main())
    seconds = time.perf_counter() - begin
    assert made == list(cleaner.clean_many(_texts(200)))
    assert longest < seconds / 2, "no wait of the loop is as long as the work takes"


def test_a_result_comes_before_the_next_source() -> None:
    async def main() -> list[str]:
        seen: list[str] = []
        answered = asyncio.Event()

        async def sources() -> AsyncIterator[str]:
            for text in list(_texts(3)):
                yield text
                await asyncio.wait_for(answered.wait(), 60)
                answered.clear()

        async for outcome in cleaner.aclean_many(sources()):
            assert isinstance(outcome, Result)
            seen.append(outcome.text)
            answered.set()
        return seen

    assert asyncio.run(main()) == [cast(Result, outcome).text for outcome in cleaner.clean_many(_texts(3))]


def test_what_the_sources_raise_is_raised_and_a_loop_can_be_left() -> None:
    async def broken() -> AsyncIterator[str]:
        yield next(_texts(1))
        raise ZeroDivisionError

    async def all_of(sources: Any) -> list[Any]:
        return [outcome async for outcome in cleaner.aclean_many(sources)]

    async def first_of() -> Any:
        outcomes = cleaner.aclean_many(_texts(1_000), jobs=2)
        async for outcome in outcomes:
            await outcomes.aclose()  # type: ignore[attr-defined]
            return outcome
        return None

    with pytest.raises(ZeroDivisionError):
        asyncio.run(all_of(broken()))
    assert isinstance(asyncio.run(first_of()), Result)


@pytest.mark.benchmark
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for the process's memory")
def test_a_long_running_service_stays_flat() -> None:
    service = Cleaner()

    def serve(begin: int, count: int) -> None:
        for number in range(begin, begin + count):
            text = "\n".join(f"{paragraph} Number {number}." for paragraph in PARAGRAPHS)
            service.clean_text(f"Short line {number}\nBy Reporter {number}\n{text}\nShare {number}")

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    serve(0, 3_000)
    before = resident()
    serve(3_000, 6_000)
    assert resident() - before < 8 << 20
