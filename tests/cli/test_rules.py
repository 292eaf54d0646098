"""`cleaner rules list|check|explain` and `cleaner labels`."""

from __future__ import annotations

from pathlib import Path

from tests.classify.test_naming import PAGE
from tests.cli.conftest import RESIDUE, Run


def test_labels(run: Run) -> None:
    lines = run("labels").out.decode().splitlines()
    assert lines[0].split("\t")[:2] == ["body", "kept"]
    assert any(line.startswith("photo_credit\tremoved\t") for line in lines)


def test_list(run: Run, rules: Path) -> None:
    every = run("rules", "list", "--rules", rules).out.decode().splitlines()
    assert every[0].split("\t")[:4] == ["test-residue", "advert", "*", "lines"]
    some = run("rules", "list", "--label", "liveblog", "--language", "de").out.decode().splitlines()
    assert some
    assert all(line.split("\t")[1] == "liveblog" for line in some)
    assert len(some) < len(every)
    assert run("rules", "list", "--label", "nonsense").code == 2


def test_check(run: Run, rules: Path, tmp_path: Path) -> None:
    assert run("rules", "check", rules).code == 0
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(rules.read_text().replace(f'removes = ["{RESIDUE}"]', 'removes = ["Something else, which no rule knows, stays."]'))
    ran = run("rules", "check", wrong)
    assert ran.code == 1
    assert b"test-residue" in ran.out
    assert b"wrong.toml" in ran.out
    unusable = tmp_path / "unusable.toml"
    unusable.write_text("[[rule]]\n")
    ran = run("rules", "check", unusable, wrong)
    assert ran.code == 2
    assert "unusable.toml" in ran.err
    assert b"test-residue" in ran.out


def test_explain(run: Run, scrape: Path, rules: Path) -> None:
    ran = run("rules", "explain", scrape / "one.txt", "--rules", rules)
    out = ran.out.decode()
    assert ran.code == 0
    assert "advert  rule:test-residue" in out
    assert RESIDUE in out
    assert str(rules) in out
    assert "one of the rule's lines" in out
    ran = run("rules", "explain", (scrape / "one.txt").read_text(), "--rules", rules)
    assert ran.out.decode() == out


def test_another_name_than_the_rules_is_explained(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "menu.txt"
    path.write_text(PAGE)
    out = run("rules", "explain", path).out.decode()
    assert "navigation  rule:en-networks-outside  score 0.95\n  removed  Instagram\n" in out
    assert "  named    navigation by the lines it stands among; of its words alone the rule says share\n" in out


def test_words_that_are_no_article_are_explained_all_the_same(run: Run, rules: Path) -> None:
    ran = run("rules", "explain", RESIDUE, "--rules", rules)
    out = ran.out.decode()
    assert out.startswith("warning: no-article\n")
    assert "advert  rule:test-residue  score 0.95\n" in out
    assert f"  fits     {RESIDUE}\n" in out
    assert ran.err == "removed: 0\n"
    assert "Rules fit" not in run("rules", "explain", "Withern and Dunfold", "--rules", rules).out.decode()
