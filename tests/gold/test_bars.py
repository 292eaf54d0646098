"""The bars of issue 2, over the gold sets that lie beside the repository. Skipped where they do not."""

from __future__ import annotations

import functools
from statistics import mean
from typing import Any

import pytest

from tests.cleaners import rules_alone
from tests.gold.bench import bench, reads_gold

pytestmark = reads_gold


@functools.cache
def _labelled() -> list[dict[str, Any]]:
    scores, gold = bench("scores"), bench("gold")
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
    assert bench("scores").label_totals(_labelled())[share] >= least


def test_clean_bodies() -> None:
    scores = bench("scores")
    recalls = {}
    for name in ("fundus", "newspaper4k"):
        for page in bench("gold").pages(name, kind="article"):
            if page["body"]:
                body = scores.without_repeats(page["body"])
                recalls[page["file"]] = scores.body_scores(rules_alone().clean_text(body).text, body)["R"]
    worst = sorted((round(recall, 3), file) for file, recall in recalls.items())[:12]
    assert mean(recalls.values()) >= 0.997, worst


def test_seeds_are_exact() -> None:
    for name, source, gold in bench("gold").seeds():
        text = rules_alone().clean_text(source).text
        assert [" ".join(line.split()) for line in text.splitlines() if line.strip()] == gold["body"], name
