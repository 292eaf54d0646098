"""Plain lines of progress where there is no terminal."""

from __future__ import annotations

import pytest

from cleaner.cli.progress import EVERY, Progress


class Clock:
    """Says what it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_line_now_and_then_with_rate_failures_and_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    progress = Progress(lambda: 1_000, clock=clock)
    progress.start()
    progress.passed(100, over=True)
    for second in range(1, 31):
        clock.now = float(second)
        progress.done(20, 1 if second == 5 else 0)
        progress.passed(20)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 30 / EVERY
    assert lines[1] == "cleaner: 400 documents, 20/s, 1 failed, 48 %, about 27 s left"


def test_nothing_is_shown_or_asked_for_in_short_and_quiet_runs(capsys: pytest.CaptureFixture[str]) -> None:
    def never() -> int:
        raise AssertionError("the inputs are walked only where something is shown")

    clock = Clock()
    quiet, short = Progress(None, clock=clock), Progress(never, clock=clock)
    short.done(5, 0)
    clock.now = 1_000.0
    quiet.done(5, 0)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("seconds", "told"), [(8, "about 72 s left"), (100, "about 15 min left"), (2_000, "about 5.0 h left")])
def test_durations(seconds: int, told: str) -> None:
    clock = Clock()
    progress = Progress(lambda: 100, clock=clock)
    progress._total = 100
    clock.now = float(seconds)
    progress.passed(10)
    assert told in progress.line()
