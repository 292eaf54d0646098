"""Files of labelled documents are read, or refused with the line that is to blame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import DataFileError, OptionError
from cleaner.learning.documents import read_all
from tests.learning.invented import documents, write

_GOOD: dict[str, Any] = {"id": "a", "site": "a.example", "lines": ["By Edith Marlowe", "The ferry sails."], "labels": ["byline", "body"]}


def test_files_and_folders_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path / "deep" / "b.jsonl", [_GOOD | {"id": "b"}])
    write(tmp_path / "a.jsonl", [_GOOD])
    (tmp_path / "notes.txt").write_text("no document")
    assert [document.id for document in read_all([str(tmp_path)])] == ["a", "b"]
    assert [document.id for document in read_all([str(tmp_path / "deep" / "b.jsonl"), str(tmp_path / "a.jsonl")])] == ["b", "a"]


def test_invented_documents_are_whole(tmp_path: Path) -> None:
    found = read_all([str(write(tmp_path / "all.jsonl", documents()))])
    assert len(found) == 16
    assert len({document.site for document in found}) == 8
    for document in found:
        for line, start, end, _ in document.spans:
            assert document.lines[line][start:end].startswith("(")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"labels": ["byline"]}, "2 lines, but 1 labels"),
        ({"labels": ["byline", "boddy"]}, "no label 'boddy'; `cleaner labels` lists them"),
        ({"lines": ["By Edith\nMarlowe", "The ferry sails."]}, "a line break inside a line"),
        ({"spans": [[1, 4, 9, "feryr"]]}, "no label 'feryr'"),
        ({"spans": [[1, 4, 99, "byline"]]}, "is not inside a line"),
        ({"spans": [[1, 4, 4, "byline"]]}, "is not inside a line"),
        ({"spans": [[2, 0, 1, "byline"]]}, "is not inside a line"),
        ({"lines": "The ferry sails."}, "docs/model.md shows the format"),
        ({"site": None}, "docs/model.md shows the format"),
    ],
)
def test_a_document_that_cannot_be_used_is_named(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = write(tmp_path / "bad.jsonl", [_GOOD, _GOOD | change])
    with pytest.raises(DataFileError) as error:
        read_all([str(path)])
    assert reason in str(error.value)
    assert "line 2" in str(error.value)


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no labelled document there"):
        read_all([str(tmp_path)])
    with pytest.raises(DataFileError, match="cannot be read"):
        read_all([str(tmp_path / "none.jsonl")])
    (tmp_path / "text.jsonl").write_text("The ferry sails.\n")
    with pytest.raises(DataFileError, match="line 1"):
        read_all([str(tmp_path)])


def test_blank_lines_between_documents_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{json.dumps(_GOOD)}\n\n")
    assert len(read_all([str(path)])) == 1
