"""Tables that read well as text and as Markdown, and find their places on docs/model.md."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import msgspec

from cleaner.learning.documents import Labelled, read_all
from cleaner.learning.evaluation import Cleaners, evaluate
from cleaner.learning.tables import aligned, tables
from tests.learning import invented

_ROOT = Path(__file__).resolve().parents[2]


def test_words_stand_left_and_numbers_right() -> None:
    assert aligned(("label", "lines"), [("share", "7"), ("media", "1,204")]).splitlines() == [
        "| label | lines |",
        "| ----- | ----: |",
        "| share |     7 |",
        "| media | 1,204 |",
    ]
    assert aligned(("label", "lines"), []) == ""


def test_every_place_of_the_page_has_a_table() -> None:
    spec = importlib.util.spec_from_file_location("model_figures", _ROOT / "scripts" / "model_figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    documents = [msgspec.convert(document, Labelled) for document in invented.documents()[:2]]
    found = tables(evaluate(documents, Cleaners(documents, None, 2)))
    page = (_ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    filled = module.filled(page, found)
    assert filled.count("| removed by ") == 1
    assert len(found) == 5
    for table in found.values():
        assert table in filled
    assert module.filled(filled, found) == filled


def test_the_document_on_the_page_can_be_read(tmp_path: Path) -> None:
    shown = re.search(r"```json\n(.*?)```", (_ROOT / "docs" / "model.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    [document] = read_all([str(invented.write(tmp_path / "shown.jsonl", [json.loads(shown[1])]))])
    [(line, start, end, _)] = document.spans
    assert document.lines[line][start:end] == "(dpa)"
