"""What stays of a source: the kernel keeps what Python keeps."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.pipeline import plain_kept_text
from cleaner.values import Span
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


def _span(start: int, end: int, kept: bool = True) -> Span:
    return Span(start=start, end=end, label="body", kept=kept, reason="default", score=0.9)


@given(st.lists(st.tuples(st.text("aß漢\U0001f4f7\ud800\n\x00", max_size=4), st.booleans())))
@example([("漢", False), ("ab", True), ("c", True), ("\U0001f4f7", False), ("ß", True)])
@example([("漢", False), ("ab", True)])
@example([("", True)])
def test_any_spans(parts: list[tuple[str, bool]]) -> None:
    from cleaner.kernel.kept import kept_text

    source, spans = "", []
    for text, kept in parts:
        spans.append(_span(len(source), len(source) + len(text), kept))
        source += text
    assert kept_text(source, tuple(spans)) == plain_kept_text(source, spans)


@pytest.mark.parametrize("places", [[(-1, 1)], [(2, 1)], [(0, 5)], [(0, 2), (1, 3)]], ids=str)
def test_spans_that_cannot_tile_are_an_error(places: list[tuple[int, int]]) -> None:
    from cleaner.kernel.kept import kept_text

    with pytest.raises(ValueError, match="overlap"):
        kept_text("wort", tuple([_span(start, end) for start, end in places]))
