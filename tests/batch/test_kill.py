"""`kill -9` at random moments of a run, then `--resume`: the output is that of a run that nothing disturbed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.sinks.journal import JOURNAL
from tests.cleaners import PARAGRAPHS

_KILLS = 20


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "cleaner", "clean", *map(str, arguments)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _shards(folder: Path, records: int) -> None:
    """Two files of records, and some texts."""
    folder.mkdir()
    for shard in range(2):
        rows = []
        for number in range(records):
            text = "\n".join(
                ["Share this article", *PARAGRAPHS, f"Report {shard}-{number} of the season, written by hand.", "Advertisement"]
            )
            rows.append({"id": f"{shard}-{number}", "text": text if number % 97 else None, "number": number})
        (folder / f"{shard}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for number in range(20):
        (folder / f"text-{number:02}.txt").write_text(f"{PARAGRAPHS[number % 4]}\n\nShare this article\n", encoding="utf-8")


def _files(output: Path) -> dict[str, bytes]:
    """What a run has made: a file, or all of a folder that is not hidden; temporary files count too."""
    if output.is_file():
        return {output.name: output.read_bytes()}
    found = (path for path in output.rglob("*") if path.is_file() and path.name != JOURNAL)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def _manifest(output: Path) -> object:
    manifest = json.loads(output.parent.joinpath(output.name.split(".")[0] + ".manifest.json").read_bytes())
    del manifest["times"]
    return manifest


@pytest.mark.kills
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize(("name", "kills"), [("out", _KILLS // 2), ("out.jsonl.gz", 6), ("out.parquet", 4)])
def test_twenty_kills_change_nothing(tmp_path: Path, name: str, kills: int) -> None:
    _shards(tmp_path / "in", 1_200)
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / "undisturbed").mkdir()
    whole = tmp_path / "undisturbed" / name
    begin = time.monotonic()
    # Records without a text fail in every run alike, so the exit code is 1.
    undisturbed = subprocess.run(_command(tmp_path / "in", "-o", whole, "--jobs", 2, "-q"), env=_environment(), check=False, timeout=300)
    seconds = time.monotonic() - begin
    assert undisturbed.returncode == 1
    moments = random.Random(11)
    output = tmp_path / name
    for number in range(kills):
        process = subprocess.Popen(
            [*_command(tmp_path / "in", "-o", output, "--jobs", 2, "-q"), *(["--resume"] if number else [])],
            env=_environment(), start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(moments.uniform(0.3, 1.0) * seconds / 3)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    ended = subprocess.run(
        _command(tmp_path / "in", "-o", output, "--jobs", 2, "--resume"),
        env=_environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode in (0, 1), ended.stderr  # 0 where all that fails had failed before
    assert _files(output) == _files(whole)
    assert _manifest(output) == _manifest(whole)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_leaves_whole_files_and_resume_goes_on(tmp_path: Path) -> None:
    _shards(tmp_path / "in", 1_500)
    whole, output = tmp_path / "whole", tmp_path / "out"
    subprocess.run(_command(tmp_path / "in", "-o", whole, "-q", "--jobs", 2), env=_environment(), check=False, timeout=300)
    process = subprocess.Popen(
        _command(tmp_path / "in", "-o", output, "--jobs", 2), env=_environment(), start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    part, journal = output / ".0.jsonl.cleaner-part", output / JOURNAL
    # Something is under way, and something finished: a line of the journal behind its head.
    while not (part.exists() and journal.exists() and journal.read_bytes().count(b"\n") > 1) and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "--resume" in err
    assert "Traceback" not in err
    made = _files(output)
    assert all(made[name] == content for name, content in _files(whole).items() if name in made)
    ran = subprocess.run(
        _command(tmp_path / "in", "-o", output, "--resume", "--jobs", 2),
        env=_environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "finished earlier" in ran.stderr
    assert _files(output) == _files(whole)
    assert _manifest(output) == _manifest(whole)
