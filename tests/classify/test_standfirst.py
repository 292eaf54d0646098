"""A standfirst without a full stop is told by its place: under the title, over the byline."""

from __future__ import annotations

import pytest

from tests.classify.conftest import Clean, rule
from tests.cleaners import PARAGRAPHS

_TITLE = "Night ferry of Tarnwick stays for another two years"
_STANDFIRST = "The harbour board changes its mind over a list of four hundred names"
_BODY = "\n\n".join(PARAGRAPHS)
_BYLINE = rule("byline", "byline", line=r"^By ")
_MENU = rule("menu", "navigation", lines=["Home", "News", "Sport", "Search", "Sign in"])
_HEAD = "Home\nNews\nSport\nSearch\nSign in"


def _clean(clean: Clean, *lines: str) -> str:
    return clean("\n\n".join([_HEAD, *lines, _BODY]), _BYLINE, _MENU).text


@pytest.mark.parametrize("kicker", [(), ("Ferries",), ("The ferries of the north coast",)])
def test_it_stays(clean: Clean, kicker: tuple[str, ...]) -> None:
    assert _clean(clean, *kicker, _TITLE, _STANDFIRST, "By Ann Hale") == f"{_STANDFIRST}\n\n{_BODY}"


def test_its_title_is_the_line_above(clean: Clean) -> None:
    result = clean("\n\n".join([_HEAD, _TITLE, _STANDFIRST, "By Ann Hale", _BODY]), _BYLINE, _MENU)
    assert result.title == _TITLE
    assert [span.label for span in result.spans if result.source[span.start : span.end].strip() == _STANDFIRST] == ["lead"]


def test_several_lines_stay(clean: Clean) -> None:
    second = "A smaller vessel sails at ten until the first of May"
    assert _clean(clean, _TITLE, _STANDFIRST, second, "By Ann Hale") == f"{_STANDFIRST}\n\n{second}\n\n{_BODY}"


def test_a_title_alone_goes(clean: Clean) -> None:
    assert _clean(clean, _TITLE, "By Ann Hale") == _BODY


def test_a_list_of_titles_goes(clean: Clean) -> None:
    towns = ("Oakmere", "Harrow", "Coldwick", "Brackley", "Elmstead", "Fenny")
    assert _clean(clean, *(f"Council of {town} to vote on its bridge today" for town in towns), _TITLE, "By Ann Hale") == _BODY


def test_a_title_that_stands_twice_goes(clean: Clean) -> None:
    assert _clean(clean, _STANDFIRST, _TITLE, "By Ann Hale", _TITLE) == _BODY
