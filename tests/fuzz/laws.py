"""The laws that hold for whatever is put in (contract §2), as checks on a result."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from cleaner.errors import CleanerError, DeadlineExceeded, NotText
from cleaner.load.labels import labels
from cleaner.pipeline import Cleaner
from cleaner.render.page import page
from cleaner.render.record import jsonl
from cleaner.values import SPACE, Options, Result

#: seconds; over before the first look at the clock
_NO_TIME = 1e-9


def check_result(result: Result) -> None:
    """Spans tile the source, and the text is what is kept."""
    at = 0
    for span in result.spans:
        assert span.start == at < span.end, "spans do not tile the source"
        assert span.label == SPACE or span.label in labels(), span.label
        assert 0 <= span.score <= 1
        assert span.score == round(span.score, 4)
        at = span.end
    assert at == len(result.source), "spans end before the source"
    assert result.text == "".join(result.source[span.start : span.end] for span in result.spans if span.kept), (
        "the text is not what is kept"
    )
    if not result.removed:
        assert result.text == result.source
    jsonl("id", result)


def check_views(result: Result) -> None:
    """Every view of a result can be made. Those of the terminal take ten times as long as cleaning."""
    result.markdown()
    for style in ("inline", "side", "unified"):
        result.diff(style)
    page([("id", result)])


def advice(error: CleanerError) -> str:
    """What an error tells the user, and that it does: what is wrong, a colon, what to do next."""
    assert ":" in str(error), f"says not what to do next: {error}"
    return str(error)


def outcome(clean: Callable[[], Result]) -> Result | str:
    """A result, or the error's text: a `CleanerError` that says what to do next, or the law is broken."""
    try:
        return clean()
    except CleanerError as error:
        return advice(error)


def check_deadline(hurried: Cleaner, clean: Callable[[Cleaner], object]) -> None:
    """A deadline ends a document with an error, and never with another result.

    Parameters: `hurried` is a cleaner made by `without_time`.
    """
    try:
        clean(hurried)
    except (DeadlineExceeded, NotText):
        return
    raise AssertionError("the deadline was passed over")


def without_time(options: Options) -> Cleaner:
    """A cleaner whose deadline is over before it begins."""
    return Cleaner(dataclasses.replace(options, deadline=_NO_TIME))
