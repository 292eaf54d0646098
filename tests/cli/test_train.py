"""`cleaner train`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cleaner.learning.documents import Labelled
from tests.cli.conftest import Run
from tests.decisions import SOURCE, decision
from tests.decisions import write as write_decisions
from tests.learning.invented import documents, write


def test_a_trained_model_cleans_and_is_measured(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("catboost")
    pytest.importorskip("scipy")
    gold = write(tmp_path / "gold.jsonl", documents()[::2])
    model = tmp_path / "models" / "mine.npz"
    ran = run("train", gold, "-o", model)
    assert ran.code == 0, ran.err
    assert "8 documents with labels" in ran.err
    assert [path.name for path in model.parent.iterdir()] == ["mine.npz"]
    assert model.stat().st_size < 4_000_000
    other = write(tmp_path / "other.jsonl", documents()[1::2])
    ran = run("evaluate", other, "--model", model)
    assert ran.code == 0, ran.err
    row = next(line for line in ran.out.decode().splitlines() if line.startswith("| labels "))
    kept_and_removed = [float(cell.split()[0]) for cell in row.split("|")[4:8]]
    assert min(kept_and_removed) > 0.95
    section = next(line for line in ran.out.decode().splitlines() if line.startswith("| section "))
    assert float(section.split("|")[5].split()[0]) > 0.5


def test_without_the_extra(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "catboost", None)
    ran = run("train", write(tmp_path / "gold.jsonl", documents()), "-o", tmp_path / "model.npz")
    assert ran.code == 2
    assert "pip install 'article-cleaner[train]'" in ran.err
    assert not (tmp_path / "model.npz").exists()


def test_decisions_are_read_before_anything_is_trained(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[Labelled] = []
    monkeypatch.setattr("cleaner.learning.folds.train_file", lambda documents, *_, **__: trained.extend(documents))
    gold = write(tmp_path / "gold.jsonl", documents())
    (tmp_path / "reviewed").mkdir()
    (tmp_path / "reviewed" / "lock.txt").write_text(SOURCE, encoding="utf-8")
    tip, gone = decision("Lesetipp der Woche", id="lock.txt"), decision("Lesetipp der Woche", id="gone.txt")
    decided = write_decisions(tmp_path / "reviewed" / "decisions.jsonl", tip, gone)
    ran = run("train", gold, "-o", tmp_path / "model.npz", "--decisions", decided)
    assert ran.code == 0
    assert "1 decided lines of 1 documents, each counts as 5" in ran.err
    assert (
        "nothing is learned of 1 decided documents: no decided line of theirs is found in the folder of the decisions (gone.txt)" in ran.err
    )
    assert (len(trained), trained[-1].id, trained[-1].weight) == (17, "lock.txt", 5.0)
    ran = run("train", gold, "-o", tmp_path / "model.npz", "--decisions", decided, "--decided-weight", 2, "--reviewed", tmp_path / "gone")
    assert ran.code == 2
    assert "is no folder" in ran.err
    assert run("train", gold, "-o", tmp_path / "model.npz", "--decisions", gold).code == 2


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", documents())
    bad = write(tmp_path / "bad.jsonl", [documents()[0] | {"labels": ["body"]}])
    rough = write(
        tmp_path / "rough.jsonl", [document | {"labels": ["content"] * len(document["lines"]), "spans": []} for document in documents()]
    )
    (tmp_path / "there.npz").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    model = tmp_path / "model.npz"
    for arguments, reason in (
        ((gold, "-o", tmp_path / "there.npz"), "exists already: --force replaces it"),
        ((gold, "-o", gold, "--force"), "is an input"),
        ((gold, "-o", tmp_path), "is a folder"),
        ((gold, "-o", tmp_path / "file" / "model.npz"), "cannot be written"),
        ((gold, "-o", model, "--folds", 3), "put {fold} into the name"),
        ((gold, "-o", tmp_path / "m-{fold}.npz"), "{fold} needs --folds"),
        ((bad, "-o", model), "line 1: 16 lines, but 1 labels"),
        ((rough, "-o", model), "a model needs 2 of residue"),
        ((tmp_path / "none.jsonl", "-o", model), "cannot be read"),
        ((gold,), "--output"),
    ):
        ran = run("train", *arguments)
        assert ran.code == 2, reason
        assert reason in ran.err
    assert (tmp_path / "there.npz").read_bytes() == b"old"
    assert not model.exists()
