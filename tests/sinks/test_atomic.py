"""Files whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
from pathlib import Path

import pytest

from cleaner.errors import OutputError, OutputFull
from cleaner.sinks.atomic import output_error, temporary_name, write_file


def test_a_file_and_its_folders(tmp_path: Path) -> None:
    write_file(str(tmp_path / "a" / "b" / "c.txt"), b"text", replace=False)
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"text"
    assert os.listdir(tmp_path / "a" / "b") == ["c.txt"]


def test_an_existing_file_needs_leave(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(OutputError, match="--force"):
        write_file(str(path), b"new", replace=False)
    write_file(str(path), b"new", replace=True)
    assert path.read_bytes() == b"new"
    with pytest.raises(OutputError, match="folder"):
        write_file(str(tmp_path), b"new", replace=True)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(OutputError, match="too large"):
            write_file(str(path), bytes(100_000), replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(str(tmp_path / "a.txt"), b"text", replace=False)
    assert os.listdir(tmp_path) == []


def test_long_names(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 120 + ".txt")
    write_file(str(path), b"text", replace=False)
    assert path.read_bytes() == b"text"
    assert len(os.path.basename(temporary_name(str(path), 4_000_000)).encode()) <= 255


@pytest.mark.parametrize(("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EROFS, True), (errno.EACCES, False)])
def test_what_ends_a_run(number: int, full: bool) -> None:
    assert isinstance(output_error("x", OSError(number, "reason")), OutputFull) is full
