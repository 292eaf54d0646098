"""Pull quotes: with the kernel those are found that are found without it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import duplicates
from cleaner.classify.duplicates import find_pull_quotes
from cleaner.classify.shape import measure
from cleaner.parse.text import parse_text
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


@given(st.text("ab é漢\U0001f4f7", max_size=400), st.integers(0, 60), st.integers(0, 60))
def test_what_cannot_stand_elsewhere_does_not(text: str, start: int, length: int) -> None:
    from cleaner.kernel.repeats import may_stand_elsewhere

    spans = [(at, min(len(text), at + length)) for at in range(min(start, len(text)), len(text), 7)]
    for (low, high), may in zip(spans, may_stand_elsewhere(text, spans, " é"), strict=True):
        bare = text[low:high].strip(" é")
        at = low + len(text[low:high]) - len(text[low:high].lstrip(" é"))
        stands = bare and (text.find(bare) != at or text.find(bare, at + 1) >= 0)
        assert may or not stands


_SENTENCES = ["Der Rat stimmte am Abend zu.", "„Das war ein guter Tag.“", "Wörter wie diese", "漢字", "x"]
_PARAGRAPH = st.lists(st.sampled_from(_SENTENCES), max_size=9)


@given(st.lists(_PARAGRAPH, max_size=8))
def test_pull_quotes(paragraphs: list[list[str]]) -> None:
    document = parse_text("\n".join(map(" ".join, paragraphs)))
    shapes, candidates = measure(document), range(len(document.blocks))
    found = find_pull_quotes(document, shapes, candidates)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duplicates, "COMPILED", False)
        assert find_pull_quotes(document, shapes, candidates) == found


def test_the_corpus() -> None:
    for case in CASES:
        # A text that stands twice has what it repeats, and what it does not.
        document = parse_text("\n".join([*case.lines, " ".join(case.lines)]))
        shapes, candidates = measure(document), range(len(document.blocks))
        found = find_pull_quotes(document, shapes, candidates)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(duplicates, "COMPILED", False)
            assert find_pull_quotes(document, shapes, candidates) == found, case.name


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 4), (4, 4)], ids=str)
def test_a_span_outside_of_a_source_is_an_error(span: tuple[int, int]) -> None:
    from cleaner.kernel.repeats import may_stand_elsewhere

    with pytest.raises(ValueError, match="outside"):
        may_stand_elsewhere("a b", [span], " ")
