"""Spark with two workers gives what a local run gives."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import InputError
from tests.engines.java import java_home
from tests.engines.records import local_table, rows

pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of two workers on this machine."""
    from pyspark.sql import SparkSession

    home = java_home()
    if home is None:
        pytest.skip("no Java 17 or later was found")
    before = dict(os.environ)
    os.environ |= {"JAVA_HOME": home, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "512m")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    os.environ.clear()
    os.environ.update(before)


def test_spark_gives_the_bytes_of_a_local_run(spark: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from cleaner.engines.spark import clean_dataframe

    pq.write_table(pa.Table.from_pylist(rows(300)), tmp_path / "in.parquet")
    df = spark.read.parquet(str(tmp_path / "in.parquet")).repartition(4)
    made = clean_dataframe(df)
    assert made.columns[:4] == ["doc_id", "text", "crawl", "place"]
    table = made.toArrow().sort_by("place")
    local = local_table([str(tmp_path / "in.parquet")], tmp_path / "local.parquet")
    failed = table.filter(pc.is_valid(table["error"]))
    assert failed["place"].to_pylist() == list(range(49, 300, 50))
    assert failed["text"].null_count == 6
    assert all("has nothing in 'text'" in error for error in failed["error"].to_pylist())
    cleaned = table.filter(pc.is_null(table["error"])).drop(["error"])
    assert cleaned.column_names == local.column_names
    assert cleaned.to_pylist() == local.to_pylist()
    assert "Share this article" not in "".join(cleaned["text"].to_pylist())


def test_what_cannot_work_is_said_before_the_job_runs(spark: Any) -> None:
    from cleaner.engines.spark import clean_dataframe

    df = spark.createDataFrame([("a", 1)], ["name", "number"])
    with pytest.raises(InputError, match="no field that is known to hold text"):
        clean_dataframe(df)
    with pytest.raises(InputError, match="no field 'story'"):
        clean_dataframe(df, text_field="story")
