"""A decision that comes again and again changes what a trained model does."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from cleaner import Cleaner, Options, Span
from cleaner.learning import text_training
from cleaner.learning.decisions import load_examples
from cleaner.learning.documents import Labelled
from cleaner.learning.model_file import save_model
from tests.decisions import decision, write
from tests.learning.invented import documents

#: reads like the text it stands in; no rule knows it
_STANDING = "Printed on the old press of the harbour office and read aloud on the pier by whoever comes first on Friday."


def _text(document: dict[str, object]) -> str:
    """An article with the standing sentence between its paragraphs."""
    lines = [str(line) for line in document["lines"]]  # type: ignore[attr-defined]
    return "\n\n".join([*lines[:7], _STANDING, *lines[7:]]) + "\n"


def _judged(model: Path, text: str) -> Span:
    spans = Cleaner(Options(model=str(model))).clean_text(text).spans
    return next(span for span in spans if text[span.start : span.end].strip() == _STANDING)


def test_a_line_that_reviewers_removed_again_and_again_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("catboost")
    pytest.importorskip("scipy")
    # Of so few documents some trees learn as much as all.
    monkeypatch.setitem(text_training._KEEP, "iterations", 20)
    monkeypatch.setitem(text_training._LABEL, "iterations", 10)
    monkeypatch.setitem(text_training._EDGE, "iterations", 10)
    labelled = [msgspec.convert(document, Labelled) for document in documents()[::4]]
    reviewed = documents()[1::2]
    decisions = []
    for number, document in enumerate(reviewed[:5]):
        id = f"herald-{number}/article.txt"
        (tmp_path / f"herald-{number}").mkdir()
        (tmp_path / id).write_text(_text(document), encoding="utf-8")
        decisions.append(decision(_STANDING, label="editorial_note", source=_text(document), id=id))
    examples = load_examples([write(tmp_path / "decisions.jsonl", *decisions)])
    assert sum(label != "" for document in examples.documents for label in document.labels) == 5
    unseen = _text(reviewed[6])
    for name, taught in (("before", []), ("after", list(examples.documents))):
        save_model(
            text_training.train_text(text_training.prepare([*labelled, *taught]), threads=1, say=lambda _: None), tmp_path / f"{name}.npz"
        )
    assert _judged(tmp_path / "before.npz", unseen).kept
    after = _judged(tmp_path / "after.npz", unseen)
    assert (after.kept, after.label, after.reason) == (False, "editorial_note", "model")
