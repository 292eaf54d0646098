"""Files of many documents, and ledgers: a record that fails costs itself alone, and nothing is written beside the output."""

from __future__ import annotations

import functools
import gzip
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.records import clean_rows, name_of, rows_of, written
from cleaner.batch.restore import restore
from cleaner.batch.runs import read_run
from cleaner.batch.work import Manner, Task, work
from cleaner.errors import CleanerError
from cleaner.load.fields import Fields
from cleaner.sinks.places import Place
from cleaner.sources.folders import Input
from cleaner.sources.formats import Kind
from cleaner.sources.records import chunks
from tests.cleaners import PARAGRAPHS, rules_alone
from tests.fuzz.laws import advice
from tests.fuzz.target import Target, tokens

_MOST_CHARS = 300_000


def _rows() -> list[dict[str, Any]]:
    texts = ("\n".join(["Teilen", *PARAGRAPHS, "Foto: dpa"]), PARAGRAPHS[0], "", "<html><body><p>Short page</p></body></html>")
    return [
        {
            "id": f"a/{number}",
            "url": f"https://herald.example/{number}",
            "title": "The ferry",
            "text": text,
            "n": number,
            "more": {"x": [1.5, None]},
        }
        for number, text in enumerate(texts)
    ]


def _lines() -> Sequence[bytes]:
    lines = b"".join(json.dumps(row, ensure_ascii=number % 2 == 0).encode() + b"\n" for number, row in enumerate(_rows()))
    return [lines, lines.replace(b'"text"', b'"html"'), lines.replace(b"\n", b"\r\n")]


def _tables() -> Sequence[bytes]:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    made = []
    for compression in ("none", "snappy"):
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(_rows()), sink, compression=compression)
        made.append(sink.getvalue())
    return made


@functools.cache
def _archives() -> Sequence[bytes]:
    pages = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>"
        + PARAGRAPHS[0].encode()
        + b"</p></body></html>",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone</p>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Caf\xe9 " + PARAGRAPHS[1].encode() + b"</p>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>packed</p>", mtime=0),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n",
    ]
    records = [
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"WARC-Target-URI: https://herald.example/{number}\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
        ).encode()
        + page
        + b"\r\n\r\n"
        for number, page in enumerate(pages)
    ]
    records.append(
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:9>\r\n"
        b"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    )
    return [b"".join(records), b"".join(gzip.compress(record, mtime=0) for record in records)]


def _check_records(content: bytes, folder: Path, name: str, kind: Kind) -> None:
    path = folder / name
    path.write_bytes(content)
    document = Input(name, str(path), kind, None, "a", len(content))
    out = folder / "out"
    try:
        for chunk in chunks(document, Fields(), skip=0, max_chars=_MOST_CHARS):
            rows = rows_of(chunk, name)
            assert len(rows) == chunk.count, "a record is lost"
            cleaned = clean_rows(rules_alone(), rows, lambda place, chunk=chunk: name_of(name, chunk.first + place), lambda _: None)  # type: ignore[misc]
            assert len(cleaned.results) + cleaned.counts.failed == chunk.count
            assert not any("a fault of cleaner" in reason for _, reason in cleaned.counts.failures), cleaned.counts.failures
            for form in ("jsonl", "json"):
                place = Place("a", folder=str(out) if form == "json" else None, form=form, replace=True)
                written(chunk, cleaned, place, form)
    except CleanerError as error:
        advice(error)
    except OSError:
        pass  # the run says it with the file's name
    _check_nothing_beside(folder, {name, "out"})
    if out.is_dir():
        for made in list(os.scandir(out)):
            assert made.is_file(follow_symlinks=False)
            os.unlink(made.path)


def _check_nothing_beside(folder: Path, expected: set[str]) -> None:
    assert {entry.name for entry in os.scandir(folder)} <= expected, "something was written beside the output"


def check_lines(content: bytes, folder: Path) -> None:
    """A JSONL file."""
    _check_records(content, folder, "a.jsonl", "jsonl")


def check_table(content: bytes, folder: Path) -> None:
    """A Parquet file."""
    _check_records(content, folder, "a.parquet", "parquet")


def check_archive(content: bytes, folder: Path) -> None:
    """A WARC file."""
    _check_records(content, folder, "a.warc", "warc")


@functools.cache
def _ledgers() -> Sequence[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        entries = []
        for name, content in _inputs().items():
            (folder / name).write_bytes(content)
            kind: Kind = "html" if name.endswith("html") else "text"
            task = Task(Input(name, str(folder / name), kind, None, "a"), Place(f"{name}.out", str(folder / f"{name}.out")))
            entry = work(rules_alone(), Manner(ledger=True), task).entry
            assert entry is not None
            entries.append(entry + b"\n")
    return [b"".join(entries)]


def _inputs() -> dict[str, bytes]:
    text = "\r\n".join(["Teilen", *PARAGRAPHS, "Foto: dpa", ""])
    return {"a.txt": text.encode("utf-16"), "b.txt": text.encode() + b"\xff\n", "c.html": b"<p>" + text.encode() + b"</p>"}


def check_ledger(content: bytes, folder: Path) -> None:
    """A ledger: what is restored has the digest that it names, and nothing is written outside the folder."""
    out, back = folder / "out", folder / "back"
    out.mkdir(exist_ok=True)
    for name, original in _inputs().items():
        (out / f"{name}.out").write_bytes(_cleaned(name, original))
    (out / "ledger.jsonl").write_bytes(content)
    try:
        for restored in restore(str(out), str(back), replace=True):
            assert restored.error or Path(restored.path).is_relative_to(back)
        for ran in read_run(str(out)):
            assert ran.error or ran.result
    except CleanerError as error:
        advice(error)
    except OSError:
        pass  # the run says it with the file's name
    _check_nothing_beside(folder, {"out", "back"})


@functools.cache
def _cleaned(name: str, content: bytes) -> bytes:
    clean = rules_alone().clean_html if name.endswith("html") else rules_alone().clean_text
    return clean(content).text.encode()


_JSON = tokens(
    '{ } [ ] : , " null true 1e400 -0 \\u0000 \\ud800 \\udc00 NaN Infinity {"text": "text":null "text":1 "text":["x"]',
    '"id":{} "id":"../../x" "url":0 [[[[[[[[',
)
LINES = Target(
    _lines, (*_JSON, *tokens('"html" "content" "title":[] "id":"/etc/passwd" "id":"\\u0000" "spans" "warnings":1')), check_lines, 60
)
TABLE = Target(_tables, tokens("PAR1 text id url ARROW:schema SNAPPY"), check_table, 40)
ARCHIVE = Target(
    _archives,
    (
        *tokens(
            "WARC/1.0 WARC/ HTTP/1.1_200_OK Content-Length:_99999999999 Content-Length:_-1 Content-Length: charset=undefined",
            "charset=idna charset=hex",
            "Content-Encoding:_br Content-Encoding:_gzip Transfer-Encoding:_chunked ffffffff WARC-Type:_resource",
            "WARC-Target-URI:_../../x \x1f\x8b\x08",
        ),
        b"\r\n\r\n",
        b"\r\n",
    ),
    check_archive,
    60,
)
LEDGER = Target(
    _ledgers,
    (
        *_JSON,
        *tokens(
            '"id":"../x" "id":"/x" "output":"../../dev/zero" "holds":"json" "encoding":"undefined" "encoding":"zlib" "mark":"zz" "page":""',
            '"start":-1',
        ),
    ),
    check_ledger,
    60,
)
