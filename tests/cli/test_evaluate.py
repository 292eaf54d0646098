"""`cleaner evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, tree
from tests.learning.invented import documents, write


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A file of labelled documents."""
    return write(tmp_path / "gold.jsonl", documents())


def test_tables_of_rules_alone(run: Run, gold: Path) -> None:
    ran = run("evaluate", gold, "--model", "none")
    out = ran.out.decode()
    assert ran.code == 0
    for name in ("documents", "languages", "labels", "bias", "reliability"):
        assert f"{name}\n\n| " in out
    row = next(line for line in out.splitlines() if line.startswith("| labels "))
    assert "|        16 |           192 |" in row
    byline = next(line for line in out.splitlines() if line.startswith("| byline "))
    assert "1.0000 [1.000, 1.000]" in byline
    assert all(f"| {bias} " in out for bias in ("balanced", "precision", "recall"))
    assert run("evaluate", gold, "--model", "none").out == ran.out


def test_documents_that_know_less_have_rows_of_their_own(run: Run, tmp_path: Path) -> None:
    rough = [
        document | {"labels": ["content" if label == "body" else "residue" for label in document["labels"]], "spans": []}
        for document in documents()[:4]
    ]
    bodies = [
        {"id": f"{document['id']}/body", "site": document["site"], "lines": body, "labels": ["content"] * len(body)}
        for document in documents()[:4]
        for body in [[line for line, label in zip(document["lines"], document["labels"], strict=True) if label == "body"]]
    ]
    out = run("evaluate", write(tmp_path / "weak.jsonl", rough + bodies), "--model", "none").out.decode()
    assert "| content and residue |" in out
    row = next(line for line in out.splitlines() if line.startswith("| body alone "))
    assert "1.0000 [1.000, 1.000]" in row
    assert "languages\n" not in out


def test_the_worst_documents_with_their_diffs(run: Run, tmp_path: Path) -> None:
    bad = documents()[0]
    bad |= {"id": "upside-down", "labels": ["residue" if label == "body" else "content" for label in bad["labels"]], "spans": []}
    page = tmp_path / "worst.html"
    ran = run("evaluate", write(tmp_path / "bad.jsonl", [*documents()[1:4], bad]), "--model", "none", "--worst", 1, "--html", page)
    out = ran.out.decode()
    assert ran.code == 0
    assert "# upside-down: F1 0." in out
    assert "[-By Edith Marlowe-]{byline rule:" in out
    assert "lost (content): By Edith Marlowe" in out
    assert "left (residue): The council of Tarnwick voted" in out
    assert "upside-down" in page.read_text(encoding="utf-8")
    assert "herald-0/1" not in page.read_text(encoding="utf-8")


def test_figures_as_json(run: Run, gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert run("evaluate", gold, "--model", "none", "--json", path).code == 0
    written = json.loads(path.read_bytes())
    assert len(written["figures"]["scores"]) == 16
    [row] = written["figures"]["kinds"]
    figure = row["figures"]["recall"]
    assert figure["low"] <= figure["value"] <= figure["high"]
    assert written["tables"]["documents"].startswith("| known of them |")


def test_wrong_usage(run: Run, gold: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    for arguments, reason in (
        ((tmp_path / "none.jsonl",), "cannot be read"),
        ((gold, "--model", tmp_path / "none.npz"), "cannot be read"),
        ((gold, "--model", gold), "is no model file"),
        ((gold, "--model", "one.npz", "--folds", 5), "put {fold} into --model"),
        ((gold, "--model", "none", "--json", gold), "is an input"),
        ((gold, "--model", "none", "--html", tmp_path / "page.html"), "say how many with --worst"),
    ):
        ran = run("evaluate", *arguments)
        assert ran.code == 2, reason
        assert reason in ran.err
    (tmp_path / "there.json").write_text("{}")
    ran = run("evaluate", gold, "--model", "none", "--json", tmp_path / "there.json")
    assert ran.code == 2
    assert "--force" in ran.err
    (tmp_path / "there.json").unlink()
    assert tree(tmp_path) == before


def test_folds_of_models_that_are_there(run: Run, tmp_path: Path) -> None:
    """A missing fold's model is named."""
    two = [document | {"fold": number % 2} for number, document in enumerate(documents()[::2])]
    ran = run("evaluate", write(tmp_path / "two.jsonl", two), "--model", tmp_path / "without-{fold}.npz", "--folds", 2)
    assert ran.code == 2
    assert "without-0.npz" in ran.err
