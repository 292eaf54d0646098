"""Files read, unpacked, limited."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cleaner.errors import InputError, InputTooLarge
from cleaner.sources.files import pack, read


def test_packed_and_plain_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"text"))
    assert read(str(tmp_path / "a"), None, 100) == read(str(tmp_path / "a.gz"), "gzip", 100) == b"text"


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    with pytest.raises(InputTooLarge):
        read(str(tmp_path / "bomb.gz"), "gzip", 1_000)


def test_a_broken_archive(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"text" * 1000)[:30])
    with pytest.raises(InputError, match="broken"):
        read(str(tmp_path / "a.gz"), "gzip", 100_000)


def test_packing_is_the_same_every_time() -> None:
    assert pack(b"text", "gzip") == pack(b"text", "gzip")
    assert gzip.decompress(pack(b"text", "gzip")) == b"text"
    assert pack(b"text", None) == b"text"
