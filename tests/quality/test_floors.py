"""Nobody loses quality unnoticed: the shipped model on corpus/, against what it reached before."""

from __future__ import annotations

import pytest

from cleaner.load.model import DEFAULT_MODEL
from tests.quality.floors import digest, floors, results

pytestmark = pytest.mark.skipif(not DEFAULT_MODEL.exists(), reason="this checkout ships no model")

_ANEW = "run `python -m tests.quality.floors`, and say in the change why floors went down"


def test_the_floors_are_of_this_corpus() -> None:
    assert floors()["digest"] == digest(), f"corpus/ changed since the floors were measured: {_ANEW}"


@pytest.mark.parametrize("table", ["language", "label", "lookalikes"])
def test_nothing_is_below_its_floor(table: str) -> None:
    wanted, reached = floors()[table], results()[table]
    assert wanted.keys() == reached.keys(), f"other names than when the floors were measured: {_ANEW}"
    below = [
        f"{name}: {figure} {reached[name][figure]:.4f}, floor {least}"
        for name, figures in wanted.items()
        for figure, least in figures.items()
        if reached[name][figure] < least
    ]
    assert not below, below
