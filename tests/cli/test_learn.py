"""`cleaner learn`, and what other commands make of its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, tree
from tests.learning.crawl import crawl


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """The test crawl as a folder of two sites, five documents each."""
    folder = tmp_path / "crawl"
    for name, documents in list(crawl().items())[:2]:
        (folder / name).mkdir(parents=True)
        for number, document in enumerate(documents[:5]):
            (folder / name / f"{number}.txt").write_text(document.text, encoding="utf-8")
    return folder


def test_a_folder_is_learned_and_cleaned(run: Run, crawled: Path, tmp_path: Path) -> None:
    before = tree(crawled)
    ran = run("learn", crawled, "-o", tmp_path / "sites.toml")
    assert (ran.code, ran.out) == (0, b"")
    assert "documents: 10" in ran.err
    assert "sites with rules: 2" in ran.err
    assert "near duplicates: 0" in ran.err
    made = run("clean", crawled, "-o", tmp_path / "out", "--site-rules", tmp_path / "sites.toml")
    assert made.code == 0
    assert b"Brindlequox" not in b"".join(tree(tmp_path / "out").values())
    assert tree(crawled) == before


def test_learning_again_gives_the_same_bytes(run: Run, crawled: Path, tmp_path: Path) -> None:
    out = tmp_path / "sites.toml"
    run("learn", crawled, "-o", out, "-q")
    first = out.read_bytes()
    assert run("learn", crawled, "-o", out, "-q").err == ""
    assert out.read_bytes() == first
    assert run("learn", *sorted(crawled.rglob("*.txt"), reverse=True), "-o", tmp_path / "other.toml", "-q").code == 0


def test_a_rule_that_was_turned_off_stays_off(run: Run, crawled: Path, tmp_path: Path) -> None:
    out = tmp_path / "sites.toml"
    run("learn", crawled, "-o", out, "-q")
    text = out.read_text(encoding="utf-8")
    line = 'text = "plum quoxers nunder first"\n'
    assert line in text
    out.write_text(text.replace(line, f"{line}off = true\n"), encoding="utf-8")
    run("learn", crawled, "-o", out, "-q")
    assert out.read_text(encoding="utf-8").count("off = true") == 1 + text.count("off = true")
    document = crawled / "brindle-review.example" / "0.txt"
    explained = run("rules", "explain", document, "--site-rules", out).out
    assert b"More from" in explained
    assert b"a line of brindle-review.example: plum quoxers" not in explained
    run("learn", crawled, "-o", out, "-q", "--force")
    assert out.read_text(encoding="utf-8") == text


def test_an_existing_file_of_another_kind_is_not_replaced(run: Run, crawled: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes.txt"
    out.write_text("my notes", encoding="utf-8")
    ran = run("learn", crawled, "-o", out)
    assert ran.code == 2
    assert "notes.txt" in ran.err
    assert out.read_text(encoding="utf-8") == "my notes"


def test_outputs_do_not_fall_among_inputs(run: Run, crawled: Path) -> None:
    ran = run("learn", crawled, "-o", crawled / "sites.toml")
    assert ran.code == 2
    assert "would lie in the input folder" in ran.err


def test_going_on_from_a_state(run: Run, crawled: Path, tmp_path: Path) -> None:
    out, state = tmp_path / "sites.toml", tmp_path / "state"
    first, second = sorted(crawled.iterdir())
    run("learn", crawled, "-o", tmp_path / "whole.toml", "-q")
    assert run("learn", first, "-o", out, "--state", state, "-q").code == 0
    again = run("learn", first, "-o", out, "--state", state)
    assert "documents: 5 (5 from the state)" in again.err
    assert second.is_dir()


def test_near_duplicates_are_listed(run: Run, crawled: Path, tmp_path: Path) -> None:
    original = crawled / "brindle-review.example" / "0.txt"
    copy = crawled / "fellside-radio.example" / "copy.txt"
    copy.write_text(original.read_text(encoding="utf-8").replace("Krell", "Krall") + "\nShort.\n", encoding="utf-8")
    ran = run("learn", crawled, "-o", tmp_path / "sites.toml", "--duplicates", tmp_path / "twice.jsonl")
    assert "near duplicates: 1" in ran.err
    (found,) = map(json.loads, (tmp_path / "twice.jsonl").read_text().splitlines())
    assert {found["id"], found["of"]} == {"brindle-review.example/0.txt", "fellside-radio.example/copy.txt"}
    assert found["likeness"] > 0.9


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run: Run, crawled: Path, tmp_path: Path) -> None:
    (crawled / "brindle-review.example" / "broken.txt").write_bytes(b"PK\x03\x04" + bytes(100))
    ran = run("learn", crawled, "-o", tmp_path / "sites.toml")
    assert ran.code == 1
    assert "broken.txt: the input is no text" in ran.err
    assert "failed: 1" in ran.err
    assert (tmp_path / "sites.toml").exists()
    assert run("learn", tmp_path / "nothing", "-o", tmp_path / "no.toml").code == 2
    assert not (tmp_path / "no.toml").exists()
    ran = run("learn", crawled, "-o", "")
    assert (ran.code, "option output='': is empty" in ran.err) == (2, True)


def test_explain_names_the_site_rule(run: Run, crawled: Path, tmp_path: Path) -> None:
    out = tmp_path / "sites.toml"
    run("learn", crawled, "-o", out, "-q")
    ran = run("rules", "explain", crawled / "brindle-review.example" / "1.txt", "--site-rules", out)
    assert b"site:brindle-review.example/" in ran.out
    assert b"it is a line of brindle-review.example: plum quoxers nunder first, seen on 5 of 5 documents" in ran.out


def test_unusable_site_rules_are_told(run: Run, crawled: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("version = 1\n[[site]]\n", encoding="utf-8")
    for rules in (bad, tmp_path / "missing.toml"):
        ran = run("clean", crawled, "-o", tmp_path / "out", "--site-rules", rules)
        assert ran.code == 2
        assert str(rules) in ran.err
    assert not (tmp_path / "out").exists()


def test_a_run_is_not_resumed_under_other_site_rules(run: Run, crawled: Path, tmp_path: Path) -> None:
    run("learn", crawled, "-o", tmp_path / "sites.toml", "-q")
    assert run("clean", crawled, "-o", tmp_path / "out", "-q").code == 0
    ran = run("clean", crawled, "-o", tmp_path / "out", "--resume", "--site-rules", tmp_path / "sites.toml")
    assert ran.code == 2
    assert "site_rules was none" in ran.err


def test_near_duplicates_are_left_out_on_request(run: Run, crawled: Path, tmp_path: Path) -> None:
    original = crawled / "brindle-review.example" / "0.txt"
    copy = crawled / "fellside-radio.example" / "copy.txt"
    copy.write_text(
        original.read_text(encoding="utf-8") + "\nThe council has not yet said whether it will come to the opening day.\n", encoding="utf-8"
    )
    assert len(tree_of(run, crawled, tmp_path / "all")) == 11
    ran = run("clean", crawled, "-o", tmp_path / "out", "--drop-duplicates")
    assert ran.code == 0
    assert "0.txt is nearly the same as fellside-radio.example/copy.txt; skipped" in ran.err
    assert "skipped: 1 (1 near duplicates)" in ran.err
    made = tree(tmp_path / "out")
    assert len(made) == 10
    assert "brindle-review.example/0.txt" not in made
    again = run("clean", crawled, "-o", tmp_path / "out", "--resume")
    assert again.code == 2
    assert "near duplicates was left out" in again.err
    ran = run("clean", "-", "--drop-duplicates", stdin=b"text")
    assert ran.code == 2
    assert "standard input cannot be read a second time" in ran.err


def test_lines_of_a_site_do_not_make_duplicates(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "brindle-review.example"
    folder.mkdir(parents=True)
    words = [f"vrum{first}{second}le" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrst"]
    legal = [" ".join(words[at : at + 20]) + "." for at in range(0, 400, 20)]
    for number, document in enumerate(crawl()["brindle-review.example"][:6]):
        body = next(text for kind, text in document.lines if kind == "body" and text.count(" ") > 40)
        (folder / f"{number}.txt").write_text("\n\n".join([body, *legal]), encoding="utf-8")
    rules = tmp_path / "sites.toml"
    run("learn", tmp_path / "in", "-o", rules, "-q")
    assert len(tree_of(run, folder, tmp_path / "one", "--drop-duplicates")) < 6
    assert len(tree_of(run, folder, tmp_path / "two", "--drop-duplicates", "--site-rules", rules)) == 6


def tree_of(run: Run, folder: Path, out: Path, *options: object) -> dict[str, bytes]:
    """What cleaning a folder writes."""
    assert run("clean", folder, "-o", out, "-q", *options).code == 0
    return tree(out)
