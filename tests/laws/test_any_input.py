"""Law 6: every str and every bytes gets a result, or an error that says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given

from cleaner.errors import CleanerError
from cleaner.values import Result
from tests.cleaners import CleanerOf, both_ways
from tests.laws.strategies import files, hunt, pages, texts


@both_ways
@hunt
@given(texts)
@example("<")
@example("<html>")
@example("\ud800<p>" * 9)
def test_any_text(cleaner_of: CleanerOf, text: str) -> None:
    assert isinstance(cleaner_of().clean(text), Result)
    assert isinstance(cleaner_of().clean_text(text), Result)


@both_ways
@hunt
@given(pages)
@example("<p>" * 20_000 + "deep")
@example("<title>" * 9)
@example("<!--")
@example("\0<html>")
def test_any_page(cleaner_of: CleanerOf, page: str) -> None:
    assert isinstance(cleaner_of().clean_html(page), Result)


@both_ways
@hunt
@given(files)
@example(b"\0")
@example(b"<html>\xff\xfe</html>")
@example(b"\xff\xfe<\0p\0")
def test_any_bytes(cleaner_of: CleanerOf, data: bytes) -> None:
    cleaner = cleaner_of()
    steps: tuple[Callable[[bytes], Result], ...] = (cleaner.clean, cleaner.clean_text, cleaner.clean_html)
    for clean in steps:
        try:
            result = clean(data)
        except CleanerError as error:
            refusal: CleanerError | None = error
        else:
            refusal = None
            assert isinstance(result, Result)
        assert refusal is None or any(advice in str(refusal) for advice in ("leave it out", "split it"))


@both_ways
@pytest.mark.parametrize("source", [None, 12, object(), ["a text"], {"text": "x"}])
def test_anything_else_is_refused_by_name(cleaner_of: CleanerOf, source: Any) -> None:
    with pytest.raises(CleanerError, match=f"cannot clean a {type(source).__name__}: give str, bytes"):
        cleaner_of().clean(source)
