"""Paths that ledgers and journals name: below their folder, and files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.load.below import leads_out, read_below


@pytest.mark.parametrize("path", ["../a.txt", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/.", "a\0b", "a/", ".."])
def test_what_leads_out(path: str) -> None:
    assert leads_out(path)


@pytest.mark.parametrize("path", ["a.txt", "a/b.txt", "..a/b..", "a…/．．/b", "CON", "~/a", " "])
def test_what_stays_below(path: str) -> None:
    assert not leads_out(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="is no file"):
        read_below(str(tmp_path / "a.txt"))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device here")
def test_a_device_is_not_read(tmp_path: Path) -> None:
    os.symlink("/dev/zero", tmp_path / "a.txt")
    with pytest.raises(OSError, match="is no file"):
        read_below(str(tmp_path / "a.txt"))


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    assert read_below(str(tmp_path / "a.txt")) == b"text"
