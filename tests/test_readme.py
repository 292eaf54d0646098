"""What the README and docs/usage.md show is run as it stands there, in a copy of the demo."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_PAGES = ("README.md", "docs/usage.md", "docs/review.md")
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: a command that is to end with another code than 0 says so behind it
_EXIT = re.compile(r"#\s*exit (\d+)")
#: a block of TOML that begins with its file's name
_FILE_NAME = re.compile(r"#\s*(\S+\.toml)\n")
_MAKE = re.compile(r"(?:^|`)make ([a-z]+)\b", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)[^)]*\)")


class Fence(NamedTuple):
    """A fenced block of a page."""

    kind: str
    text: str


def _fences(page: str) -> list[Fence]:
    return [Fence(found[1], found[2]) for found in _FENCE.finditer((_ROOT / page).read_text(encoding="utf-8"))]


def _snippets(page: str) -> list[tuple[str, str | None]]:
    """Python blocks, and the block of text that follows each, if one does: what it prints."""
    fences = [*_fences(page), Fence("", "")]
    return [
        (fence.text, following.text if following.kind == "text" else None)
        for fence, following in itertools.pairwise(fences)
        if fence.kind == "python"
    ]


_SNIPPETS = [pytest.param(*snippet, id=f"{page}-{number}") for page in _PAGES for number, snippet in enumerate(_snippets(page), 1)]


@pytest.mark.parametrize(("code", "expected"), _SNIPPETS)
def test_python_snippets(code: str, expected: str | None) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "snippet", "exec"), {"__name__": "snippet"})
    if expected is not None:
        assert out.getvalue().rstrip("\n") == expected.rstrip("\n")


@pytest.mark.parametrize("page", _PAGES)
def test_commands(page: str, tmp_path: Path) -> None:
    shutil.copytree(_ROOT / "corpus/demo", tmp_path / "corpus/demo")
    lines = []
    for fence in _fences(page):
        name = _FILE_NAME.match(fence.text)
        if fence.kind == "toml" and name:
            (tmp_path / name[1]).write_text(fence.text, encoding="utf-8")
        elif fence.kind == "sh":
            lines += [line for line in fence.text.splitlines() if re.search(r"\bcleaner\b", line.partition("#")[0])]
            lines += [line for line in fence.text.splitlines() if line.startswith("diff ")]
    assert lines
    for line in lines:
        code = _EXIT.search(line)
        ran = _shell(line, tmp_path)
        assert ran.returncode == (int(code[1]) if code else 0), f"{line}\n{ran.stdout}\n{ran.stderr}"


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = f'cleaner() {{ {shlex.quote(sys.executable)} -m cleaner "$@"; }}\n{line}'
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("page", [*_PAGES, "CONTRIBUTING.md", "docs/architecture.md", "docs/rules.md", "docs/model.md", "docs/scale.md"])
def test_what_pages_name_is_there(page: str) -> None:
    text = (_ROOT / page).read_text(encoding="utf-8")
    for target in _LINK.findall(text):
        assert ((_ROOT / page).parent / target).exists(), target
    targets = set(re.findall(r"^([a-z]+):", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(_MAKE.findall(text)) <= targets


def test_every_option_of_clean_is_described() -> None:
    usage = (_ROOT / "docs/usage.md").read_text(encoding="utf-8")
    source = "".join((_ROOT / "cleaner/cli" / name).read_text(encoding="utf-8") for name in ("clean.py", "options.py", "diff.py"))
    for option in set(re.findall(r'"(--[a-z-]+)"', source)):
        assert f"`{option}" in usage or f", `{option}" in usage or f"{option} " in usage, option


def test_the_table_of_labels_is_whole() -> None:
    from cleaner.load.labels import labels

    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith(("| stays |", "| goes:"))]
    shown = {name: row.startswith("| stays") for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert shown == {name: label.content for name, label in labels().items()}
