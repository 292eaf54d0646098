"""Runs the command line inside the test's process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cleaner.cli.app import main

RESIDUE = "Zzyzx residue line of the test"
PROSE = "The council of Oakmere decided on Tuesday to repair the old bridge, because its piers had begun to lean, an engineer said."
RULES = f"""
[[rule]]
id = "test-residue"
label = "advert"
languages = ["*"]
lines = ["{RESIDUE}"]
removes = ["{RESIDUE}"]
keeps = ["The line was called residue of the test by those who had to read it."]
"""


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: bytes
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """`run("clean", path, …)`; `stdin=` gives standard input."""

    def _run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["cleaner", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsysbinary.readouterr()
        code = end.value.code
        return Ran(code if isinstance(code, int) else 0 if code is None else 1, out, err.decode())

    return _run


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file that removes the line `RESIDUE`."""
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def scrape(tmp_path: Path) -> Path:
    """A folder of two texts, a page and a file of no known format."""
    folder = tmp_path / "scrape"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.txt").write_text(f"{PROSE}\n\n{RESIDUE}\n\n{PROSE[:60]} and so on, he said.\n", encoding="utf-8")
    (folder / "sub" / "two.md").write_text(f"# Bridge\n\n{PROSE}\n\n{RESIDUE}\n", encoding="utf-8")
    (folder / "sub" / "page.html").write_text(
        f"<html><body><article><h1>Bridge</h1><p>{PROSE}</p></article></body></html>", encoding="utf-8"
    )
    (folder / "table.csv").write_text("a,b\n", encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder but hidden ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
