"""The page's title, each time it stands."""

from __future__ import annotations

import pytest

from tests.classify.conftest import Clean, rule
from tests.cleaners import PARAGRAPHS

_TITLE = "Night ferry stays after a debate of five hours"
_STAMP = rule("stamp", "timestamp", line=r"^12\.03\.2025$")
_MENU = rule("menu", "navigation", lines=["Home", "News", "Sport", "Search", "Sign in"])
_BODY = "\n\n".join(PARAGRAPHS)


def _headlines(result: object) -> list[str]:
    return [result.source[span.start : span.end] for span in result.spans if span.label == "headline"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "head",
    [
        f"Home\nNews\nSport\nSearch\nSign in\n{_TITLE}\n12.03.2025",
        f"Home\nNews\nSport\nSearch\nSign in\n\nTarnwick\n\n{_TITLE}\n\n12.03.2025",
        f"Home\nNews\nSport\n# {_TITLE}\n12.03.2025",
    ],
)
def test_the_title_is_found(clean: Clean, head: str) -> None:
    result = clean(f"{head}\n\n{_BODY}\n", _STAMP, _MENU)
    assert result.text == f"{_BODY}\n"
    assert result.title == _TITLE


def test_a_title_that_the_caller_knows(clean: Clean) -> None:
    source = f"{_TITLE.upper()}\n\n{_BODY}\n\n{_TITLE}\n"
    result = clean(source, title=_TITLE)
    assert _headlines(result) == [_TITLE.upper(), _TITLE]
    assert result.text == f"{_BODY}\n"
    assert result.title == _TITLE


def test_another_title_that_the_caller_knows(clean: Clean) -> None:
    result = clean(f"{_TITLE}\n\n{_BODY}\n", title="Something else altogether")
    assert result.title == "Something else altogether"
    assert _headlines(result) == []


def test_a_text_without_residue_has_no_title(clean: Clean) -> None:
    result = clean(f"A ferry at night\n\n{_BODY}\n")
    assert result.text == f"A ferry at night\n\n{_BODY}\n"
    assert result.title is None


def test_a_title_inside_a_sentence_stays(clean: Clean) -> None:
    sentence = f"The headline “{_TITLE}” was on every wall of the town, and nobody knew who had put it there."
    assert sentence in clean(f"{_TITLE}\n\n{_BODY}\n\n{sentence}\n", title=_TITLE).text
