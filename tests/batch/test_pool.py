"""Worker processes: order, and workers that die."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from cleaner.batch.pool import in_order
from cleaner.batch.work import Manner, Outcome, Task
from cleaner.errors import OptionError
from cleaner.load.fields import Fields
from cleaner.pipeline import Cleaner
from cleaner.sinks.places import Place
from cleaner.sources.folders import Input, find
from cleaner.sources.records import chunks
from cleaner.values import Options, Result, Span


class Fake:
    """Keeps every text, but dies, or fails, where the text says so."""

    options = Options()

    def clean_text(self, text: bytes, *, url: str | None = None, site: str | None = None) -> Result:
        content = text.decode()
        if content == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if content == "exit":
            os._exit(3)
        if content == "fault":
            raise ZeroDivisionError("a fault")
        span = Span(start=0, end=len(content), label="body", kept=True, reason="default", score=1.0)
        return Result(text=content, source=content, spans=(span,))


class Unstartable:
    """Cannot be brought into another process."""

    options = Options()

    def __reduce__(self) -> Any:
        return _refuse, ()


def _refuse() -> None:
    raise RuntimeError("not here")


def _tasks(folder: Path, texts: list[str]) -> Iterator[Task]:
    (folder / "in").mkdir()
    for number, text in enumerate(texts):
        path = folder / "in" / f"{number}.txt"
        path.write_text(text)
        yield Task(
            Input(f"{number}.txt", str(path), "text", None, str(number)), Place(f"{number}.txt", str(folder / "out" / f"{number}.txt"))
        )


def _run(folder: Path, texts: list[str], jobs: int, cleaner: object) -> list[Outcome]:
    return list(in_order(cast(Cleaner, cleaner), Manner(), _tasks(folder, texts), jobs))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_outcomes_come_in_order(tmp_path: Path, jobs: int) -> None:
    outcomes = _run(tmp_path, [f"text {number}" for number in range(200)], jobs, Fake())
    assert [outcome.task.document.id for outcome in outcomes] == [f"{number}.txt" for number in range(200)]
    assert all(outcome.error is None and outcome.words == outcome.kept == 2 for outcome in outcomes)
    assert all((tmp_path / "out" / f"{number}.txt").read_text() == f"text {number}" for number in range(200))


@pytest.mark.parametrize(("word", "told"), [("die", "SIGKILL"), ("exit", "exit code 3")])
def test_a_worker_that_dies_costs_one_document(tmp_path: Path, word: str, told: str) -> None:
    texts = [word if number in (3, 4, 40, 59) else f"text {number}" for number in range(60)]
    outcomes = _run(tmp_path, texts, 2, Fake())
    assert [outcome.task.document.id for outcome in outcomes] == [f"{number}.txt" for number in range(60)]
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    assert [outcome.task.document.stem for outcome in failed] == ["3", "4", "40", "59"]
    assert all(told in (outcome.error or "") for outcome in failed)
    assert len(os.listdir(tmp_path / "out")) == 56


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_program_costs_one_document(tmp_path: Path, jobs: int) -> None:
    outcomes = _run(tmp_path, ["a", "fault", "b"], jobs, Fake())
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert "ZeroDivisionError: a fault" in (outcomes[1].error or "")
    assert "report" in (outcomes[1].error or "")


def test_workers_that_cannot_start_do_not_hang_the_run(tmp_path: Path) -> None:
    outcomes = _run(tmp_path, [f"text {number}" for number in range(10)], 2, Unstartable())
    assert len(outcomes) == 10
    assert all("RuntimeError: not here" in (outcome.error or "") for outcome in outcomes)


def test_no_tasks(tmp_path: Path) -> None:
    assert _run(tmp_path, [], 3, Fake()) == []


def test_jobs_must_be_positive(tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        in_order(cast(Cleaner, Fake()), Manner(), iter(()), 0)


def test_outcomes_can_be_left_early(tmp_path: Path) -> None:
    outcomes = in_order(cast(Cleaner, Fake()), Manner(), _tasks(tmp_path, ["a"] * 100), 2)
    assert next(outcomes).error is None
    outcomes.close()  # type: ignore[attr-defined]


class FakeOfRecords(Fake):
    """The same for records, one of which may also hang."""

    options = Options(deadline=0.2)

    def clean_text(self, text: bytes | str, *, url: str | None = None, site: str | None = None) -> Result:
        if text == "hang":
            time.sleep(600)
        return super().clean_text(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(("word", "told"), [("die", "SIGKILL"), ("hang", "under way for more than 2.3 s")])
def test_a_record_that_ends_its_worker_costs_itself_alone(tmp_path: Path, word: str, told: str) -> None:
    texts = [word if number in (0, 70, 199) else f"text {number}" for number in range(200)]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts)))
    (document,) = (found for found in find([str(path)], lambda _: None) if isinstance(found, Input))
    parts = chunks(document, Fields(), skip=0, max_chars=1_000)
    outcomes = list(
        in_order(cast(Cleaner, FakeOfRecords()), Manner("jsonl"), (Task(document, Place("out", form="jsonl"), chunk) for chunk in parts), 2)
    )
    made = [json.loads(line)["id"] for outcome in outcomes for line in (outcome.content or b"").splitlines()]
    assert made == [str(number) for number, text in enumerate(texts) if text != word]
    failures = [failure for outcome in outcomes for failure in outcome.counts.failures]
    assert [id for id, _ in failures] == ["0", "70", "199"]
    assert all(told in reason for _, reason in failures)
    ends = [outcome.finished.records for outcome in outcomes]
    assert ends == sorted(ends, key=lambda end: end or 0)
    assert [outcome.finished.last for outcome in outcomes] == [False] * (len(outcomes) - 1) + [True]
    assert ends[-1] == 200
