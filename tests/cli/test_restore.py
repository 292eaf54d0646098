"""`cleaner restore`: the inputs back, or which digest differs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import PROSE, RESIDUE, Run, tree


def _inputs(scrape: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(scrape).items() if not name.endswith(".csv")}


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_the_bytes_come_back(run: Run, scrape: Path, rules: Path, tmp_path: Path, form: str) -> None:
    (scrape / "crlf.txt").write_bytes(b"\xef\xbb\xbf" + f"{PROSE}\r\n\r\n{RESIDUE}\r\n\r\n{PROSE}\r\n".encode())
    assert run("clean", scrape, "-o", tmp_path / "out", "--ledger", "--rules", rules, "--format", form).code == 0
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 0
    assert "restored: 4" in ran.err
    assert tree(tmp_path / "back") == _inputs(scrape)


def test_from_one_jsonl_file_and_from_one_cleaned_file(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "all.jsonl", "--ledger", "--rules", rules).code == 0
    assert run("restore", tmp_path / "all.jsonl", "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == _inputs(scrape)
    assert run("clean", scrape, "-o", tmp_path / "out", "--ledger", "--rules", rules).code == 0
    assert run("restore", tmp_path / "out" / "sub" / "two.txt", "-o", tmp_path / "one").code == 0
    assert tree(tmp_path / "one") == {"sub/two.md": (scrape / "sub" / "two.md").read_bytes()}
    assert run("clean", scrape / "one.txt", "-o", tmp_path / "body.txt", "--ledger", "--rules", rules).code == 0
    assert run("restore", tmp_path / "body.txt", "-o", tmp_path / "single").code == 0
    assert tree(tmp_path / "single") == {"one.txt": (scrape / "one.txt").read_bytes()}


def test_the_ledger_says_what_went(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out", "--ledger", "--rules", rules)
    entry = json.loads((tmp_path / "out" / "ledger.jsonl").read_text().splitlines()[0])
    assert entry["id"] == "one.txt"
    assert entry["output"] == "one.txt"
    assert entry["encoding"] == "utf-8"
    assert [span["text"] for span in entry["spans"] if span["label"] == "advert"] == [RESIDUE]
    assert all("text" in span for span in entry["spans"] if not span["kept"])


def test_a_changed_file_is_named_and_the_rest_comes_back(run: Run, scrape: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out", "--ledger")
    (tmp_path / "out" / "one.txt").write_text("changed")
    (tmp_path / "out" / "sub" / "page.txt").unlink()
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 1
    assert "one.txt" in ran.err
    assert "SHA-256" in ran.err
    assert "page.txt" in ran.err
    assert set(tree(tmp_path / "back")) == {"sub/two.md"}


def test_a_changed_ledger_is_found_out(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out", "--ledger", "--rules", rules)
    ledger = tmp_path / "out" / "ledger.jsonl"
    ledger.write_text(ledger.read_text().replace(RESIDUE, RESIDUE[::-1]))
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 1
    assert "the ledger was changed" in ran.err


def test_a_ledger_does_not_lead_out_of_the_folder(run: Run, scrape: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out", "--ledger")
    ledger = tmp_path / "out" / "ledger.jsonl"
    ledger.write_text(ledger.read_text().replace('"id":"one.txt"', '"id":"../../escaped.txt"'))
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "deep" / "back")
    assert ran.code == 1
    assert not (tmp_path / "escaped.txt").exists()
    assert "leads out" in ran.err


def test_nothing_is_overwritten_without_force(run: Run, scrape: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out", "--ledger")
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert (ran.code, ran.err.count("exists already: --force replaces it\n")) == (1, 3)
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back", "--force").code == 0
    assert run("restore", tmp_path / "out", "-o", "").code == 2


def test_packed_inputs_are_packed_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt.gz").write_bytes(gzip.compress(PROSE.encode(), 1))
    run("clean", tmp_path / "in", "-o", tmp_path / "out", "--ledger")
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 0
    assert "packed anew" in ran.err
    assert gzip.decompress((tmp_path / "back" / "a.txt.gz").read_bytes()) == PROSE.encode()


def test_without_a_ledger(run: Run, scrape: Path, tmp_path: Path) -> None:
    run("clean", scrape, "-o", tmp_path / "out")
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 2
    assert "--ledger" in ran.err
    assert run("restore", tmp_path / "nowhere", "-o", tmp_path / "back").code == 2
    (tmp_path / "out" / "ledger.jsonl").write_text("nonsense\n")
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 2
