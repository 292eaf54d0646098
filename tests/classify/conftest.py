"""Tiny rule files: the engine is tested without the package's rules, which change from day to day."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.pipeline import Cleaner
from cleaner.values import Options, Result

Clean = Callable[..., Result]


def rule(name: str = "t", label: str = "advert", languages: tuple[str, ...] = ("*",), **keys: Any) -> str:
    """A rule as it stands in a file."""
    table = {"id": name, "label": label, "languages": list(languages), "removes": ["x"], "keeps": ["x"]} | keys
    return "[[rule]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clean:
    """`clean(text, rule(…), rule(…), bias=…)`: the text under these rules alone."""
    monkeypatch.setattr("cleaner.pipeline.package_rules", tuple)

    def _clean(text: str, *rules: str, **options: Any) -> Result:
        path = tmp_path / "rules.toml"
        path.write_text("\n".join(rules), encoding="utf-8")
        given = Options(rules=(str(path),) if rules else (), model=None, **options)
        return Cleaner(given).clean_text(text)

    return _clean
