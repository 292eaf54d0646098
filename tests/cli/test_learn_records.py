"""Records as documents of sites: what is learned from them, and which of them are left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import msgspec
import pytest

from cleaner.learning.inputs import Read, Unread, documents_of
from cleaner.learning.learner import Learner
from cleaner.load.fields import Fields
from cleaner.load.site_rules import load_site_rules
from cleaner.sources.folders import find
from cleaner.values import Source
from tests.cli.conftest import Run
from tests.learning.crawl import Crawled, crawl


def _records(documents: list[Crawled], **names: str) -> bytes:
    named = {"id": "id", "url": "url", "text": "text"} | names
    rows = [
        {named["id"]: document.url.rsplit("/", 1)[1], named["url"]: document.url, named["text"]: document.text} for document in documents
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _some() -> list[Crawled]:
    return [document for documents in list(crawl().values())[:2] for document in documents[:6]]


def _found(path: Path, fields: Fields | None = None) -> list[Read | Unread]:
    (document,) = find([str(path)], lambda folder: None)
    return list(documents_of(document, fields or Fields(), max_chars=1_000_000))  # type: ignore[arg-type]


def test_a_record_has_an_id_an_address_and_a_place(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl.gz"
    path.write_bytes(gzip.compress(_records(_some()[:2]) + b"no JSON\n"))
    first, second, third = _found(path)
    document = _some()[1]
    assert second == Read(Source(content=document.text, id=document.url.rsplit("/", 1)[1], url=document.url), "text", "", 1)
    assert isinstance(first, Read)
    assert isinstance(third, Unread)
    assert third.name == "crawl.jsonl.gz#3"


def test_the_site_may_be_a_field(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_text('{"text": "One.", "paper": "Seetal-Bote", "site": "b.example"}\n', encoding="utf-8")
    (guessed,), (named,) = _found(path), _found(path, Fields(site="paper"))
    assert isinstance(guessed, Read)
    assert isinstance(named, Read)
    assert (guessed.source.site, named.source.site) == ("b.example", "Seetal-Bote")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_records_teach_what_their_files_would(run: Run, tmp_path: Path, form: str) -> None:
    documents = _some()
    records = tmp_path / f"crawl.{form}"
    if form == "jsonl":
        records.write_bytes(_records(documents))
    else:
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.Table.from_pylist([json.loads(line) for line in _records(documents).splitlines()]), records)
    folder = tmp_path / "crawl"
    for document in documents:
        (folder / document.site).mkdir(parents=True, exist_ok=True)
        (folder / document.site / f"{document.url.rsplit('/', 1)[1]}.txt").write_text(document.text, encoding="utf-8")
    for source, out in ((records, "records.toml"), (folder, "files.toml")):
        ran = run("learn", source, "-o", tmp_path / out)
        assert ran.code == 0, ran.err
        assert "documents: 12" in ran.err
    rules = {name: load_site_rules(tmp_path / name) for name in ("records.toml", "files.toml")}
    assert [site.name for site in rules["records.toml"].sites] == [site.name for site in rules["files.toml"].sites]
    lines = {name: {rule.text for site in found.sites for rule in site.line} for name, found in rules.items()}
    assert lines["records.toml"] == lines["files.toml"]


def test_pages_of_an_archive_are_learned(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    archive = b""
    for document in _some():
        payload = document.text.encode()
        archive += (
            f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:{document.url}>\r\nWARC-Target-URI: {document.url}\r\n"
            f"Content-Type: text/plain\r\nContent-Length: {len(payload)}\r\n\r\n"
        ).encode() + payload + b"\r\n\r\n"  # fmt: skip
    (tmp_path / "crawl.warc.wet").write_bytes(archive)
    ran = run("learn", tmp_path / "crawl.warc.wet", "-o", tmp_path / "sites.toml")
    assert ran.code == 0, ran.err
    assert [site.name for site in load_site_rules(tmp_path / "sites.toml").sites] == list(crawl())[:2]


def test_a_state_knows_the_records_that_were_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(_records(_some()[:8]))
    command = ("learn", path, "-o", tmp_path / "sites.toml", "--state", tmp_path / "state")
    assert run(*command).code == 0
    path.write_bytes(_records(_some()))
    assert "documents: 12 (8 from the state)" in run(*command).err
    assert Learner.load(str(tmp_path / "state")).documents == 12


def test_a_field_that_records_lack_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(_records(_some(), text="story"))
    ran = run("learn", path, "-o", tmp_path / "sites.toml")
    assert ran.code == 1
    assert "--text-field" in ran.err
    assert run("learn", path, "-o", tmp_path / "sites.toml", "--text-field", "story").code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_that_are_nearly_the_same_are_left_out(run: Run, tmp_path: Path, jobs: str) -> None:
    documents = _some()
    again = documents[3]._replace(url="https://other.example/zz-again.html", lines=documents[3].lines[:-1])
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(_records([again, *documents]))
    (tmp_path / "single.txt").write_text(documents[4].text.split("\n", 1)[1], encoding="utf-8")
    ran = run("clean", path, tmp_path / "single.txt", "-o", tmp_path / "out.jsonl", "--drop-duplicates", "--model", "none", "-j", jobs)
    assert ran.code == 0, ran.err
    written = [msgspec.json.decode(line)["id"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert written == [document.url.rsplit("/", 1)[1] for document in documents]
    assert f"zz-again.html is nearly the same as {documents[3].url.rsplit('/', 1)[1]}" in ran.err
    assert "single.txt is nearly the same as" in ran.err
