"""A folder to review, a desk over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.batch.results import Reviewable
from cleaner.load.decisions import DECISIONS
from cleaner.load.labels import removed_labels
from cleaner.review.desk import Desk
from cleaner.review.log import DecisionLog
from cleaner.values import Options
from tests.cli.conftest import rules, run, scrape
from tests.render.build import result

__all__ = ["rules", "run", "scrape"]

FERRY = (
    "⟦navigation:Menu⟧⟦space:\n⟧The ferry sails at ten. ⟦photo_credit:Photo: Ines Holm⟧⟦space: ⟧It was full.\n"
    "⟦promotion:Sign up for our letter⟧⟦space:\n⟧The captain, who has sailed for thirty years, was not surprised.\n⟦share:Share⟧\n"
)
CHESS = (
    "⟦navigation:Menu⟧⟦space:\n⟧A girl of twelve beat a master in thirty-one moves.\n"
    "⟦promotion:Sign up for our letter⟧⟦space:\n⟧She wants a biscuit now, her father said on Sunday.\n"
)


def documents() -> list[Reviewable]:
    """Two documents of one site, one of another."""
    return [
        Reviewable("gazette/ferry.txt", "gazette", result(FERRY)),
        Reviewable("gazette/chess.txt", "gazette", result(CHESS)),
        Reviewable("post/chess.txt", "post", result(CHESS.replace("twelve", "eleven").replace("Sunday", "Friday"))),
    ]


def open_desk(folder: Path) -> Desk:
    """A desk over the three documents, with its log in a folder."""
    return Desk(documents(), DecisionLog(str(folder / DECISIONS)), removed_labels(Options()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh one."""
    made = open_desk(tmp_path)
    yield made
    made.close()
