"""`cleaner diff` and the report of `cleaner clean`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PROSE, RESIDUE, Run, tree


@pytest.mark.parametrize("style", ["inline", "side", "unified"])
def test_removals_are_shown_with_their_reason(run: Run, scrape: Path, rules: Path, style: str) -> None:
    before = tree(scrape)
    ran = run("diff", scrape, "--style", style, "--rules", rules)
    out = ran.out.decode()
    assert ran.code == 0
    assert "one.txt" in out
    assert "Zzyzx" in out
    assert "test-residue" in out
    assert tree(scrape) == before


def test_a_page_of_its_own(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    (scrape / "tags.txt").write_text(f"{PROSE} <script>alert(1)</script>\n\n{RESIDUE}\n")
    page = tmp_path / "diff.html"
    assert run("diff", scrape, "--html", page, "--rules", rules).code == 0
    written = page.read_text(encoding="utf-8")
    assert RESIDUE in written
    assert "<script>alert(1)" not in written
    assert "one.txt" in written
    assert run("diff", scrape, "--html", page, "--rules", rules).code == 2
    assert run("diff", scrape, "--html", page, "--rules", rules, "--force").code == 0


def test_records_are_documents_each(run: Run, rules: Path, tmp_path: Path) -> None:
    rows = [{"key": "first", "story": f"{RESIDUE}\n\n{PROSE}"}, {"key": "empty", "story": None}, {"key": "last", "story": PROSE}]
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    (tmp_path / "a.jsonl").write_bytes(lines)
    for ran in (
        run("diff", tmp_path / "a.jsonl", "--rules", rules, "--text-field", "story", "--id-field", "key"),
        run("diff", "-", "--rules", rules, "--text-field", "story", "--id-field", "key", stdin=lines),
    ):
        out = ran.out.decode()
        assert ran.code == 1
        assert [line.split(":")[0] for line in out.splitlines() if line.startswith("#")] == ["# first", "# last"]
        assert f"[-{RESIDUE}-]" in out
        assert '"story"' not in out
        assert "#2: has nothing in 'story'" in ran.err
    assert "name one with --text-field" in run("diff", tmp_path / "a.jsonl").err


def test_a_bad_document_does_not_end_it(run: Run, scrape: Path) -> None:
    (scrape / "bad.txt").write_bytes(bytes(300))
    ran = run("diff", scrape)
    assert ran.code == 1
    assert "bad.txt" in ran.err
    assert b"one.txt" in ran.out
    assert run("diff", scrape / "nowhere.txt").code == 2


def test_report(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("clean", scrape, "-o", tmp_path / "out", "--rules", rules, "--report", page, "--jobs", 2).code == 0
    assert RESIDUE in page.read_text(encoding="utf-8")
    assert run("clean", scrape, "-o", tmp_path / "other", "--report", page).code == 2


def test_markdown_and_its_ledger(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out", "--rules", rules, "--format", "markdown", "--ledger").code == 0
    assert set(tree(tmp_path / "out")) == {"one.md", "sub/two.md", "sub/page.md", "ledger.jsonl"}
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == {name: data for name, data in tree(scrape).items() if name != "table.csv"}
