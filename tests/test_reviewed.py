"""Decisions on the whole way through: `Options(decisions=…)`."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import cleaner
from cleaner.errors import DataFileError, OptionError
from tests.cli.conftest import PROSE
from tests.decisions import decision, write

TEXT = (
    f"Skip to content\n\n{PROSE}\n\n"
    "The mason who is to do it has asked for two summers and a dry autumn, and for a hut to keep his tools in.\n\n"
    "Sign up for our newsletter\n\nUntil then lorries go round by the mill, which takes a quarter of an hour on a good day.\n"
)
NEWSLETTER = "Sign up for our newsletter"


@pytest.fixture
def decisions(tmp_path: Path) -> str:
    """The newsletter stays as a subheading, the mason goes."""
    stays = decision(NEWSLETTER, "keep", "subheading", source=TEXT)
    goes = decision("The mason who is to do it has asked for two summers and a dry autumn,", label="editorial_note", source=TEXT)
    return str(write(tmp_path / "decisions.jsonl", stays, goes))


def _reviewed(made: cleaner.Result) -> list[tuple[str, str, bool, float]]:
    spans = [span for span in made.spans if span.reason == "reviewed"]
    return [(made.source[span.start : span.end].strip(), span.label, span.kept, span.score) for span in spans]


def test_what_was_decided_is_done_with_its_reason(decisions: str) -> None:
    assert NEWSLETTER not in cleaner.clean_text(TEXT).text
    made = cleaner.clean_text(TEXT, options=cleaner.Options(decisions=(decisions,)))
    assert _reviewed(made) == [
        ("The mason who is to do it has asked for two summers and a dry autumn,", "editorial_note", False, 1.0),
        (NEWSLETTER, "subheading", True, 1.0),
    ]
    assert "\n\nand for a hut to keep his tools in.\n\nSign up for our newsletter\n\nUntil then" in made.text
    assert made.text == "".join(TEXT[span.start : span.end] for span in made.spans if span.kept)
    assert "".join(TEXT[span.start : span.end] for span in made.spans) == TEXT


def test_the_label_decides_whether_it_goes(decisions: str) -> None:
    options = cleaner.Options(decisions=(decisions,), keep=frozenset({"editorial_note"}), strip=frozenset({"subheading"}))
    assert [(label, kept) for _, label, kept, _ in _reviewed(cleaner.clean_text(TEXT, options=options))] == [
        ("editorial_note", True),
        ("subheading", False),
    ]


def test_bytes_pickles_and_processes_see_the_same(decisions: str) -> None:
    made = cleaner.Cleaner(cleaner.Options(decisions=(decisions,)))
    expected = made.clean_text(TEXT)
    assert made.clean_text(TEXT.encode()) == expected
    assert pickle.loads(pickle.dumps(made)).clean_text(TEXT) == expected
    assert list(made.clean_many([TEXT, TEXT], jobs=2)) == [expected, expected]


def test_a_page_is_known_by_its_text(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    page = f"<html><body><article>{paragraphs}</article></body></html>"
    source = cleaner.clean_html(page).source
    path = write(tmp_path / "decisions.jsonl", decision("Until then lorries", "remove", "artifact", source=source))
    assert _reviewed(cleaner.clean_html(page, options=cleaner.Options(decisions=(str(path),)))) == [
        ("Until then lorries", "artifact", False, 1.0)
    ]


def test_unusable_decisions(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="decisions"):
        cleaner.Options(decisions="decisions.jsonl")  # type: ignore[arg-type]
    with pytest.raises(DataFileError, match=r"gone\.jsonl"):
        cleaner.Cleaner(cleaner.Options(decisions=(str(tmp_path / "gone.jsonl"),)))
