"""Decisions on the command line: honoured by `clean` and `diff`, and `review`'s own usage."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from cleaner.load.decisions import DECISIONS
from cleaner.load.site_rules import load_site_rules
from tests.cli.conftest import RESIDUE, Run
from tests.decisions import decision, write
from tests.learning.crawl import crawl


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


def test_what_was_said_of_a_whole_folder_is_honoured_in_all_of_it(run: Run, scrape: Path, tmp_path: Path) -> None:
    for folder in ("gazette", "post"):
        (scrape / folder).mkdir()
        (scrape / folder / "a.txt").write_bytes((scrape / "one.txt").read_bytes())
    source = (scrape / "one.txt").read_text(encoding="utf-8")
    last = "and so on, he said."
    goes = decision(
        last, label="editorial_note", source=f"Another text.\n{source}", id="gazette/b.txt", scope="site", site="gazette", body=""
    )
    write(scrape / DECISIONS, goes)
    assert run("clean", scrape, "-o", tmp_path / "out", "-q").code == 0
    stays = {name: last in (tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("one.txt", "gazette/a.txt", "post/a.txt")}
    assert stays == {"one.txt": True, "gazette/a.txt": False, "post/a.txt": True}


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
    ran = run("clean", scrape, "-o", tmp_path / "out")
    assert (ran.code, "holds none; name it to have it cleaned; skipped" in ran.err) == (0, True)
    assert run("clean", scrape, "-o", tmp_path / "other", "--decisions", scrape / DECISIONS).code == 2


def test_resume_under_other_decisions_is_refused(run: Run, scrape: Path, decided: Path, tmp_path: Path) -> None:
    assert run("clean", scrape, "-o", tmp_path / "out").code == 0
    decided.write_bytes(decided.read_bytes().splitlines(keepends=True)[0])
    ran = run("clean", scrape, "-o", tmp_path / "out", "--resume")
    assert ran.code == 2
    assert "decisions was" in ran.err


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """Five documents of one site, and what a reviewer said of three lines of one of them."""
    folder = tmp_path / "crawl"
    site, documents = next(iter(crawl().items()))
    (folder / site).mkdir(parents=True)
    for number, document in enumerate(documents[:5]):
        (folder / site / f"{number}.txt").write_text(document.text, encoding="utf-8")
    source = documents[0].text
    about = functools.partial(decision, source=source, id=f"{site}/0.txt", site=site)
    first = next(line for line in source.splitlines() if line.lower().startswith("plum quoxers"))
    body = next(line for line in source.splitlines() if line.count(" ") > 20)
    write(
        folder / DECISIONS,
        about(first, "keep", "subheading"),
        about(body, label="editorial_note", scope="site"),
        about(body.split(". ")[0] + ".", label="editorial_note", scope="identical"),
    )
    return folder


def test_learn_is_corrected_by_decisions(run: Run, crawled: Path, tmp_path: Path) -> None:
    sites, mine = tmp_path / "sites.toml", tmp_path / "mine.toml"
    ran = run("learn", crawled, "-o", sites, "--decisions", "none", "-q")
    assert (ran.code, ran.err) == (0, "")
    assert "reviewed" not in sites.read_text(encoding="utf-8")
    ran = run("learn", crawled, "-o", sites)
    assert ran.code == 0
    assert f"honours the reviewers' decisions in {crawled / DECISIONS}" in ran.err
    assert "decisions: 3\nlines decided on: 2\nlines for all documents: 1 (--user-rules FILE writes them)" in ran.err
    rules = {rule.text: rule.label for site in load_site_rules(sites).sites for rule in site.line if rule.reviewed}
    assert rules.pop("plum quoxers nunder first") == "subheading"
    assert list(rules.values()) == ["editorial_note"]
    ran = run("learn", crawled, "-o", sites, "--user-rules", mine)
    assert "writes them" not in ran.err
    checked = run("rules", "check", mine)
    assert (checked.code, checked.err) == (0, "rules: 1\nfailed examples: 0\n")
    # Which file says it first, and how often it was learned, makes no difference.
    (one, two, three), made = (crawled / DECISIONS).read_bytes().splitlines(keepends=True), (sites.read_bytes(), mine.read_bytes())
    (crawled / DECISIONS).write_bytes(three + one + two)
    assert run("learn", crawled, "-o", sites, "--user-rules", mine, "-q").code == 0
    assert (sites.read_bytes(), mine.read_bytes()) == made
    (crawled / DECISIONS).write_bytes(b"")
    assert run("learn", crawled, "-o", sites, "--decisions", crawled / DECISIONS, "-q").code == 0
    assert "reviewed" not in sites.read_text(encoding="utf-8")


def test_what_was_learned_from_decisions_cleans_other_documents(run: Run, crawled: Path, tmp_path: Path) -> None:
    sites, mine = tmp_path / "sites.toml", tmp_path / "mine.toml"
    assert run("learn", crawled, "-o", sites, "--user-rules", mine, "-q").code == 0
    (crawled / DECISIONS).unlink()
    (document,) = crawled.rglob("1.txt")
    ran = run("clean", document, "--site-rules", sites, "--rules", mine)
    assert b"plum quoxers" in ran.out.lower()
    assert run("learn", crawled, "-o", tmp_path / "without.toml", "-q").code == 0
    assert b"plum quoxers" not in run("clean", document, "--site-rules", tmp_path / "without.toml").out.lower()


def test_user_rules_replace_nothing_but_their_own_kind(run: Run, crawled: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("# my own rules\n", encoding="utf-8")
    ran = run("learn", crawled, "-o", tmp_path / "sites.toml", "--user-rules", mine)
    assert ran.code == 2
    assert "holds something else than rules from decisions" in ran.err
    assert mine.read_text(encoding="utf-8") == "# my own rules\n"
    assert run("learn", crawled, "-o", tmp_path / "sites.toml", "--user-rules", mine, "--force", "-q").code == 0
    (crawled / DECISIONS).unlink()
    ran = run("learn", crawled, "-o", tmp_path / "sites.toml", "--user-rules", mine)
    assert ran.code == 2
    assert "there are no decisions to make rules of" in ran.err


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
