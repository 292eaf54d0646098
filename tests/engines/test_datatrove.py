"""datatrove's executor with two workers: the steps give what the library gives, and keep the spans."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import cleaner
from tests.engines.records import texts, write_shards

pytest.importorskip("datatrove")


def test_clean_text_in_a_pipeline_of_two_workers(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.engines.datatrove import CleanText

    write_shards(tmp_path / "in", 40, 2)
    pipeline = [
        JsonlReader(str(tmp_path / "in"), id_key="doc_id"),
        CleanText(),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    stats = LocalPipelineExecutor(pipeline=pipeline, tasks=2, workers=2, logging_dir=str(tmp_path / "logs"), start_method="spawn").run()
    made = [json.loads(line) for path in sorted((tmp_path / "out").iterdir()) for line in path.read_text().splitlines()]
    expected = [cleaner.clean_text(text) for text in texts(40)]
    assert [document["text"] for document in made] == [result.text for result in expected]
    assert [document["metadata"]["spans"] for document in made] == [list(msgspec.to_builtins(result.spans)) for result in expected]
    assert [document["id"] for document in made] == [f"ferry-{number}" for number in range(40)]
    assert made[1]["metadata"]["crawl"] == "2026-11"
    assert made[1]["metadata"]["language"] == "en"
    assert next(step for step in stats.stats if "cleaner" in step.name).stats["cleaned"].total == 40


def test_pages_and_documents_that_fail(tmp_path: Path) -> None:
    from datatrove.data import Document
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.engines.datatrove import CleanHtml

    body = "".join(f"<p>{line}</p>" for line in texts(1)[0].splitlines())
    page = f"<html><head><title>Ferry</title></head><body><article>{body}</article></body></html>"
    documents = [
        Document(text=page, id="page", metadata={"url": "https://herald.example/ferry"}),
        Document(text="<p>" + "x" * 200_000, id="large"),
    ]
    step = CleanHtml(cleaner.Options(max_chars=100_000), exclusion_writer=JsonlWriter(str(tmp_path / "failed"), compression=None))
    (made,) = step.run(iter(documents))
    assert made.id == "page"
    assert made.text == cleaner.clean_html(page).text
    assert made.metadata["spans"]
    (path,) = (tmp_path / "failed").iterdir()
    failed = json.loads(path.read_text())
    assert failed["id"] == "large"
    assert "the limit is 100,000" in failed["metadata"]["error"]


def test_all_that_fail_are_written(tmp_path: Path) -> None:
    from datatrove.data import Document
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.engines.datatrove import CleanText

    documents = [Document(text="x" * number, id=f"large-{number}") for number in range(101, 105)]
    step = CleanText(cleaner.Options(max_chars=100), exclusion_writer=JsonlWriter(str(tmp_path / "failed"), compression=None))
    assert list(step.run(iter(documents))) == []
    (path,) = (tmp_path / "failed").iterdir()
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == [document.id for document in documents]
