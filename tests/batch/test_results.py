from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.results import Failed, Reviewable, documents
from cleaner.errors import InputError
from cleaner.pipeline import Cleaner
from tests.cli.conftest import PROSE, RESIDUE, Run

_TEXT = f"{PROSE}\n\nShare this article\n\n{PROSE[:70]} and so on, he said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A text, a page, a broken file, a file of decisions."""
    made = tmp_path / "crawl"
    (made / "site").mkdir(parents=True)
    (made / "site" / "bridge.txt").write_text(_TEXT, encoding="utf-8")
    (made / "page.html").write_text(f"<html><body><article><h1>Bridge</h1><p>{PROSE}</p></article></body></html>", encoding="utf-8")
    (made / "broken.txt").write_bytes(bytes(300))
    (made / "decisions.jsonl").write_bytes(b"")
    return made


def test_a_folder_of_documents_is_cleaned(folder: Path) -> None:
    found = list(documents(str(folder), Cleaner()))
    assert [(thing.id.rpartition("/")[2], type(thing)) for thing in found] == [
        ("broken.txt", Failed),
        ("page.html", Reviewable),
        ("bridge.txt", Reviewable),
    ]
    text = found[2]
    assert isinstance(text, Reviewable)
    assert text.site == "site"
    assert text.result.source == _TEXT


def test_an_output_folder_shows_what_the_run_did(run: Run, scrape: Path, rules: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out, "--ledger", "--rules", rules).code == 0
    found = [thing for thing in documents(str(out), Cleaner()) if isinstance(thing, Reviewable)]
    assert {thing.id for thing in found} == {"one.txt", "sub/two.md", "sub/page.html"}
    removed = {thing.result.source[span.start : span.end] for thing in found for span in thing.result.spans if not span.kept}
    assert RESIDUE in removed  # the rule that took it is not known here
    assert all("".join(thing.result.source[s.start : s.end] for s in thing.result.spans) == thing.result.source for thing in found)


def test_a_changed_output_is_named(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out, "--ledger").code == 0
    (out / "one.txt").write_text("something else", encoding="utf-8")
    (failed,) = [thing for thing in documents(str(out), Cleaner()) if isinstance(thing, Failed)]
    assert failed.id == "one.txt"
    assert "changed after cleaning" in failed.reason


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret.", encoding="utf-8")
    (tmp_path / "crawl-of-others").mkdir()
    (tmp_path / "crawl-of-others" / "theirs.txt").write_text("Theirs.", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "others").symlink_to(tmp_path / "crawl-of-others")
    (folder / "fine.txt").symlink_to(folder / "site" / "bridge.txt")
    found = list(documents(str(folder), Cleaner()))
    assert [thing.id for thing in found if isinstance(thing, Reviewable)] == ["fine.txt", "page.html", "site/bridge.txt"]
    assert sum("leads out of the folder" in thing.reason for thing in found if isinstance(thing, Failed)) == 2


def test_a_ledger_that_leads_out_is_not_followed(run: Run, scrape: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("clean", scrape, "-o", out, "--ledger").code == 0
    ledger = out / "ledger.jsonl"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"output":"one.txt"', '"output":"../scrape/one.txt"'), encoding="utf-8")
    (failed,) = [thing for thing in documents(str(out), Cleaner()) if isinstance(thing, Failed)]
    assert "leads out of the folder" in failed.reason


def test_what_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        list(documents(str(tmp_path / "gone"), Cleaner()))
