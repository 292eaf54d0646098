"""`--engine ray` with two workers gives what a local run gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import run  # noqa: F401
from tests.engines.records import local_table, rows, write_shards

pytest.importorskip("ray")


def _read(folder: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pa.concat_tables([pq.read_table(path) for path in sorted(folder.glob("*.parquet"))]).combine_chunks()


def test_ray_gives_the_bytes_of_a_local_run(run: Any, tmp_path: Path) -> None:  # noqa: F811
    import pyarrow as pa
    import pyarrow.parquet as pq

    write_shards(tmp_path / "in", 400, 3)
    pq.write_table(pa.Table.from_pylist([row | {"other": None} for row in rows(100)]), tmp_path / "in" / "table.parquet")
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out", "--engine", "ray", "--jobs", 2)
    local = local_table([str(tmp_path / "in")], tmp_path / "local.parquet").combine_chunks()
    made = _read(tmp_path / "out")
    assert made.schema == local.schema
    assert made.equals(local)
    assert ran.code == 1, "ten records have no text"
    assert "documents: 490" in ran.err
    assert "failed: 10" in ran.err
    assert "part-0.jsonl#50: has nothing in 'text'" in ran.err
    manifest = json.loads((tmp_path / "out.manifest.json").read_bytes())
    assert (manifest["documents"], manifest["failed"]) == (490, 10)
    assert run("clean", tmp_path / "in", "-o", tmp_path / "out", "--engine", "ray").code == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--resume", "-o", "out"], "--engine local"),
        (["--format", "jsonl", "-o", "out"], "Parquet"),
        ([], "-o"),
    ],
)
def test_what_ray_does_not_do_is_refused(run: Any, tmp_path: Path, more: list[str], told: str) -> None:  # noqa: F811
    write_shards(tmp_path / "in", 4, 1)
    ran = run("clean", tmp_path / "in", "--engine", "ray", *more)
    assert ran.code == 2
    assert told in ran.err


def test_texts_are_for_local_runs(run: Any, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text("A text.")
    ran = run("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--engine", "ray")
    assert ran.code == 2
    assert "--engine local" in ran.err
