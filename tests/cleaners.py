"""What many tests share: a cleaner that is made once, and short ways to look at a result."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest

from cleaner.pipeline import Cleaner
from cleaner.values import SPACE, Options, Result

#: paragraphs of an invented article, long enough to be told for the body
PARAGRAPHS = (
    "The harbour board of Tarnwick voted on Thursday to keep the night ferry running for another two years, after "
    "a debate of five hours in "
    "which the fishermen, the hotel owners and the bus company each asked for something else.",
    "Nobody had expected the vote to be close. The board had already refused the money twice, and its chairwoman, "
    "Edith Marlowe, had called "
    "the old boat a museum that happens to float, which the crew painted on its funnel the next morning.",
    "What changed her mind was a list of names. A nurse had written down everyone who took the last crossing in January, and there were "
    "four hundred of them, most of whom had no other way home from the hospital on the far side.",
    "The new timetable begins on the first of May, when the boat comes back from the yard. Until then a smaller vessel sails at ten, "
    "weather permitting, and the board has promised to publish the number of passengers every month.",
)


@functools.cache
def rules_alone() -> Cleaner:
    """The package's rules, and nothing learned."""
    return Cleaner(Options(model=None))


@functools.cache
def with_model() -> Cleaner:
    """The package's rules and its model: what a user gets."""
    return Cleaner()


#: for a test that holds with and without the model; it gets `cleaner_of`
both_ways = pytest.mark.parametrize("cleaner_of", [rules_alone, with_model])
CleanerOf = Callable[[], Cleaner]


def gone(result: Result) -> list[str]:
    """The texts that were removed, white space aside."""
    return [result.source[span.start : span.end] for span in result.removed if span.label != SPACE]


def reasons(result: Result) -> dict[str, str]:
    """The texts that were removed, white space aside, and why."""
    return {result.source[span.start : span.end]: span.reason for span in result.removed if span.label != SPACE}


def words(text: str) -> list[str]:
    r"""Runs of `\w` in lower case: what shares of words are counted in."""
    return re.findall(r"\w+", text.lower())
