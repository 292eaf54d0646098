"""What a file's name promises."""

from __future__ import annotations

import pytest

from cleaner.sources.formats import Format, Refusal, format_of


@pytest.mark.parametrize(
    ("name", "kind", "compression", "stem"),
    [
        ("a.txt", "text", None, "a"),
        ("a.MD", "text", None, "a"),
        ("a.b.html", "html", None, "a.b"),
        ("a.htm", "html", None, "a"),
        ("a.txt.gz", "text", "gzip", "a"),
        ("a.html.zst", "html", "zstd", "a"),
        ("a.jsonl", "jsonl", None, "a"),
        ("part-0001.jsonl.zst", "jsonl", "zstd", "part-0001"),
        ("a.parquet", "parquet", None, "a"),
        ("crawl.warc.gz", "warc", "gzip", "crawl"),
        ("crawl.warc.wet.gz", "warc", "gzip", "crawl.warc"),
    ],
)
def test_known(name: str, kind: str, compression: str | None, stem: str) -> None:
    assert format_of(name) == Format(kind, compression, stem)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a", "txt", ".txt", "a.csv", "a.gz", ".jsonl", "a.json", "a.txt.bak"])
def test_refused(name: str) -> None:
    found = format_of(name)
    assert isinstance(found, Refusal)
    assert "rename it" in found.reason
