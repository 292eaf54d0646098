"""`cleaner diff --runs A B`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import RESIDUE, Run


@pytest.fixture
def outputs(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> tuple[Path, Path]:
    """One run without the rule, one with it."""
    one, two = tmp_path / "one", tmp_path / "two"
    (scrape / "old.txt").write_text("Only the first run has seen this.\n", encoding="utf-8")
    assert run("clean", scrape, "-o", one, "--ledger").code == 0
    (scrape / "old.txt").unlink()
    assert run("clean", scrape, "-o", two, "--ledger", "--rules", rules, "--strip", "subheading").code == 0
    return one, two


def test_what_changed_by_label_and_document(run: Run, outputs: tuple[Path, Path]) -> None:
    ran = run("diff", "--runs", *outputs)
    out = ran.out.decode()
    assert ran.code == 0
    assert "one.txt" in out
    assert f"{RESIDUE}  {{" in out
    assert "→ advert rule:test-residue}" in out
    assert "advert: " in out
    assert "documents in both runs: 3" in out
    assert "only in the first run: 1 (old.txt)" in out


def test_the_same_run_twice_has_not_changed(run: Run, outputs: tuple[Path, Path]) -> None:
    out = run("diff", "--runs", outputs[0], outputs[0]).out.decode()
    assert out == "documents in both runs: 4, changed: 0\n"


def test_as_a_page(run: Run, outputs: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "runs.html"
    assert run("diff", "--runs", *outputs, "--html", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert '"mode":"runs"' in text
    assert RESIDUE in text
    assert "What changed" in text
    assert run("diff", "--runs", *outputs, "--html", page).code == 2
    assert run("diff", "--runs", *outputs, "--html", page, "--force").code == 0


def test_json_lines_outputs(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("clean", scrape, "-o", one, "--ledger").code == 0
    assert run("clean", scrape, "-o", two, "--ledger", "--rules", rules).code == 0
    assert "rule:test-residue" in run("diff", "--runs", one, two).out.decode()


def test_a_changed_output_is_named_and_the_rest_goes_on(run: Run, outputs: tuple[Path, Path]) -> None:
    (outputs[1] / "one.txt").write_text("something else", encoding="utf-8")
    ran = run("diff", "--runs", *outputs)
    assert ran.code == 1
    assert "changed after cleaning" in ran.err
    assert b"sub/two.md" in ran.out


@pytest.mark.parametrize("arguments", [("--runs", "a", "b", "c"), ("--runs", "a"), ()])
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("diff", *arguments).code == 2


def test_outputs_without_a_ledger(run: Run, scrape: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out").code == 0
    ran = run("diff", "--runs", tmp_path / "out", tmp_path / "gone")
    assert ran.code == 2
    assert "--ledger" in ran.err
