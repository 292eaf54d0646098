"""`CleanTable`: a table to a table, alone and in Hugging Face datasets."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import cleaner
from cleaner.engines import CleanTable
from tests.engines.records import rows, texts

pa = pytest.importorskip("pyarrow")


def test_a_row_for_every_row_and_every_column_stays() -> None:
    table = pa.Table.from_pylist(rows(60))
    made = CleanTable()(table)
    assert made.schema == CleanTable().schema(table.schema)
    assert made.column_names[:4] == ["doc_id", "text", "crawl", "place"]
    assert made.drop_columns(["text"]).select(["doc_id", "crawl", "place"]).equals(table.select(["doc_id", "crawl", "place"]))
    results = [cleaner.clean_text(text) for text in texts(60)]
    for place, (row, result) in enumerate(zip(made.to_pylist(), results, strict=True)):
        if place == 49:
            assert row["text"] is None
            assert "has nothing in 'text'" in row["error"]
            continue
        assert row["text"] == result.text
        assert row["id"] == f"ferry-{place}"
        assert row["language"] == result.language
        assert [span["label"] for span in row["spans"]] == [span.label for span in result.spans]
        assert row["error"] is None


def test_what_a_row_says_itself_stays_and_gaps_are_filled() -> None:
    table = pa.table({"content": [texts(1)[0]] * 2, "language": ["en-GB", None], "date": pa.array([20260101, None], pa.int64())})
    made = CleanTable()(table).to_pylist()
    assert [row["language"] for row in made] == ["en-GB", "en"]
    assert [row["date"] for row in made] == [20260101, None], "a column of another type than a record's stays as it is"
    assert made[0]["content"] == texts(1)[0]


def test_pickled_it_does_the_same() -> None:
    clean = CleanTable(cleaner.Options(keep=frozenset({"share"})), text_field="story")
    table = pa.table({"story": texts(3)})
    assert pickle.loads(pickle.dumps(clean))(table).equals(clean(table))


def test_the_recipe_for_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("datasets")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import Dataset, disable_caching

    disable_caching()
    dataset = Dataset.from_list([row for row in rows(40) if row["text"]])
    made = dataset.with_format("arrow").map(CleanTable(), batched=True, batch_size=16, num_proc=2)
    assert made.with_format(None)["text"] == [cleaner.clean_text(text).text for text in texts(40)]
