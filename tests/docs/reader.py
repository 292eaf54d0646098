"""Does what a page says, step by step, in a folder of its own."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from cleaner.cli.app import main
from tests.docs.fences import ROOT, Step, file_name, steps
from tests.docs.materials import lay_out
from tests.docs.parsing import ENDS, check_elsewhere, is_elsewhere

#: what only a shell understands, or what starts processes, which ask for the program that this one is
_SHELL = re.compile(r"[|<>;&*?]|\$\(|--jobs")
#: seconds
_LONGEST = 120


def walk(page: str, folder: Path) -> Iterator[tuple[Step, str]]:
    """Takes the steps of a page's text in a folder, and gives what each printed, standard error included.

    Raises `AssertionError` where a command ends with another code than the page says.
    """
    lay_out(page, folder)
    names: dict[str, Any] = {"__name__": "page"}
    for step in steps(page):
        if step.fence.reason is None and _has(step.fence.module):
            yield step, _take(step, folder, names)


def _has(module: str | None) -> bool:
    return module is None or importlib.util.find_spec(module.partition(".")[0]) is not None


def _take(step: Step, folder: Path, names: dict[str, Any]) -> str:
    if step.kind == "file":
        (folder / file_name(step.text)).write_text(step.text, encoding="utf-8")
        return ""
    if step.kind == "python":
        with _within(folder) as printed:
            exec(compile(step.text, "snippet", "exec"), names)
        return printed.getvalue().decode()
    return _command(step.text, folder)


def _command(line: str, folder: Path) -> str:
    told = ENDS.search(line)
    command = line.partition(" #")[0].rstrip()
    if is_elsewhere(command):
        check_elsewhere(command)
        return ""
    if command.startswith("cleaner ") and not _SHELL.search(command):
        code, printed = _cleaner(shlex.split(command)[1:], folder)
    else:
        code, printed = _shell(command, folder)
    assert code == (int(told[1]) if told else 0), f"{command} ended with {code}\n{printed}"
    return printed


def _cleaner(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The command as its entry point runs it, in this process, which saves the start of an interpreter each time."""
    code: Any = None
    with _within(folder) as printed, mock.patch.object(sys, "argv", ["cleaner", *arguments]):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return (code if isinstance(code, int) else 0 if code is None else 1), printed.getvalue().decode()


def _shell(command: str, folder: Path) -> tuple[int, str]:
    script = f'cleaner() {{ {shlex.quote(sys.executable)} -m cleaner "$@"; }}\n{command}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_LONGEST
    )
    return ran.returncode, (ran.stdout + ran.stderr).decode()


@contextlib.contextmanager
def _within(folder: Path) -> Iterator[io.BytesIO]:
    """In the folder, with what is printed going into the bytes that are given, and nothing to be read."""
    printed = io.BytesIO()
    stream = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)
    empty = io.TextIOWrapper(io.BytesIO())
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
        mock.patch.object(sys, "stdin", empty),
    ):
        yield printed
    stream.detach()


def agrees(shown: str, came: str) -> bool:
    """Whether a page shows what came; a line `…` stands for any lines, `…` in a line for any part of it."""
    lines = [r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n" for line in _plain(shown).splitlines()]
    return re.fullmatch("".join(lines), _plain(came)) is not None


def _plain(text: str) -> str:
    """Without white space at the ends of lines, and with one line break at the end."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


@functools.cache
def page_text(page: str) -> str:
    """What stands on a page of the repository."""
    return (ROOT / page).read_text(encoding="utf-8")


def put_into(folder: Path, page: str) -> list[tuple[Step, str]]:
    """Takes all steps of a page in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return list(walk(page_text(page), folder))
