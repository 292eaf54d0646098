"""Decisions on the command line: honoured by `clean` and `diff`, and `review`'s own usage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.load.decisions import DECISIONS
from tests.cli.conftest import RESIDUE, Run
from tests.decisions import decision, write


@pytest.fixture
def decided(scrape: Path) -> Path:
    """Decisions in the folder: the residue stays, the last words of the text go."""
    source = (scrape / "one.txt").read_text(encoding="utf-8")
    body = source.replace(RESIDUE, "")
    stays = decision(RESIDUE, "keep", "body", source=source, id="one.txt", body=body)
    goes = decision("and so on, he said.", label="editorial_note", source=source, id="one.txt", body=body)
    return write(scrape / DECISIONS, stays, goes)


def test_decisions_in_the_folder_are_honoured_and_told(run: Run, scrape: Path, rules: Path, decided: Path, tmp_path: Path) -> None:
    ran = run("clean", scrape, "-o", tmp_path / "out", "--rules", rules, "--format", "json")
    assert ran.code == 0
    assert f"honours the reviewers' decisions in {decided}" in ran.err
    made = json.loads((tmp_path / "out" / "one.json").read_text(encoding="utf-8"))
    assert RESIDUE in made["text"]
    assert "and so on" not in made["text"]
    assert {"editorial_note", "body"} <= {span["label"] for span in made["spans"] if span["reason"] == "reviewed"}
    other = json.loads((tmp_path / "out" / "sub" / "two.json").read_text(encoding="utf-8"))
    assert RESIDUE not in other["text"]


def test_decisions_beside_the_output_are_honoured_too(run: Run, scrape: Path, rules: Path, decided: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out", "--rules", rules, "--decisions", "none").code == 0
    decided.rename(tmp_path / "out" / DECISIONS)
    assert run("clean", scrape, "-o", tmp_path / "out", "--rules", rules, "--force", "--quiet").code == 0
    assert RESIDUE in (tmp_path / "out" / "one.txt").read_text(encoding="utf-8")


def test_none_honours_nothing_and_a_file_can_be_named(run: Run, scrape: Path, rules: Path, decided: Path) -> None:
    assert RESIDUE not in run("clean", scrape / "one.txt", "--rules", rules, "--decisions", "none").out.decode()
    assert RESIDUE in run("clean", scrape / "one.txt", "--rules", rules, "--decisions", decided).out.decode()
    assert b"reviewed" in run("diff", scrape, "--rules", rules).out
    assert b"reviewed" not in run("diff", scrape, "--rules", rules, "--decisions", "none").out


def test_a_file_of_the_same_name_that_is_something_else_is_left_alone(run: Run, scrape: Path, tmp_path: Path) -> None:
    (scrape / DECISIONS).write_text('{"minutes": "of the council"}\n', encoding="utf-8")
    assert run("clean", scrape, "-o", tmp_path / "out").code == 0
    assert run("clean", scrape, "-o", tmp_path / "other", "--decisions", scrape / DECISIONS).code == 2


def test_resume_under_other_decisions_is_refused(run: Run, scrape: Path, decided: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out").code == 0
    decided.write_bytes(decided.read_bytes().splitlines(keepends=True)[0])
    ran = run("clean", scrape, "-o", tmp_path / "out", "--resume")
    assert ran.code == 2
    assert "decisions was" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no-such-folder",), "is no folder"),
        (("{scrape}/one.txt",), "is no folder"),
        (("{scrape}", "--port", "99999"), "65535"),
        (("{scrape}", "--decisions", "{scrape}/one.txt"), "is no decision"),
        (("{scrape}", "--rules", "gone.toml"), "gone.toml"),
    ],
)
def test_review_refuses_what_it_cannot_use(run: Run, scrape: Path, arguments: tuple[str, ...], says: str) -> None:
    ran = run("review", *(argument.format(scrape=scrape) for argument in arguments))
    assert ran.code == 2
    assert says in ran.err


def test_review_without_its_extra_says_how_to_get_it(run: Run, scrape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = run("review", scrape)
    assert ran.code == 2
    assert "pip install 'article-cleaner[review]'" in ran.err
