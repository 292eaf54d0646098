"""Law 1: spans are sorted and cover the source without gap or overlap."""

from __future__ import annotations

from hypothesis import example, given

from cleaner.load.labels import labels
from cleaner.values import SPACE, Result
from tests.cleaners import PARAGRAPHS, CleanerOf, both_ways
from tests.laws.strategies import hunt, pages, texts


def _check(result: Result) -> None:
    at = 0
    for span in result.spans:
        assert span.start == at
        assert span.end > span.start
        assert span.label == SPACE or span.label in labels()
        assert 0 <= span.score <= 1
        assert span.score == round(span.score, 4)
        at = span.end
    assert at == len(result.source)


@both_ways
@hunt
@given(texts)
@example("\n")
@example(f"Menü\n\n{PARAGRAPHS[0]} (dpa)\n\nTeilen\n")
@example("\ud800")
def test_spans_of_a_text(cleaner_of: CleanerOf, text: str) -> None:
    result = cleaner_of().clean_text(text)
    assert result.source == text
    _check(result)


@both_ways
@hunt
@given(pages)
def test_spans_of_a_page(cleaner_of: CleanerOf, page: str) -> None:
    _check(cleaner_of().clean_html(page))


@both_ways
def test_nothing_has_no_spans(cleaner_of: CleanerOf) -> None:
    result = cleaner_of().clean_text("")
    assert (result.spans, result.text, result.warnings) == ((), "", ())
