"""Errors keep their parts, say what to do next, and cross the borders of processes."""

from __future__ import annotations

import inspect
import pickle

import pytest

from cleaner import errors
from cleaner.errors import (
    CleanerError,
    DataFileError,
    DeadlineExceeded,
    InputTooLarge,
    MissingExtra,
    NotText,
    OptionError,
    OutputError,
    OutputFull,
    RestoreError,
    RuleError,
    UnsupportedInput,
    WorkerLost,
)

_ERRORS: list[tuple[CleanerError, dict[str, object], str]] = [
    (InputTooLarge(2_000, 1_000), {"length": 2_000, "limit": 1_000}, "2,000 characters, the limit is 1,000: split it, or raise the limit"),
    (NotText("a PDF"), {"looks_like": "a PDF"}, "it looks like a PDF: extract its text first"),
    (WorkerLost("its worker process died (SIGKILL)"), {"reason": "its worker process died (SIGKILL)"}, "clean it alone"),
    (UnsupportedInput("int"), {"kind": "int"}, "cannot clean a int: give str, bytes"),
    (DeadlineExceeded(1.5), {"deadline": 1.5}, "longer than 1.5 s: raise Options(deadline=…)"),
    (OptionError("bias", "x", "must be"), {"option": "bias", "value": "x"}, "option bias='x': must be"),
    (DataFileError("a.toml", "is no TOML"), {"path": "a.toml", "part": None}, "a.toml: is no TOML"),
    (RuleError("a.toml", "has no id", "rule 3"), {"path": "a.toml", "part": "rule 3", "reason": "has no id"}, "a.toml, rule 3: has no id"),
    (OutputError("out", "exists"), {"path": "out", "reason": "exists"}, "out: exists"),
    (OutputFull("out", "no space"), {"path": "out"}, "out: no space"),
    (RestoreError("a", "differs"), {"path": "a", "reason": "differs"}, "a: differs"),
    (MissingExtra("zstd", "zstd"), {"feature": "zstd", "extra": "zstd"}, "pip install 'article-cleaner[zstd]'"),
]


@pytest.mark.parametrize(("error", "parts", "message"), _ERRORS, ids=[type(error).__name__ for error, _, _ in _ERRORS])
def test_errors(error: CleanerError, parts: dict[str, object], message: str) -> None:
    for copy in (error, pickle.loads(pickle.dumps(error))):
        assert type(copy) is type(error)
        assert message in str(copy)
        assert {name: getattr(copy, name) for name in parts} == parts


def test_there_are_no_others() -> None:
    raised = {
        kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, CleanerError) and "__init__" in vars(kind)
    }
    assert raised - {type(error) for error, _, _ in _ERRORS} == set()
