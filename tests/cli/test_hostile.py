"""What others may have laid out: record ids, links, pipes, packed zeros, changed journals and ledgers. Nothing leaves the output folder."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner.sinks.journal import JOURNAL
from tests.cleaners import PARAGRAPHS
from tests.cli.conftest import PROSE, Run

_IDS: list[Any] = [
    "../../x", "/etc/passwd", "..", ".", "", " ", "a\0b", "CON", "nul.txt", "\uff0e\uff0e/\uff0fx", "\u202e../x", "𝔵" * 300, "字" * 300,
    "x" * 5_000, "a/../../../b", "..\\\\..\\\\c", "-rf", "~/.ssh/x", "a\nb", "\ud800", ".hidden", 7, None, {"a": 1}, ["../x"],
]  # fmt: skip


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl"])
def test_records_stay_in_their_folder_whatever_they_are_called(run: Run, tmp_path: Path, form: str) -> None:
    home = tmp_path / "a" / "b" / "c"
    home.mkdir(parents=True)
    (home / "in.jsonl").write_text("".join(json.dumps({"id": id, "text": f"{PROSE} {number}"}) + "\n" for number, id in enumerate(_IDS)))
    ran = run("clean", home / "in.jsonl", "-o", home / "out", "--format", form)
    assert ran.code == 0, ran.err
    made = _files(tmp_path) - {"a/b/c/in.jsonl", "a/b/c/out.manifest.json"}
    assert all(name.startswith("a/b/c/out/") for name in made)
    if form != "jsonl":
        assert len([name for name in made if name.startswith("a/b/c/out/in/")]) == len(_IDS)
        assert all(len(os.fsencode(name.rpartition("/")[2])) <= 255 for name in made)


def test_files_with_odd_names_stay_in_their_folder(run: Run, tmp_path: Path) -> None:
    names = [
        "..a.txt",
        "a..txt",
        "\uff0e\uff0e\uff0fx.txt",
        "\u202etxt.txt",
        "-o.txt",
        "a\nb.txt",
        "CON.txt",
        "%2e%2e%2fx.txt",
        "..\\x.txt",
        "字" * 80 + ".txt",
    ]
    (tmp_path / "in").mkdir()
    for number, name in enumerate(names):
        (tmp_path / "in" / name).write_text(f"{PROSE} {number}")
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    made = {name for name in _files(tmp_path) if not name.startswith(("in/", "out/"))}
    assert made == {"out.manifest.json"}
    assert (
        len([name for name in _files(tmp_path / "out") if name.endswith(".txt")]) == len(names) - 2
    )  # those that begin with a stop are hidden


def test_a_link_in_the_output_is_not_followed_out_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text(PROSE)
    (tmp_path / "in" / "b.txt").write_text(PROSE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "out").mkdir()
    os.symlink(tmp_path / "elsewhere", tmp_path / "out" / "sub")
    os.symlink(tmp_path / "mine.txt", tmp_path / "out" / "b.txt")
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out", "--force")
    assert ran.code == 1
    assert "a link leads out of it" in ran.err
    assert _files(tmp_path / "elsewhere") == set()
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (tmp_path / "out" / "b.txt").is_symlink()


@pytest.mark.parametrize("name", [JOURNAL, "ledger.jsonl"])
@pytest.mark.parametrize("there", [True, False])
def test_journal_and_ledger_are_not_written_through_links(run: Run, tmp_path: Path, name: str, there: bool) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "out").mkdir()
    if there:
        (tmp_path / "mine").write_text("mine\n")
    os.symlink(tmp_path / "mine", tmp_path / "out" / name)
    ran = run("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--ledger", "--force")
    assert ran.code == 2
    assert name in ran.err
    assert (tmp_path / "mine").read_text() == "mine\n" if there else not (tmp_path / "mine").exists()


def test_a_name_under_way_that_somebody_has_linked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "out").mkdir()
    (tmp_path / "mine").write_text("mine")
    os.symlink(tmp_path / "mine", tmp_path / "out" / f".a.txt.{os.getpid()}.cleaner-tmp")
    assert run("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--jobs", 1).code == 0
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "out" / "a.txt").read_text() == PROSE


@pytest.mark.parametrize("output", ["../../stolen.jsonl", "/stolen.jsonl", "a/../../stolen.jsonl"])
def test_a_changed_journal_leads_nowhere(run: Run, tmp_path: Path, output: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("".join(json.dumps({"text": f"{PROSE} {number}"}) + "\n" for number in range(3)))
    assert run("clean", tmp_path / "in", "-o", tmp_path / "out").code == 0
    header = (tmp_path / "out" / JOURNAL).read_bytes().splitlines()[0]
    begun = {"id": "a.jsonl", "output": output, "records": 1, "last": False, "size": 5}
    (tmp_path / "out" / JOURNAL).write_bytes(header + b"\n" + json.dumps(begun).encode() + b"\n")
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out", "--resume")
    assert ran.code == 1
    assert "leads out of the output folder" in ran.err
    assert not list(tmp_path.rglob("*stolen*"))


def test_pipes_and_devices_are_said_and_not_waited_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    os.symlink("pipe.txt", tmp_path / "in" / "to-pipe.jsonl")
    os.symlink("/dev/zero", tmp_path / "in" / "zeros.html")
    (tmp_path / "in" / "a.txt").write_text(PROSE)
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert ran.code == 0
    assert "documents: 1" in ran.err
    for name in ("pipe.txt", "to-pipe.jsonl", "zeros.html"):
        assert name in ran.err


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.jsonl.gz"])
def test_packed_zeros_do_not_fill_the_memory(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    with gzip.open(tmp_path / "in" / name, "wb") as file:
        for _ in range(200):
            file.write(b"a" * (1 << 20))
    (tmp_path / "in" / "b.txt").write_text(PROSE)
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1)
    assert ran.code == 1
    assert name in ran.err
    assert (tmp_path / "out" / "b.txt").read_text() == PROSE


def test_a_packed_parquet_file_that_is_none(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with gzip.open(tmp_path / "a.parquet.gz", "wb") as file:
        for _ in range(300):
            file.write(bytes(1 << 20))
    ran = run("clean", tmp_path / "a.parquet.gz", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "unpacks to more than 200 times its size" in ran.err


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "../x"},
        {"id": "/x"},
        {"output": "../mine"},
        {"output": "a.txt/../../mine"},
        {"output": "pipe"},
        {"encoding": "undefined"},
        {"mark": "zz"},
    ],
)
def test_a_changed_ledger_restores_nothing_elsewhere(run: Run, tmp_path: Path, changed: dict[str, Any]) -> None:
    (tmp_path / "a.txt").write_text("\n".join(["Teilen", *PARAGRAPHS, "Foto: dpa"]))
    (tmp_path / "mine").write_text("mine")
    assert run("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--ledger").code == 0
    os.mkfifo(tmp_path / "out" / "pipe")
    entry = json.loads((tmp_path / "out" / "ledger.jsonl").read_bytes())
    (tmp_path / "out" / "ledger.jsonl").write_text(json.dumps(entry | changed) + "\n")
    before = _files(tmp_path)
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 1
    assert _files(tmp_path) == before


def test_a_page_in_a_ledger_that_would_fill_the_memory(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.render.ledger._LONGEST_PAGE", 100)
    (tmp_path / "a.html").write_text(f"<html><body><p>{PROSE}</p></body></html>")
    assert run("clean", tmp_path / "a.html", "-o", tmp_path / "out", "--ledger").code == 0
    ran = run("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert ran.code == 1
    assert "more than 100 bytes" in ran.err


def test_strings_that_are_no_utf8_cost_nothing(run: Run, tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    texts = pa.array([f"{PROSE} 0".encode(), f"{PROSE} \xe9 1".encode("latin-1")]).cast(pa.binary()).view(pa.string())
    more = pa.array([b"a", b"\xff"]).view(pa.string())
    pq.write_table(pa.table({"id": more, "text": texts, "more": more, "n": [1, 2]}), tmp_path / "a.parquet")
    for output in ("out.jsonl", "out.parquet"):
        ran = run("clean", tmp_path / "a.parquet", "-o", tmp_path / output)
        assert ran.code == 0, ran.err
        assert "documents: 2" in ran.err
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [row["n"] for row in made] == [1, 2]
    assert [row["more"] for row in made] == ["a", "\ufffd"]
    assert "bridge" in made[1]["text"]


def test_two_columns_of_one_name(run: Run, tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.Table.from_arrays([pa.array([PROSE]), pa.array([PROSE])], names=["text", "text"]), tmp_path / "a.parquet")
    ran = run("clean", tmp_path / "a.parquet", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "two columns 'text'" in ran.err


@pytest.mark.parametrize("charset", ["undefined", "idna", "hex", "nothing-known", "iso-8859-1"])
def test_archives_whose_servers_say_anything(run: Run, tmp_path: Path, charset: str) -> None:
    pytest.importorskip("fastwarc")
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n<p>Das Caf\xe9. {PROSE}</p>".encode("latin-1")
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(head.encode() + page + b"\r\n\r\n")
    ran = run("clean", tmp_path / "a.warc", "-o", tmp_path / "out.jsonl")
    assert ran.code == 0, ran.err
    (made,) = map(json.loads, (tmp_path / "out.jsonl").read_bytes().splitlines())
    assert made["id"] == "a.warc#1"
    assert "bridge" in made["text"]
