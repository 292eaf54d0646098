"""`cleaner clean`: what is written where, and what is never written."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest

from cleaner.load.model import DEFAULT_MODEL
from tests.cli.conftest import PROSE, RESIDUE, Run, tree


def test_a_folder_is_mirrored_and_counted(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    ran = run("clean", scrape, "-o", tmp_path / "out", "--rules", rules)
    assert ran.code == 0
    made = tree(tmp_path / "out")
    assert set(made) == {"one.txt", "sub/two.txt", "sub/page.txt"}
    assert RESIDUE.encode() not in b"".join(made.values())
    assert PROSE.encode() in made["one.txt"]
    assert PROSE.encode() in made["sub/two.txt"]
    assert PROSE.encode() in made["sub/page.txt"]
    assert "documents: 3" in ran.err
    assert "failed: 0" in ran.err
    assert "skipped: 1 (1 .csv)" in ran.err
    assert "words kept:" in ran.err
    assert "  advert: 2" in ran.err
    assert "documents/s" in ran.err
    assert ran.out == b""


def test_one_document_goes_to_standard_output_to_the_byte(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_bytes(f"{PROSE}\r\n\r\n{PROSE[5:]}\r\n".encode())
    ran = run("clean", path, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, path.read_bytes(), "")


def test_standard_input_is_text_or_page_by_its_looks(run: Run) -> None:
    assert run("clean", "-", "-q", stdin=PROSE.encode()).out == PROSE.encode()
    assert run("clean", "-", "-q", stdin=f"<html><body><p>{PROSE}</p></body></html>".encode()).out == PROSE.encode()


def test_several_documents_need_an_output(run: Run, scrape: Path) -> None:
    ran = run("clean", scrape)
    assert ran.code == 2
    assert "-o" in ran.err
    records = run("clean", scrape, "--format", "jsonl", "-q").out.splitlines()
    assert [json.loads(record)["id"] for record in records] == ["one.txt", "sub/page.html", "sub/two.md"]


def test_names_that_meet_keep_their_suffix(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.html").write_text(f"<html><body><p>{PROSE}</p></body></html>", encoding="utf-8")
    (folder / "b.txt").write_text(PROSE, encoding="utf-8")
    (folder / "b.txt.gz").write_bytes(gzip.compress(PROSE.encode()))
    assert run("clean", folder, "-o", tmp_path / "out").code == 0
    assert set(tree(tmp_path / "out")) == {"b.txt", "b.txt.txt", "b.txt.gz.txt"}
    assert len(set(tree(tmp_path / "out").values())) == 1


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("json", "json"), ("jsonl", "jsonl")])
def test_formats(run: Run, scrape: Path, tmp_path: Path, form: str, suffix: str) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out", "--format", form).code == 0
    made = tree(tmp_path / "out")
    assert set(made) == {f"one.{suffix}", f"sub/two.{suffix}", f"sub/page.{suffix}"}
    if form != "text":
        record = json.loads(made[f"one.{suffix}"])
        assert list(record) == ["id", "url", "title", "authors", "date", "language", "text", "spans", "warnings"]
        assert record["id"] == "one.txt"
        assert record["language"] == "en"
        assert record["spans"][0] == {**record["spans"][0], "start": 0, "kept": True, "role": "paragraph"}


def test_a_folder_becomes_one_jsonl_file(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert run("clean", scrape, "-o", out).code == 0
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["one.txt", "sub/page.html", "sub/two.md"]
    before = out.read_bytes()
    assert run("clean", scrape, "-o", out).code == 2
    assert out.read_bytes() == before
    assert run("clean", scrape, "-o", out, "--resume").code == 0
    assert out.read_bytes() == before
    (scrape / "three.txt").write_text(PROSE)
    assert run("clean", scrape, "-o", out, "--resume").code == 0
    assert out.read_bytes().startswith(before)
    assert json.loads(out.read_text().splitlines()[-1])["id"] == "three.txt"
    assert run("clean", scrape, "-o", out, "--resume", "--bias", "recall").code == 2


def test_an_interrupted_jsonl_file_waits_for_resume(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert run("clean", scrape, "-o", out, "--ledger").code == 0
    records, ledger = out.read_bytes(), (tmp_path / "all.ledger.jsonl").read_bytes()
    # As an interrupt leaves them: the second record cut, the ledger a line behind.
    out.rename(tmp_path / ".all.jsonl.cleaner-part")
    (tmp_path / "all.ledger.jsonl").rename(tmp_path / ".all.jsonl.cleaner-ledger-part")
    first = records.index(b"\n") + 1
    (tmp_path / ".all.jsonl.cleaner-part").write_bytes(records[: first + 30])
    (tmp_path / ".all.jsonl.cleaner-ledger-part").write_bytes(b"")
    ran = run("clean", scrape, "-o", out, "--ledger")
    assert ran.code == 2
    assert "--resume" in ran.err
    assert run("clean", scrape, "-o", out, "--ledger", "--resume").code == 0
    assert out.read_bytes() == records
    assert (tmp_path / "all.ledger.jsonl").read_bytes() == ledger
    assert not list(tmp_path.glob(".*part"))


def test_one_document_to_one_file(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "body.txt"
    assert run("clean", scrape / "one.txt", "-o", out).code == 0
    assert PROSE in out.read_text()
    assert run("clean", scrape / "one.txt", "-o", out).code == 1
    assert run("clean", scrape / "one.txt", "-o", out, "--force").code == 0
    assert run("clean", scrape, "-o", tmp_path / "body.txt").code == 2


def test_keep_and_strip(run: Run, scrape: Path, rules: Path) -> None:
    assert RESIDUE.encode() not in run("clean", scrape / "one.txt", "--rules", rules, "-q").out
    assert RESIDUE.encode() in run("clean", scrape / "one.txt", "--rules", rules, "--keep", "advert,byline", "-q").out
    ran = run("clean", scrape / "one.txt", "--keep", "nonsense")
    assert ran.code == 2
    assert "nonsense" in ran.err
    assert "photo_credit" in ran.err


def test_dry_run_writes_nothing(run: Run, scrape: Path, tmp_path: Path) -> None:
    ran = run("clean", scrape, "-o", tmp_path / "out", "--dry-run", "--ledger")
    assert ran.code == 0
    assert not (tmp_path / "out").exists()
    assert b"sub/two.md -> " in ran.out
    assert "documents: 3" in ran.err
    assert run("clean", scrape, "--dry-run").code == 0


def test_an_existing_output_is_left_alone(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "one.txt").write_text("mine")
    ran = run("clean", scrape, "-o", out)
    assert ran.code == 1
    assert "--force" in ran.err
    assert (out / "one.txt").read_text() == "mine"
    assert (out / "sub" / "two.txt").exists()
    ran = run("clean", scrape, "-o", out)
    assert ran.code == 2
    assert "--resume" in ran.err
    assert "--force" in ran.err
    assert run("clean", scrape, "-o", out, "--force").code == 0
    assert PROSE in (out / "one.txt").read_text()


def test_resume_passes_over_what_is_finished(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out).code == 0
    (out / "one.txt").write_text("finished")
    (scrape / "one.html").write_text(f"<html><body><p>{PROSE}</p></body></html>")
    ran = run("clean", scrape, "-o", out, "--resume")
    assert ran.code == 0
    assert "finished earlier: 3" in ran.err
    assert "documents: 1" in ran.err
    assert (out / "one.txt").read_text() == "finished"
    assert PROSE in (out / "one.html.txt").read_text(), "a finished document keeps its name, the newcomer gets another"


@pytest.mark.parametrize(
    ("more", "named"),
    [(["--bias", "recall"], "bias"), (["--format", "json"], "format"), (["--keep", "caption"], "keep"), (["--ledger"], "ledger")],
)
def test_resume_under_other_options_is_refused(run: Run, scrape: Path, tmp_path: Path, more: list[str], named: str) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out).code == 0
    before = tree(out)
    ran = run("clean", scrape, "-o", out, "--resume", *more)
    assert ran.code == 2
    assert f"{named} was " in ran.err
    assert tree(out) == before


def test_resume_with_a_changed_rule_file_or_version_is_refused(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out, "--rules", rules).code == 0
    changed = rules.read_text().replace('"advert"', '"promotion"')
    before = rules.read_text()
    rules.write_text(changed)
    ran = run("clean", scrape, "-o", out, "--rules", rules, "--resume")
    assert ran.code == 2
    assert "rules was rules.toml:" in ran.err
    rules.write_text(before)
    journal = out / ".cleaner-run.jsonl"
    header, rest = journal.read_text().split("\n", 1)
    journal.write_text(json.dumps({**json.loads(header), "version": "0.0.1"}) + "\n" + rest)
    ran = run("clean", scrape, "-o", out, "--rules", rules, "--resume")
    assert ran.code == 2
    assert "0.0.1" in ran.err


def test_resume_after_a_cut_goes_on_from_the_last_whole_line(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out, "--ledger").code == 0
    whole = (out / "ledger.jsonl").read_bytes()
    (out / "ledger.jsonl").write_bytes(whole[:-20])
    ran = run("clean", scrape, "-o", out, "--ledger", "--resume")
    assert ran.code == 0
    assert "documents: 1" in ran.err
    assert (out / "ledger.jsonl").read_bytes() == whole


def test_output_inside_the_input_is_never_cleaned(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = scrape / "out"
    assert run("clean", scrape, "-o", out).code == 0
    ran = run("clean", scrape, "-o", out, "--resume")
    assert ran.code == 0
    assert "documents: 0" in ran.err
    assert "this run's output folder" in ran.err
    ran = run("clean", scrape, "-o", tmp_path / "second")
    assert ran.code == 0
    assert "documents: 3" in ran.err
    assert "holds the output of a run" in ran.err
    assert run("clean", out, "-o", tmp_path / "third").code == 0, "a named output folder can be cleaned again"


def test_never_over_an_input(run: Run, scrape: Path, tmp_path: Path) -> None:
    before = tree(scrape)
    assert run("clean", scrape, "-o", scrape, "--force").code == 2
    assert run("clean", scrape / "one.txt", "-o", scrape / "one.txt", "--force").code == 2
    assert run("clean", scrape / "one.txt", "-o", scrape, "--force").code == 1
    assert run("clean", scrape / "sub", "-o", scrape, "--force").code == 0, "beside the input folder is not in it"
    for name in ("two.txt", "page.txt", ".cleaner-run.jsonl"):
        (scrape / name).unlink()
    link = tmp_path / "out"
    link.mkdir()
    os.symlink(scrape / "sub", link / "sub")
    ran = run("clean", scrape, "-o", link, "--force")
    assert ran.code == 1
    assert "never written to" in ran.err
    assert tree(scrape) == before


def test_a_page_never_goes_over_an_input(run: Run, scrape: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("clean", scrape, "-o", tmp_path / name, "--ledger").code == 0
    before = tree(tmp_path)
    page = scrape / "sub" / "page.html"
    for arguments in (
        ["clean", scrape, "-o", tmp_path / "out", "--report", page],
        ["clean", page, "--report", page],
        ["diff", scrape, "--html", page],
        ["diff", page, "--html", page],
        ["diff", "--runs", tmp_path / "a", tmp_path / "b", "--html", tmp_path / "a" / "ledger.jsonl"],
    ):
        ran = run(*arguments, "--force")
        assert ran.code == 2
        assert "never written to" in ran.err
        assert tree(tmp_path) == before
    assert run("clean", scrape, "-o", tmp_path / "out", "--report", scrape / "new.html").code == 0


def test_resume_with_another_model_of_the_same_name_is_refused(run: Run, scrape: Path, tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    model = tmp_path / "mine.npz"
    model.write_bytes(DEFAULT_MODEL.read_bytes())
    assert run("clean", scrape, "-o", tmp_path / "out", "--model", model).code == 0
    assert run("clean", scrape, "-o", tmp_path / "out", "--model", model, "--resume").code == 0
    with numpy.load(DEFAULT_MODEL) as arrays:
        numpy.savez(model, **arrays)
    ran = run("clean", scrape, "-o", tmp_path / "out", "--model", model, "--resume")
    assert ran.code == 2
    assert "model file was mine.npz:" in ran.err
    digest = json.loads((tmp_path / "out.manifest.json").read_text())["model_sha256"]
    assert digest == hashlib.sha256(DEFAULT_MODEL.read_bytes()).hexdigest()


def test_several_paths(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text(f"{PROSE} {name}")
    assert run("clean", tmp_path / "a", tmp_path / "b" / "same.txt", "-o", tmp_path / "out").code == 0
    assert set(tree(tmp_path / "out").values()) == {f"{PROSE} a".encode(), f"{PROSE} b".encode()}


def test_jobs_give_the_same(run: Run, scrape: Path, tmp_path: Path) -> None:
    for number in range(20):
        (scrape / f"more-{number:02}.txt").write_text(f"{PROSE}\n\n{number} {PROSE}\n")
    assert run("clean", scrape, "-o", tmp_path / "one", "--ledger").code == 0
    assert run("clean", scrape, "-o", tmp_path / "many", "--ledger", "--jobs", 3).code == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "many")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--engine", "ray"],
        ["--ray-address", "auto", "-o", "x"],
        ["--format", "parquet"],
        ["--format", "jsonl", "-o", "x.parquet"],
        ["-o", "x.parquet.gz"],
        ["-o", "x.txt.gz"],
        ["-o", "x.jsonl.gz", "--ledger"],
        ["--site-rules", "sites.toml"],
        ["--model", "weights.npz"],
        ["--resume"],
        ["--ledger"],
        ["--jobs", "0"],
        ["--bias", "odd"],
        ["--format", "text", "-o", "x.jsonl"],
        ["--resume", "--force", "-o", "x"],
        ["--rules", "no-such-file.toml", "-o", "x"],
        ["--model", "no-such-model.npz", "-o", "x"],
        ["--model", "", "-o", "x"],
        ["-o", ""],
        ["--report", "", "-o", "x"],
        ["--report", "x.jsonl", "-o", "x.jsonl"],
    ],
)
def test_wrong_usage(run: Run, scrape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    before = tree(tmp_path)
    ran = run("clean", scrape, *arguments)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err
    assert tree(tmp_path) == before


def test_version_and_module(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith(b"cleaner ")
