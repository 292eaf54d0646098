"""The bars of issue 2, over the gold sets that lie beside the repository. Skipped where they do not."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

import pytest

from tests.cleaners import rules_alone

_BENCH = Path(__file__).parents[3] / "shared" / "bench"
pytestmark = [pytest.mark.gold, pytest.mark.skipif(not _BENCH.is_dir(), reason="../shared is not there")]


@functools.cache
def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", _BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@functools.cache
def _labelled() -> list[dict[str, Any]]:
    scores, gold = _module("scores"), _module("gold")
    return [scores.labelled_scores(rules_alone().clean_text("\n".join(document["lines"])).spans, document) for document in gold.labelled()]


@pytest.mark.parametrize(("share", "least"), [("keep_F1", 0.94), ("keep_R", 0.985)])
def test_words_kept_of_labelled_documents(share: str, least: float) -> None:
    assert mean(row[share] for row in _labelled()) >= least


@pytest.mark.parametrize(
    ("share", "least"),
    [
        ("removed", 0.75),
        ("right", 0.78),
        ("near", 0.86),
    ],
)
def test_residue_lines_of_labelled_documents(share: str, least: float) -> None:
    assert _module("scores").label_totals(_labelled())[share] >= least


def test_clean_bodies() -> None:
    scores = _module("scores")
    recalls = {}
    for name in ("fundus", "newspaper4k"):
        for page in _module("gold").pages(name, kind="article"):
            if page["body"]:
                body = scores.without_repeats(page["body"])
                recalls[page["file"]] = scores.body_scores(rules_alone().clean_text(body).text, body)["R"]
    worst = sorted((round(recall, 3), file) for file, recall in recalls.items())[:12]
    assert mean(recalls.values()) >= 0.997, worst


def test_seeds_are_exact() -> None:
    for name, source, gold in _module("gold").seeds():
        text = rules_alone().clean_text(source).text
        assert [" ".join(line.split()) for line in text.splitlines() if line.strip()] == gold["body"], name
