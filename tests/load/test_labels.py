from __future__ import annotations

import pytest

from cleaner.errors import OptionError
from cleaner.load.labels import labels, removed_labels
from cleaner.values import Options

_CONTENT = {"body", "lead", "subheading", "dateline"}
_RESIDUE = {
    "headline", "byline", "author_bio", "timestamp", "section", "caption", "photo_credit", "media", "liveblog", "teaser_list",
    "related_link",
    "share", "promotion", "paywall", "advert", "consent", "comments", "navigation", "legal", "agency_credit", "editorial_note", "duplicate",
    "artifact",
}  # fmt: skip


def test_there_are_the_labels_of_the_contract() -> None:
    assert {name for name, label in labels().items() if label.content} == _CONTENT
    assert {name for name, label in labels().items() if not label.content} == _RESIDUE


def test_every_label_explains_itself() -> None:
    assert all(len(label.description) > 10 for label in labels().values())
    assert len({label.description for label in labels().values()}) == len(labels())


@pytest.mark.parametrize(
    ("options", "removed", "kept"),
    [
        (Options(), {"caption", "headline", "space"}, {"body", "dateline"}),
        (Options(keep=frozenset({"caption"})), {"photo_credit", "headline"}, {"caption", "body"}),
        (Options(strip=frozenset({"dateline"})), {"dateline", "caption"}, {"lead", "body"}),
        (Options(keep=frozenset({"body"})), {"caption"}, {"body"}),
    ],
)
def test_options_say_what_goes(options: Options, removed: set[str], kept: set[str]) -> None:
    assert removed <= removed_labels(options)
    assert not kept & removed_labels(options)


@pytest.mark.parametrize("option", ["keep", "strip"])
def test_a_label_that_does_not_exist(option: str) -> None:
    options = Options(keep=frozenset({"capton"})) if option == "keep" else Options(strip=frozenset({"capton"}))
    with pytest.raises(OptionError, match=f"option {option}=.*capton.*no such label; there are body, lead"):
        removed_labels(options)
