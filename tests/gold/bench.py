"""The gold sets and their measures, which lie beside the repository or nowhere."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_BENCH = Path(__file__).parents[3] / "shared" / "bench"
#: marks of a module whose tests read them
reads_gold = [pytest.mark.gold, pytest.mark.skipif(not _BENCH.is_dir(), reason="../shared is not there")]


@functools.cache
def bench(name: str) -> ModuleType:
    """A module of ../shared/bench, such as `scores`."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", _BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
