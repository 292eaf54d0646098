"""Evidence and states: the kernel adds up what Python adds up, to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import evidence
from cleaner.classify.evidence import best_states, evidence_of, plain_best_states, plain_calm, plain_evidence, raise_calm
from cleaner.classify.rules import Hits
from cleaner.classify.shape import measure
from cleaner.classify.structure import segment
from cleaner.parse.text import parse_text
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_WEIGHTS = st.floats(-6, 6)
_LINES = st.text("ab 19٣²,.\ud800漢", min_size=1, max_size=60).map(lambda line: f"- {line}" if line[0] == "a" else line)


@given(st.lists(_WEIGHTS))
def test_states(weights: list[float]) -> None:
    assert best_states(weights) == plain_best_states(weights)


@given(st.lists(st.tuples(_WEIGHTS, st.booleans())), st.sets(st.integers(0, 40)))
def test_calm(blocks: list[tuple[float, bool]], known: set[int]) -> None:
    compiled, plain, prose = [weight for weight, _ in blocks], [weight for weight, _ in blocks], [is_prose for _, is_prose in blocks]
    near = sorted(block for block in known if block < len(blocks))
    raise_calm(compiled, prose, near)
    plain_calm(plain, prose, near)
    assert compiled == plain


@given(st.lists(_LINES), st.sets(st.integers(0, 12)), st.sampled_from([0.0, 0.31, 0.9]), st.sampled_from([-0.3, 0.0, 0.8]))
def test_evidence(lines: list[str], known: set[int], clean: float, shift: float) -> None:
    document = parse_text("\n".join(lines))
    shapes, count = measure(document), len(document.blocks)
    residue: list[str | None] = [("navigation" if block % 2 else "caption") if block in known else None for block in range(count)]
    compiled = evidence_of(document, shapes, residue, [block for block in known if block < count], clean, shift)
    assert compiled == plain_evidence(document, shapes, residue, clean, shift)


def test_the_corpus() -> None:
    nothing = Hits({}, {}, {}, [])
    for case in CASES:
        document = parse_text("\n".join(case.lines))
        compiled = segment(document, measure(document), nothing)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(evidence, "COMPILED", False)
            assert segment(document, measure(document), nothing) == compiled, case.name


def test_lists_that_do_not_fit_are_an_error() -> None:
    from cleaner.kernel.sequence import calm, looks

    with pytest.raises(ValueError, match="each block"):
        calm([0.0], [], [], 5, 0.4)
    with pytest.raises(ValueError, match="each block"):
        looks([1], [], (), [], {}, (12, 0.07, 4.0, 40, 1.5), (4, 0.3), (3, 14, -0.8, -0.6, -0.2), (4, 3, 0.6), 0.0)
