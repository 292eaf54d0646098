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
    ],
)
def test_known(name: str, kind: str, compression: str | None, stem: str) -> None:
    assert format_of(name) == Format(kind, compression, stem)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a", "txt", ".txt", "a.csv", "a.gz", "a.jsonl", "a.jsonl.gz", "a.warc.zst", "a.parquet", "a.txt.bak"])
def test_refused(name: str) -> None:
    found = format_of(name)
    assert isinstance(found, Refusal)
    assert ("later" in found.reason) == any(end in name for end in ("jsonl", "warc", "parquet"))
