"""Which label stands behind which: counted where both are known, and little said of what is rare."""

from __future__ import annotations

import numpy as np

from cleaner.learning.following import follow_scores
from cleaner.learning.rows import IS_CONTENT, IS_RESIDUE, NOT_KNOWN
from cleaner.load.labels import labels

_NUMBERS = {name: number for number, name in enumerate(labels())}
_RESIDUE = [name for name, label in labels().items() if not label.content]


def _targets(*names: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    unknown = {"content": IS_CONTENT, "residue": IS_RESIDUE, "": NOT_KNOWN}
    return np.array([_NUMBERS[name] if name in _NUMBERS else unknown[name] for name in names])


def _place(name: str) -> int:
    return _RESIDUE.index(name) if name in _RESIDUE else len(_RESIDUE)


def test_what_follows_often_is_likelier_there_than_anywhere() -> None:
    page = _targets("headline", "byline", "body", "body", "share", "share", "share", "teaser_list", "teaser_list", "teaser_list")
    scores = follow_scores([page] * 20)
    assert scores.shape == (len(_RESIDUE) + 1, len(_RESIDUE) + 1)
    assert scores[_place("headline"), _place("byline")] > 20
    assert scores[_place("share"), _place("share")] > 0 > scores[_place("share"), _place("byline")]
    assert scores[_place("byline"), _place("body")] == scores[_place("byline"), _place("lead")] > 0


def test_lines_of_which_no_label_is_known_count_for_nothing() -> None:
    known = _targets("share", "share", "body")
    assert (follow_scores([known, _targets("content", "residue", "", "content")]) == follow_scores([known])).all()
    assert (follow_scores([_targets("share", "", "share")]) == 0).all()


def test_what_was_seen_once_says_little() -> None:
    often, once = ("share", "share"), ("paywall", "legal")
    scores = follow_scores([_targets(*often)] * 200 + [_targets(*once)])
    assert abs(int(scores[_place("paywall"), _place("comments")])) < 8


def test_no_documents_say_nothing() -> None:
    assert (follow_scores([]) == 0).all()
