"""No site is ever on both sides of a fold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import OptionError
from cleaner.learning.documents import Labelled
from cleaner.learning.folds import check_trainable, folds_of, path_of_fold, rests


def _document(site: str, fold: int | None = None, label: str = "byline") -> Labelled:
    return Labelled(id=site, site=site, lines=("By Edith Marlowe", "The ferry sails.", "Share"), labels=(label, "body", "share"), fold=fold)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.booleans())), st.integers(2, 7))
def test_documents_of_a_site_are_in_one_fold(sites: list[tuple[str, bool]], count: int) -> None:
    documents = [_document(site, len(site) % count if is_told else None) for site, is_told in sites]
    folds = folds_of(documents, count)
    assert all(0 <= fold < count for fold in folds)
    by_site = {document.site: fold for document, fold in zip(documents, folds, strict=True)}
    assert folds == [by_site[document.site] for document in documents]
    assert all(document.fold in (None, fold) for document, fold in zip(documents, folds, strict=True))


def test_a_fold_trains_on_everything_else() -> None:
    documents = [_document(f"herald-{number}.example", number % 3) for number in range(9)]
    for fold, rest in rests(documents, 3).items():
        assert {documents[place].fold for place in rest} == {0, 1, 2} - {fold}
        assert len(rest) == 6


def test_a_site_without_a_fold_of_its_own_never_changes_sides() -> None:
    assert folds_of([_document("a.example"), _document("b.example"), _document("c.example")], 5) == [2, 4, 2]


def test_folds_that_cannot_be() -> None:
    with pytest.raises(OptionError, match="is in fold 4: choose --folds 5 or more"):
        folds_of([_document("a.example", 4)], 3)
    with pytest.raises(OptionError, match="is in folds 0 and 1"):
        folds_of([_document("a.example", 0), _document("a.example", 1)], 3)
    with pytest.raises(OptionError, match="on 1 sites"):
        rests([_document("a.example", 0), _document("b.example", 1)], 2)


def test_documents_that_teach_nothing() -> None:
    check_trainable([_document("a.example"), _document("b.example")])
    for documents in ([], [_document("a.example")], [_document("a.example", label="share"), _document("b.example", label="share")]):
        with pytest.raises(OptionError, match="a model needs 2 of residue, 1 of content and 2 sites at the least"):
            check_trainable(documents)


@pytest.mark.parametrize(
    ("pattern", "path"), [("models/without-{fold}.npz", "models/without-2.npz"), ("one.npz", "one.npz"), ("{a}{fold}", "{a}2")]
)
def test_path_of_a_fold(pattern: str, path: str) -> None:
    assert path_of_fold(pattern, 2) == path
