"""`cleaner clean` on files of records: JSONL, Parquet, WARC and WET in; folders, JSONL and Parquet out."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.sources.files import pack
from tests.cleaners import PARAGRAPHS
from tests.cli.conftest import PROSE, RESIDUE, Run, tree

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402


def story(number: int) -> str:
    """A scrape with residue in it."""
    return f"{RESIDUE}\n\n{PARAGRAPHS[number % 4]} Number {number}.\n\n{PROSE} {number}\n"


def clean_story(number: int, rules: Path) -> str:
    """What must be left of it."""
    return cleaner.clean_text(story(number), options=cleaner.Options(rules=(str(rules),))).text


def records(count: int) -> list[dict[str, Any]]:
    """Records with fields of their own."""
    return [{"key": number, "text": story(number), "meta": {"crawl": "2026-11"}, "score": number / 2} for number in range(count)]


def lines(rows: list[dict[str, Any]]) -> bytes:
    """The rows as JSONL."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """A folder of JSONL, packed JSONL and Parquet."""
    folder = tmp_path / "shards"
    (folder / "b").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(lines(records(200)))
    (folder / "b" / "c.jsonl.gz").write_bytes(gzip.compress(lines(records(30))))
    table = pa.table({"key": list(range(70)), "text": [story(number) for number in range(70)], "day": pa.array([0] * 70, pa.date32())})
    pq.write_table(table, folder / "b" / "d.parquet", row_group_size=25)
    return folder


def test_columns_stay_and_records_come_in_order(run: Run, shards: Path, rules: Path, tmp_path: Path) -> None:
    ran = run("clean", shards / "a.jsonl", "-o", tmp_path / "out.jsonl", "--rules", rules, "--id-field", "key", "--jobs", 2)
    assert ran.code == 0, ran.err
    assert "a.jsonl: texts from 'text', ids from 'key'" in ran.err
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["text"] for row in made] == [clean_story(number, rules) for number in range(200)]
    assert RESIDUE not in made[0]["text"]
    assert list(made[0])[:4] == ["key", "text", "meta", "score"]
    assert made[3] == {**made[3], "key": 3, "meta": {"crawl": "2026-11"}, "score": 1.5, "id": "3", "language": "en", "warnings": []}
    assert made[3]["spans"][0]["label"] == "advert"
    assert "documents: 200" in ran.err


def test_a_folder_is_mirrored_shard_by_shard(run: Run, shards: Path, rules: Path, tmp_path: Path) -> None:
    assert run("clean", shards, "-o", tmp_path / "out", "--rules", rules, "--jobs", 3).code == 0
    made = tree(tmp_path / "out")
    assert set(made) == {"a.jsonl", "b/c.jsonl.gz", "b/d.parquet"}
    packed = [json.loads(line) for line in gzip.decompress(made["b/c.jsonl.gz"]).splitlines()]
    assert [row["id"] for row in packed] == [f"b/c.jsonl.gz#{number + 1}" for number in range(30)]
    assert made["a.jsonl"].count(b"\n") == 200
    table = pq.read_table(io.BytesIO(made["b/d.parquet"]))
    assert table.column_names == ["key", "text", "day", "id", "url", "title", "authors", "date", "language", "spans", "warnings"]
    assert table.schema.field("day").type == pa.date32()
    assert table["text"].to_pylist() == [clean_story(number, rules) for number in range(70)]
    again = tmp_path / "again"
    assert run("clean", shards, "-o", again, "--rules", rules).code == 0
    assert tree(again) == made, "the number of jobs changes nothing"


def test_all_to_one_parquet_file(run: Run, shards: Path, tmp_path: Path) -> None:
    (shards / "b" / "d.parquet").unlink()
    out = tmp_path / "all.parquet"
    assert run("clean", shards, "-o", out, "--jobs", 2).code == 0
    table = pq.read_table(out)
    assert table.num_rows == 230
    assert table.column_names[:4] == ["key", "text", "score", "other"]
    assert json.loads(table["other"][0].as_py()) == {"meta": {"crawl": "2026-11"}}, "what fits into no column is not lost"
    assert table["spans"][0][0]["kept"].as_py() in (True, False)


def test_a_column_that_changes_its_type_is_not_lost(run: Run, tmp_path: Path) -> None:
    rows = [{"text": PROSE, "n": number} for number in range(100)]
    rows[90] = {"text": PROSE, "n": "ninety", "late": True}
    (tmp_path / "in.jsonl").write_bytes(lines(rows))
    assert run("clean", tmp_path / "in.jsonl", "-o", tmp_path / "out.parquet").code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table["n"].to_pylist()[89:92] == [89, None, 91]
    assert json.loads(table["other"][90].as_py()) == {"n": "ninety", "late": True}


def test_pages_addresses_and_titles(run: Run, tmp_path: Path) -> None:
    page = (
        f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Bridge</h1><p>{PROSE}</p><p>{PARAGRAPHS[0]}</p></article></body></html>"
    )
    row = {"uri": "https://herald.example/1", "raw": page, "head": "The bridge of Oakmere"}
    (tmp_path / "in.jsonl").write_bytes(lines([row]))
    fields = ["--html-field", "raw", "--url-field", "uri", "--title-field", "head"]
    ran = run("clean", tmp_path / "in.jsonl", *fields)
    made = json.loads(ran.out)
    options = cleaner.Options(title="The bridge of Oakmere")
    assert made["text"] == cleaner.clean_html(page, url="https://herald.example/1", options=options).text
    assert (made["url"], made["title"], made["raw"]) == ("https://herald.example/1", "The bridge of Oakmere", page)


def test_standard_input_as_jsonl(run: Run, rules: Path) -> None:
    ran = run("clean", "-", "--rules", rules, stdin=lines(records(3)))
    assert ran.code == 0
    made = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["id"] for row in made] == ["stdin#1", "stdin#2", "stdin#3"]
    assert made[2]["text"] == clean_story(2, rules)
    named = run("clean", "-", "--text-field", "story", stdin=lines([{"story": PROSE}]))
    assert json.loads(named.out)["text"] == PROSE
    assert run("clean", "-", "-q", stdin=b'{"no": "record"}').out == b'{"no": "record"}', "JSON without a text is a text"
    assert run("clean", "-", "-q", "--jobs", 2, stdin=PROSE.encode()).out == PROSE.encode()


def test_a_record_that_fails_costs_itself_alone(run: Run, tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": PROSE}).encode()
    bad = [b"{", b"[1]", b'{"id": "null", "text": null}', b'{"id": "number", "text": 7}', b'{"id": "bytes", "text": "\xff"}']
    (tmp_path / "in.jsonl").write_bytes(b"\n".join([good, b"", *bad, good]))
    ran = run("clean", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert ran.code == 1
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["good", "good"]
    reasons = {
        "in.jsonl#2": "is no JSON (",
        "in.jsonl#3": "is no JSON object",
        "in.jsonl#4": "has nothing in 'text'",
        "in.jsonl#5": "has a int where a text must be",
        "in.jsonl#6": "is no JSON (",
    }
    assert all(f"{id}: {reason}" in ran.err for id, reason in reasons.items()), ran.err
    assert "failed: 5" in ran.err
    manifest = json.loads((tmp_path / "out.manifest.json").read_bytes())
    assert manifest["failed"] == len(manifest["failures"]) == 5


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", b"no json\n", "is no JSONL"),
        ("a.jsonl", b'{"story": "x"}\n', "--text-field"),
        ("a.jsonl.gz", gzip.compress(lines(records(5)))[:40], "broken"),
        ("a.parquet", b"PAR1 not really", "no Parquet file"),
        ("a.warc", b"no archive", "the archive is broken"),
    ],
    ids=["no JSON", "no text", "torn gzip", "no Parquet", "no WARC"],
)
def test_files_that_hold_no_records(run: Run, tmp_path: Path, name: str, content: bytes, told: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "good.jsonl").write_bytes(lines(records(2)))
    ran = run("clean", folder, "-o", tmp_path / "out.jsonl")
    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 2


def test_a_file_that_breaks_off_keeps_what_came_before(run: Run, tmp_path: Path) -> None:
    import random

    noise = random.Random(7)
    rows = [{"text": f"{PROSE} {noise.getrandbits(4096):x}"} for _ in range(300)]
    packed = gzip.compress(lines(rows))
    (tmp_path / "in.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    ran = run("clean", tmp_path / "in.jsonl.gz", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "cannot be read behind record" in ran.err
    made = gzip.decompress((tmp_path / "out" / "in.jsonl.gz").read_bytes()).splitlines()
    assert 0 < len(made) < 300


def test_a_file_for_each_record(run: Run, shards: Path, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines([{"id": f"a/../{number}?", "text": story(number)} for number in range(3)]))
    assert run("clean", tmp_path / "in.jsonl", "-o", tmp_path / "out", "--format", "text", "--rules", rules).code == 0
    made = tree(tmp_path / "out")
    assert set(made) == {f"in/000000{number + 1}-a_.._{number}.txt" for number in range(3)}
    assert made["in/0000002-a_.._1.txt"].decode() == clean_story(1, rules)
    run("clean", shards / "b", "-o", tmp_path / "md", "--format", "markdown")
    assert len(tree(tmp_path / "md")) == 100
    assert {name.split("/")[0] for name in tree(tmp_path / "md")} == {"c", "d"}


def test_packed_outputs(run: Run, shards: Path, tmp_path: Path) -> None:
    pytest.importorskip("backports.zstd")
    from backports import zstd

    assert run("clean", shards / "a.jsonl", "-o", tmp_path / "plain.jsonl").code == 0
    plain = (tmp_path / "plain.jsonl").read_bytes()
    for end in ("gz", "zst"):
        assert run("clean", shards / "a.jsonl", "-o", tmp_path / f"all.jsonl.{end}", "--jobs", 2).code == 0
    assert gzip.decompress((tmp_path / "all.jsonl.gz").read_bytes()) == plain
    with zstd.open(tmp_path / "all.jsonl.zst") as file:
        assert file.read() == plain
    (tmp_path / "in.jsonl.zst").write_bytes(pack(lines(records(4)), "zstd"))
    (tmp_path / "in.parquet.gz").write_bytes(gzip.compress((shards / "b" / "d.parquet").read_bytes()))
    assert run("clean", tmp_path / "in.jsonl.zst", tmp_path / "in.parquet.gz", "-o", tmp_path / "out").code == 0
    assert set(tree(tmp_path / "out")) == {"in.jsonl.zst", "in.parquet"}


def _warc(path: Path, *, wet: bool = False) -> None:
    answers: list[tuple[str, str, bytes]] = [
        (
            "200 OK",
            "text/html; charset=utf-8",
            f"<html><body><article><p>{PROSE}</p><p>{PARAGRAPHS[1]}</p></article></body></html>".encode(),
        ),
        ("404 Not Found", "text/html", b"<p>gone</p>"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html; charset=iso-8859-1", f"<html><body><p>Das Caf\xe9 am Hafen. {PROSE}</p></body></html>".encode("latin-1")),
        ("200 OK", "text/plain", PROSE.encode()),
        ("200 OK", "text/html\r\nContent-Encoding: gzip", gzip.compress(f"<html><body><p>{PROSE}</p></body></html>".encode())),
        (
            "200 OK",
            "text/html\r\nTransfer-Encoding: chunked",
            b"5\r\n<html\r\n%x\r\n><p>%s\r\n0\r\n\r\n" % (len(PROSE) + 4, PROSE.encode()),
        ),
    ]
    with path.open("wb") as file:
        for number, (status, kind, body) in enumerate(answers):
            content = PROSE.encode() if wet else f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
            head = (
                f"WARC/1.0\r\nWARC-Type: {'conversion' if wet else 'response'}\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
                f"WARC-Target-URI: https://herald.example/{number}\r\nContent-Length: {len(content)}\r\n"
                f"Content-Type: {'text/plain' if wet else 'application/http; msgtype=response'}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + content + b"\r\n\r\n"))


def test_archives(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    _warc(tmp_path / "crawl.warc.gz")
    ran = run("clean", tmp_path / "crawl.warc.gz", "-o", tmp_path / "out.jsonl")
    assert ran.code == 0, ran.err
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["url"] for row in made] == [f"https://herald.example/{number}" for number in (0, 3, 4, 5, 6)]
    assert made[0]["id"] == "<urn:uuid:00000000-0000-0000-0000-000000000000>"
    assert PROSE in made[0]["text"]
    assert "Café" in made[1]["text"], "the server's charset is believed"
    assert [row["text"] for row in made[2:]] == [PROSE] * 3, "what was packed or cut on its way is put together"
    assert "skipped: 2 (1 answers other than 200, 1 contents other than HTML and plain text)" in ran.err
    _warc(tmp_path / "crawl.warc.wet.gz", wet=True)
    assert run("clean", tmp_path / "crawl.warc.wet.gz", "-o", tmp_path / "wet").code == 0
    assert len(gzip.decompress((tmp_path / "wet" / "crawl.warc.jsonl.gz").read_bytes()).splitlines()) == 7


def test_the_manifest_is_the_same_but_for_times(run: Run, shards: Path, rules: Path, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        assert run("clean", shards, "-o", tmp_path / name, "--rules", rules, "--jobs", 1 + (name == "two")).code == 0
        manifest = json.loads((tmp_path / f"{name}.manifest.json").read_bytes())
        assert manifest.pop("times")["seconds"] > 0
        found.append(manifest)
    one = found[0]
    assert one == found[1]
    assert one["documents"] == 300
    assert one["removed"]["advert"] == one["removed_by_reason"]["rule:test-residue"] == 300
    assert one["words"] > one["words_kept"] > 0
    assert one["settings"]["rules"].startswith("rules.toml:")
    assert one["fields"] == {"jsonl": {"text": "text"}, "parquet": {"text": "text"}}
    assert len(one["data_sha256"]) == 64
    assert one["whole"] is True


def test_a_file_in_the_manifests_place_stays(run: Run, shards: Path, tmp_path: Path) -> None:
    (tmp_path / "out.manifest.json").write_text("mine")
    ran = run("clean", shards, "-o", tmp_path / "out")
    assert ran.code == 1
    assert "no manifest of cleaner" in ran.err
    assert (tmp_path / "out.manifest.json").read_text() == "mine"


def test_a_finished_run_is_resumed_without_doing_anything(run: Run, shards: Path, tmp_path: Path) -> None:
    for out in (tmp_path / "out", tmp_path / "out.jsonl", tmp_path / "out.parquet"):
        inputs = [shards] if out.suffix != ".parquet" else [shards / "b" / "d.parquet"]
        count = 300 if out.suffix != ".parquet" else 70
        assert run("clean", *inputs, "-o", out).code == 0
        before = tree(out) if out.is_dir() else {"": out.read_bytes()}
        ran = run("clean", *inputs, "-o", out, "--resume")
        assert ran.code == 0, ran.err
        assert "documents: 0" in ran.err
        assert f"finished earlier: {count}" in ran.err
        assert (tree(out) if out.is_dir() else {"": out.read_bytes()}) == before
        manifest = json.loads((tmp_path / "out.manifest.json").read_bytes())
        assert manifest["documents"] == count


def test_a_finished_parquet_file_is_added_to(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(records(90)))
    out = tmp_path / "out.parquet"
    assert run("clean", folder, "-o", out).code == 0
    for name, number in (("b", 20), ("c", 5)):
        (folder / f"{name}.jsonl").write_bytes(lines(records(number)))
        assert run("clean", folder, "-o", out, "--resume").code == 0
    ids = pq.read_table(out)["id"].to_pylist()
    assert ids == [f"{name}.jsonl#{number + 1}" for name, count in (("a", 90), ("b", 20), ("c", 5)) for number in range(count)]


@pytest.mark.parametrize("more", [["--ledger"], ["-o", "one.txt"], ["-o", "x", "--format", "text", "-o", "y.parquet"]])
def test_what_records_cannot_do_is_refused(
    run: Run, shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("clean", shards / "a.jsonl", "-o", "out", *more)
    assert ran.code == 2
    assert not (tmp_path / "out").exists()


def test_other_fields_than_the_first_half_are_refused(run: Run, shards: Path, tmp_path: Path) -> None:
    assert run("clean", shards / "a.jsonl", "-o", tmp_path / "out").code == 0
    ran = run("clean", shards / "a.jsonl", "-o", tmp_path / "out", "--resume", "--id-field", "key")
    assert ran.code == 2
    assert "fields was guessed" in ran.err
    ran = run("clean", shards / "a.jsonl", "-o", tmp_path / "out", "--resume", "--format", "text")
    assert ran.code == 2
    assert "records was as they came" in ran.err


def test_a_dry_run_of_records(run: Run, shards: Path, tmp_path: Path) -> None:
    ran = run("clean", shards, "-o", tmp_path / "out", "--dry-run")
    assert ran.code == 0
    assert "documents: 300" in ran.err
    assert b"a.jsonl -> a.jsonl (64 records, keeps" in ran.out
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "out.manifest.json").exists()


def test_a_column_of_another_type_than_a_records_stays_one(run: Run, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": f"a{n}", "text": f"By Ada Marlow\n{PROSE}", "authors": "Ada", "date": 5} for n in range(70)]
    rows += [{"id": f"b{n}", "text": f"By Ada Marlow\n{PROSE}"} for n in range(70)]
    (tmp_path / "a.jsonl").write_bytes(lines(rows))
    ran = run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out.parquet")
    assert ran.code == 0, ran.err
    made = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["authors"], row["date"]) for row in made] == [("Ada", 5)] * 70 + [(None, None)] * 70


def _answers(path: Path, bodies: list[tuple[str, bytes]]) -> None:
    """An archive of answers with more headers."""
    whole = b""
    for number, (more, body) in enumerate(bodies):
        content = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{number}\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
        whole += head.encode() + content + b"\r\n\r\n"
    path.write_bytes(whole)


def test_an_answer_that_cannot_be_unpacked_costs_none_behind_it(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    page = f"<html><body><article><p>{PROSE}</p></article></body></html>".encode()
    packed = gzip.compress(page)
    _answers(
        tmp_path / "a.warc",
        [
            ("Content-Encoding: gzip\r\n", page),  # unpacked by the crawler, which kept the header
            ("Transfer-Encoding: chunked\r\n", page),
            ("Content-Encoding: gzip\r\n", packed[:12] + b"\xff" * 20 + packed[32:]),
            ("Content-Encoding: no-such\r\n", page),
            ("Content-Encoding: gzip\r\n", packed),
        ],
    )
    ran = run("clean", tmp_path / "a.warc", "-o", tmp_path / "out.jsonl")
    assert (ran.code, ran.err.count("looks like a gzip file")) == (1, 1), ran.err
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["url"][-1], row["text"]) for row in made] == [(number, PROSE) for number in "0134"]


def test_an_archive_that_ends_within_a_record_is_told(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    _answers(tmp_path / "a.warc", [("", f"<p>{PROSE}</p>".encode())] * 2)
    content = (tmp_path / "a.warc").read_bytes()
    (tmp_path / "a.warc").write_bytes(content[:-30])
    ran = run("clean", tmp_path / "a.warc", "-o", tmp_path / "out.jsonl")
    assert ran.code == 1
    assert "behind record 1: the archive is broken (it ends within a record): fetch it anew" in ran.err
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1
