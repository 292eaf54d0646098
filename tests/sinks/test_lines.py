"""Files that grow line by line and survive being cut."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cleaner.sinks.lines import GrowingLines, whole_lines


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b" ")), max_size=8), st.data())
def test_a_cut_file_goes_on_after_its_last_whole_line(tmp_path_factory: object, lines: list[bytes], data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("lines") / "file"  # type: ignore[attr-defined]
    grown = GrowingLines(str(path), keep=False)
    for line in lines:
        grown.append(line)
    grown.close()
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    left = whole[:cut].count(b"\n")
    grown = GrowingLines(str(path), keep=True)
    grown.append(b"more")
    grown.close()
    assert [line[:-1] for line in whole_lines(str(path))] == [*lines[:left], b"more"]


def test_a_torn_line_longer_than_the_look_back(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one\n" + b"x" * 200_000)
    grown = GrowingLines(str(path), keep=True)
    assert not grown.empty
    grown.append(b"two")
    grown.close()
    grown.close()
    assert path.read_bytes() == b"one\ntwo\n"


def test_cut(tmp_path: Path) -> None:
    grown = GrowingLines(str(tmp_path / "file"), keep=False)
    for line in (b"a", b"b", b"c"):
        grown.append(line)
    grown.cut(1)
    grown.append(b"d")
    assert (tmp_path / "file").read_bytes() == b"a\nd\n"
