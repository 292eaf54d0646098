"""Looks and places of blocks: what one pass in C sees is what Python's methods say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.block_features import _FIRST, _LAST, _first, _last, block_features
from cleaner.classify.document import classify
from cleaner.classify.language import detect_language
from cleaner.classify.rules import lower
from cleaner.kernel import COMPILED
from cleaner.parse.text import parse_text
from tests.cleaners import rules_alone
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel
from tests.laws.strategies import texts as scrapes

if COMPILED:
    from cleaner.kernel.looks import signs

pytestmark = needs_kernel

_SIGNS = [*'|©@/»›€$%?!:“„"(…,.。！？（中', "http", ". ", "\n", "\n\n", "ABC", "Ǆ", "ǅ", "Wort ", "²", "٣", "İ", "\ud800", "\0"]


def _compare(source: str) -> None:
    # Lone surrogates do not come so far (`pipeline`).
    document = parse_text(source.encode("utf-8", "replace").decode())
    if not document.blocks:
        return
    lowered = lower(document.source)
    judgement = classify(document, lowered, rules_alone().book(detect_language(lowered)))
    mine, plain = (block_features(document, judgement, room=3, compiled=compiled) for compiled in (True, False))
    assert mine.tolist() == plain.tolist()


@given(scrapes)
def test_any_document(source: str) -> None:
    _compare(source)


@given(st.lists(st.sampled_from(_SIGNS), max_size=40).map("".join))
@example("Foto: AP\n\nFoto: AP\n\n\n港湾委員会は。残す！\n")
def test_any_signs(source: str) -> None:
    _compare(source)


def test_the_corpus() -> None:
    for case in CASES:
        _compare("\n".join(case.lines))


def test_every_character_first_and_last() -> None:
    texts = [chr(code) for code in range(0x110000)]
    found = np.zeros((60, len(texts)))
    signs(texts, (), _FIRST, _LAST, 8, found)
    assert found[27:35].argmax(axis=0).tolist() == [_first(text) for text in texts]
    assert found[35:46].argmax(axis=0).tolist() == [_last(text) for text in texts]


@pytest.mark.parametrize("texts", [[None], [7], [""]], ids=repr)
def test_what_is_no_text_is_an_error(texts: list[str]) -> None:
    with pytest.raises((TypeError, IndexError)):
        signs(texts, (":",), {}, {}, 8, np.zeros((60, 1)))
