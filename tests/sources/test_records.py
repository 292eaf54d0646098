"""Files of records in chunks: all records, once, whatever is passed over."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.load.fields import Fields, fields_of
from cleaner.sources.folders import Input, find
from cleaner.sources.jsonl import begins_like_records
from cleaner.sources.records import MOST_RECORDS, Chunk, chunks


def _file(path: Path) -> Input:
    (found,) = find([str(path)], lambda _: None)
    assert isinstance(found, Input)
    return found


def _read(path: Path, skip: int = 0) -> list[Chunk]:
    return list(chunks(_file(path), Fields(), skip=skip, max_chars=1_000_000))


def _numbers(read: list[Chunk]) -> list[int]:
    return [json.loads(row)["n"] for chunk in read for row in chunk.rows if isinstance(row, bytes)]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 records, some long, between blank lines."""
    path = tmp_path_factory.mktemp("records") / "a.jsonl.gz"
    rows = [json.dumps({"n": number, "text": "word " * (60_000 if number % 50 == 7 else 5)}) for number in range(300)]
    path.write_bytes(gzip.compress("\n\r\n".join(rows).encode(), mtime=0))
    return path


@given(st.integers(0, 320))
def test_what_is_passed_over_and_what_is_read_are_all_records(lines: Path, skip: int) -> None:
    read = _read(lines, skip)
    assert _numbers(read) == list(range(skip, 300))
    assert [chunk.last for chunk in read] == [False] * (len(read) - 1) + [True]
    assert all(chunk.count <= MOST_RECORDS for chunk in read)
    firsts = [chunk.first for chunk in read if chunk.count]
    assert firsts == sorted(set(firsts))


def test_a_chunks_end_is_where_the_next_begins_after_a_pause(lines: Path) -> None:
    whole = _read(lines)
    for at, chunk in enumerate(whole):
        again = _read(lines, chunk.first)
        assert [(other.first, other.count, other.rows) for other in again] == [
            (other.first, other.count, other.rows) for other in whole[at:]
        ]


@given(st.data())
def test_parts_of_a_chunk_are_the_chunk(lines: Path, data: st.DataObject) -> None:
    chunk = data.draw(st.sampled_from(_read(lines)))
    cut = data.draw(st.integers(0, chunk.count))
    one, other = chunk.part(0, cut), chunk.part(cut, chunk.count)
    assert _numbers([one]) + _numbers([other]) == _numbers([chunk])
    assert (one.first, other.first) == (chunk.first, chunk.first + cut)
    assert other.last == chunk.last


def test_parts_of_a_table() -> None:
    pa = pytest.importorskip("pyarrow")
    from cleaner.load.arrow import from_stream, to_stream

    chunk = Chunk(form="table", rows=to_stream(pa.table({"text": list("abcdef")})), first=10, count=6, last=True)
    part = chunk.part(2, 4)
    assert isinstance(part.rows, bytes)
    assert from_stream(part.rows)["text"].to_pylist() == ["c", "d"]
    assert (part.first, part.count, part.last) == (12, 2, False)


def test_an_empty_file_has_a_last_chunk(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n")
    (chunk,) = _read(tmp_path / "a.jsonl")
    assert (chunk.count, chunk.last) == (0, True)


@pytest.mark.parametrize(
    ("names", "given_", "expected"),
    [
        (["id", "text"], Fields(), Fields(text="text", id="id")),
        (["url", "html", "text", "headline"], Fields(), Fields(text="text", html="html", url="url", title="headline")),
        (["content", "link"], Fields(), Fields(looks="content", url="link")),
        (["text", "html", "story"], Fields(text="story"), Fields(text="story")),
        (["text", "key"], Fields(id="key"), Fields(text="text", id="key")),
    ],
)
def test_fields_are_guessed_where_none_is_named(names: list[str], given_: Fields, expected: Fields) -> None:
    assert fields_of(names, given_) == expected


@pytest.mark.parametrize(("names", "given_"), [(["story"], Fields()), (["text"], Fields(html="page")), ([], Fields())])
def test_fields_that_are_not_there(names: list[str], given_: Fields) -> None:
    with pytest.raises(InputError, match=r"--text-field"):
        fields_of(names, given_)


@pytest.mark.parametrize(
    ("line", "is_record"),
    [
        (b'{"text": "a"}\n', True),
        (b'{"html": ""}', True),
        (b'{"name": "a"}', False),
        (b'["text"]', False),
        (b"{text: it is}", False),
        (b'{"text": "\xff"}', False),
        (b"", False),
    ],
)
def test_the_first_line_tells(line: bytes, is_record: bool) -> None:
    assert begins_like_records(line) == is_record
