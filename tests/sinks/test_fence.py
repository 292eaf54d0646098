"""Inputs are never written to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.errors import OutputError
from cleaner.sinks.fence import Fence


def test_what_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    inputs, output = [str(tmp_path / "in")], tmp_path / "in" / "out"
    fence = Fence(inputs, str(output))
    fence.check(str(output / "a.txt"))
    for path in (tmp_path / "in" / "a.txt", tmp_path / "in" / "sub" / "a.txt"):
        with pytest.raises(OutputError):
            fence.check(str(path))
    assert fence.passed(str(output))
    assert not fence.passed(str(tmp_path / "in" / "sub"))
    Fence(inputs, str(tmp_path / "inner")).check(str(tmp_path / "inner" / "a.txt"))


def test_an_input_folder_inside_the_output(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    fence = Fence([str(tmp_path / "raw")], str(tmp_path))
    fence.check(str(tmp_path / "a.txt"))
    with pytest.raises(OutputError):
        fence.check(str(tmp_path / "raw" / "a.txt"))


def test_links_do_not_deceive_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    os.symlink(tmp_path / "in", tmp_path / "out" / "sub")
    os.symlink(tmp_path / "in", tmp_path / "alias")
    with pytest.raises(OutputError):
        Fence([str(tmp_path / "in")], str(tmp_path / "alias"))
    with pytest.raises(OutputError):
        Fence([str(tmp_path / "in")], str(tmp_path / "out")).check(str(tmp_path / "out" / "sub" / "a.txt"))
