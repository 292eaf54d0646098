"""Records that all engines are given, and what a local run makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cleaner.batch.run import run
from cleaner.batch.work import Manner
from cleaner.cli.report import Reporter
from cleaner.pipeline import Cleaner
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import Header
from cleaner.sinks.onefile import OneFileSink
from cleaner.sources.folders import find
from tests.cleaners import PARAGRAPHS

_AROUND = ("Share this article", "Advertisement", "Read more: The ferry that would not sink", "Photo: Edith Marlowe/Tarnwick Herald")


def texts(count: int) -> list[str]:
    """So many scrapes of invented articles, each another one."""
    made = []
    for number in range(count):
        body = [f"{paragraph} This was report {number} of the season." for paragraph in PARAGRAPHS[number % 3 :]]
        made.append("\n".join([_AROUND[number % 4], *body, *_AROUND[: number % 4]]))
    return made


def rows(count: int) -> list[dict[str, Any]]:
    """Records with columns of their own; every 50th has no text."""
    return [
        {"doc_id": f"ferry-{number}", "text": text if number % 50 != 49 else None, "crawl": "2026-11", "place": number}
        for number, text in enumerate(texts(count))
    ]


def write_shards(folder: Path, count: int, shards: int) -> None:
    """The records in JSONL files."""
    folder.mkdir()
    records = rows(count)
    for shard in range(shards):
        part = records[shard * count // shards : (shard + 1) * count // shards]
        (folder / f"part-{shard}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part), encoding="utf-8")


def local_table(paths: list[str], output: Path) -> Any:
    """What a local run makes of files of records: a `pyarrow.Table`."""
    import pyarrow.parquet as pq

    fence = Fence(paths, str(output))
    sink = OneFileSink(str(output), Header("test", {}), fence, form="parquet", ledger=False, resume=False, force=True)
    with Reporter(quiet=True, total=None, dry=False, report=None) as reporter:
        run(Cleaner(), find(paths, fence.passed), sink, Manner("parquet"), jobs=1, watch=reporter)
    return pq.read_table(output)
