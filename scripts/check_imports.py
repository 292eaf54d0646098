"""Checks that imports inside `cleaner` go one way only; docs/architecture.md says why.

python scripts/check_imports.py [--list]

A module may import what stands in an earlier row of `ROWS`, or in its own package. `render`, `sources` and `sinks` see only the first
three rows and themselves. Imports for types alone, and those inside functions of `values.py` towards `render` (a `Result` knows its
views), are let through; `--list` shows them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parent.parent
#: top-level parts of `cleaner`, from the ground up; parts in one row do not see each other
ROWS: tuple[tuple[str, ...], ...] = (
    ("errors", "kernel"),
    ("values",),
    ("load",),
    ("parse", "render", "sources", "sinks"),
    ("classify",),
    ("decide", "pool", "worker"),
    ("pipeline", "parallel"),
    ("batch",),
    ("engines", "integrations", "learning", "review"),
    ("cli",),
)
#: see nothing but the rows before this one
_GROUND = 3
_SIDE = frozenset({"render", "sources", "sinks"})
#: pairs that may see each other within their row: `parallel` is the second half of `pipeline`, imported when
#: asked for, `worker` what `pool` has several of
_ALLOWED = frozenset({("pipeline", "parallel"), ("parallel", "pipeline"), ("pool", "worker")})
#: functions in the first of these may import the second
_VIEWS = frozenset({("values", "render")})
#: the public names: seen from the upper rows only, which are users of the package like any other
_FACADE = ""


class Import(NamedTuple):
    """One import of a module of the package by another."""

    path: Path
    line: int
    #: part of the package that imports, and the one that is imported; `_FACADE` for the package itself
    importer: str
    imported: str
    #: whether it stands inside a function
    is_local: bool
    #: whether it stands under `if TYPE_CHECKING:`
    is_for_types: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(_ROOT)}:{self.line}: {self.importer} imports {self.imported or 'cleaner'}"


def imports(package: Path) -> Iterator[Import]:
    """All imports of the package's modules by each other."""
    for path in sorted(package.rglob("*.py")):
        part = path.relative_to(package).parts[0].removesuffix(".py")
        if part in ("__init__", "__main__"):
            continue
        yield from _imports_in(ast.parse(path.read_bytes(), str(path)), path, part, is_local=False, is_for_types=False)


def _imports_in(node: ast.AST, path: Path, part: str, *, is_local: bool, is_for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            for name in _names(child):
                if name.split(".")[0] == "cleaner":
                    yield Import(path, child.lineno, part, _part(name), is_local, is_for_types)
            continue
        inside = is_local or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
        typed = is_for_types or (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING")
        yield from _imports_in(child, path, part, is_local=inside, is_for_types=typed)


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that a statement imports; `from cleaner import cli` names `cleaner.cli`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level or node.module is None:
        raise SystemExit(f"line {node.lineno}: relative imports are not used here")
    if node.module == "cleaner":
        return [f"cleaner.{alias.name}" if alias.name in _known() else "cleaner" for alias in node.names]
    return [node.module]


def _part(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else _FACADE


def _known() -> frozenset[str]:
    return frozenset(part for row in ROWS for part in row)


def _row(part: str) -> int:
    return next((number for number, row in enumerate(ROWS) if part in row), -1)


def verdict(found: Import) -> str | None:
    """Why an import may not stand, or None. An exception that is let through begins with `(`."""
    importer, imported = found.importer, found.imported
    if importer == imported:
        return None
    if _row(importer) < 0:
        return f"scripts/check_imports.py has no row for {importer}: add it"
    if imported == _FACADE:
        return None if any(importer in row for row in ROWS[-2:]) else "only what stands on top uses the public names"
    if found.is_for_types:
        return None if _row(imported) < _row(importer) else "(for types alone)"
    if importer in _SIDE:
        return None if _row(imported) < _GROUND else f"{importer} sees only {', '.join(part for row in ROWS[:_GROUND] for part in row)}"
    if _row(imported) < _row(importer) or (importer, imported) in _ALLOWED:
        return None
    if found.is_local and (importer, imported) in _VIEWS:
        return "(a view, imported when asked for)"
    return "imports go towards the ground only"


def main(*, listing: bool) -> int:
    """Prints what breaks the rule. Returns the process's exit code."""
    judged = [(found, verdict(found)) for found in imports(_ROOT / "cleaner")]
    wrong = [(found, reason) for found, reason in judged if reason is not None and not reason.startswith("(")]
    for found, reason in wrong:
        print(f"{found}: {reason}")
    excepted = [(found, reason) for found, reason in judged if reason is not None and reason.startswith("(")]
    if listing:
        for found, reason in excepted:
            print(f"{found} {reason}")
    print(f"imports: {len(judged)}, against the rule: {len(wrong)}, let through: {len(excepted)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(listing="--list" in sys.argv[1:]))
