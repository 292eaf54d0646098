"""Walks: order, ids, what is passed over."""

from __future__ import annotations

import os
from pathlib import Path

from cleaner.sources.folders import Found, Input, Skipped, Unusable, find


def _found(*paths: Path, passed: str | None = None) -> list[Found]:
    return list(find([str(path) for path in paths], lambda path: "is passed" if passed and path.endswith(passed) else None))


def test_files_come_before_folders_and_names_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", "c.html", "A.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [thing.id for thing in _found(tmp_path) if isinstance(thing, Input)] == ["A.txt", "b.txt", "c.html", "a/z.txt", "a/b/c.md"]


def test_a_named_file_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.txt").touch()
    (found,) = _found(tmp_path / "x.txt")
    assert isinstance(found, Input)
    assert found.id == "x.txt"
    assert found.path == str(tmp_path / "x.txt")


def test_what_is_passed_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").touch()
    (tmp_path / "x.csv").touch()
    skipped = [thing for thing in _found(tmp_path, passed="out") if isinstance(thing, Skipped)]
    assert {(os.path.basename(thing.path), thing.kind, thing.told) for thing in skipped} == {
        ("out", "folders", True),
        ("x.csv", ".csv", False),
    }


def test_a_tree_deeper_than_the_stack_of_python(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1_500):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.txt").touch()
        things = _found(tmp_path)
    finally:
        # pytest removes folders by recursion, so this one must be gone before.
        os.unlink("deep.txt")
        for _ in range(1_500):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(here)
    assert things
    assert all(isinstance(thing, (Input, Unusable)) for thing in things)


def test_nothing_there(tmp_path: Path) -> None:
    (found,) = _found(tmp_path / "nowhere")
    assert isinstance(found, Unusable)
    assert found.usage
    (found,) = find(["a\0b.txt"], lambda _: None)
    assert isinstance(found, Unusable)
