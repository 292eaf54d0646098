"""The fenced blocks of a page, and the steps that a reader would take through them.

A comment on the line above a block says what to do with it:

`<!-- not run: REASON -->` the block is not run (it needs a cluster, say), but it must still be Python, and its commands and options
must be there;
`<!-- needs: MODULE -->` the block is run where that module is installed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
#: all pages whose blocks are run
PAGES = ("README.md", "CONTRIBUTING.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")))
_FENCE = re.compile(
    r"^(?:<!-- (?:not run: (?P<reason>[^\n]+)|needs: (?P<module>[\w.]+)) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
#: a block that is to be a file begins with the file's name
_FILE_NAME = re.compile(r"#\s*(\S+\.(?:toml|py))\n")
_PROMPT = "$ "


class Fence(NamedTuple):
    """A fenced block of a page."""

    kind: str
    text: str
    #: where its text begins in the page, in code points
    start: int
    #: why it is not run; None where it is
    reason: str | None
    #: the module without which it is not run; None where it needs none
    module: str | None


class Step(NamedTuple):
    """Something that a reader does, and what the page says comes of it."""

    #: `python`, `shell` or `file`
    kind: str
    #: a program, a command, or a file's text
    text: str
    #: what the page shows; None where it shows nothing. A line `…` stands for anything
    shown: str | None
    #: where in the page that stands, from and to, in code points
    place: tuple[int, int]
    fence: Fence


def fences(page: str) -> list[Fence]:
    """The blocks of a page's text, in order."""
    return [Fence(found["kind"], found["text"], found.start("text"), found["reason"], found["module"]) for found in _FENCE.finditer(page)]


def steps(page: str) -> Iterator[Step]:
    """What a reader of a page's text does, in order: programs, commands (one a line), files to be written."""
    for fence, following in itertools.pairwise([*fences(page), Fence("", "", 0, None, None)]):
        if fence.kind == "python" and not _FILE_NAME.match(fence.text):
            shows = following.kind == "text"
            place = (following.start, following.start + len(following.text)) if shows else (0, 0)
            yield Step("python", fence.text, following.text if shows else None, place, fence)
        elif fence.kind == "sh":
            for line in fence.text.replace("\\\n", " ").splitlines():
                if line.strip() and not line.startswith("#"):
                    yield Step("shell", line, None, (0, 0), fence)
        elif fence.kind == "console":
            yield from _console(fence)
        elif _FILE_NAME.match(fence.text):
            yield Step("file", fence.text, None, (0, 0), fence)


def file_name(text: str) -> str:
    """The name that the first line of a file's text gives it."""
    found = _FILE_NAME.match(text)
    assert found is not None
    return found[1]


def _console(fence: Fence) -> Iterator[Step]:
    """Commands behind a prompt, each with what it prints; commands that show nothing may print what they like."""
    parts = re.split(r"^(?=\$ )", fence.text, flags=re.MULTILINE)
    assert not parts[0], "a console block begins with `$ `"
    start = fence.start
    for part in parts[1:]:
        command, _, shown = part.partition("\n")
        begin = start + len(command) + 1
        start += len(part)
        yield Step("shell", command.removeprefix(_PROMPT), shown or None, (begin, start), fence)
