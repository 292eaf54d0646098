"""What is not run is read: a program must be Python, what it imports must be there, and so must commands and their options."""

from __future__ import annotations

import ast
import functools
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from typing import Any

import typer

from cleaner.cli.app import app
from cleaner.errors import MissingExtra
from tests.docs.fences import ROOT, Step

#: what installs, or works on the repository itself, and is not done for a test
_ELSEWHERE = ("pip", "make", "git", "python")
_EXTRA = re.compile(r"(?:article-cleaner|\.)\[([\w,-]+)\]")
#: a command that is to end with another code than 0 says so behind it
ENDS = re.compile(r"#\s*exit (\d+)")
_OPERATORS = frozenset(("|", ";", "&&", "||", "&"))


def is_elsewhere(command: str) -> bool:
    """Whether a command is only looked at."""
    return command.split()[0] in _ELSEWHERE


def check_elsewhere(command: str) -> None:
    """Raises `AssertionError` for a target, an extra, a script or an option that is not there."""
    words = shlex.split(command)
    if words[0] == "make":
        for word in words[1:]:
            assert "=" in word or word in make_targets(), f"{command}: the Makefile has no {word}"
    elif words[0] == "pip":
        for found in _EXTRA.finditer(command):
            assert set(found[1].split(",")) <= set(extras()), f"{command}: pyproject.toml has no such extra"
    elif words[0] == "python" and words[1] == "-m":
        importlib.import_module(words[2])
    elif words[0] == "python":
        script = (ROOT / words[1]).read_text(encoding="utf-8")
        for word in words[2:]:
            assert not word.startswith("--") or f'"{word}"' in script, f"{command}: {words[1]} has no {word}"


def check(step: Step) -> None:
    """Raises `AssertionError`, `SyntaxError` or a usage error where a step cannot be right."""
    if step.kind == "python":
        _check_program(step.text)
    elif step.kind == "shell" and not ENDS.search(step.text):
        for command in _commands(step.text):
            if command[0] == "cleaner":
                check_usage(command[1:])
            elif command[0] in _ELSEWHERE:
                check_elsewhere(shlex.join(command))


def check_usage(arguments: list[str]) -> None:
    """Raises `KeyError` for a command that is not there, a usage error for an option or a value that it does not take."""
    command: Any = typer.main.get_command(app)
    rest = list(arguments)
    while hasattr(command, "commands"):
        if rest[0].startswith("-"):
            return
        command = command.commands[rest.pop(0)]
    command.make_context("cleaner", rest)


def _commands(line: str) -> Iterator[list[str]]:
    """The simple commands of a line for a shell, without comments and what redirections name."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&<>")
    lexer.whitespace_split = True
    words = list(lexer)
    start = 0
    for place, word in enumerate([*words, "|"]):
        if word in _OPERATORS:
            if words[start:place]:
                yield words[start:place]
            start = place + 1


def _check_program(text: str) -> None:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cleaner"):
            try:
                module = importlib.import_module(node.module or "")
            except MissingExtra:
                continue
            for alias in node.names:
                assert hasattr(module, alias.name), f"{node.module} has no {alias.name}"


@functools.cache
def make_targets() -> frozenset[str]:
    """What `make` can be asked for."""
    return frozenset(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@functools.cache
def extras() -> frozenset[str]:
    """What can be installed beside the package."""
    return frozenset(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"])
