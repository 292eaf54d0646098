"""Repeats and pull quotes: with the kernel those are found that are found without it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify import duplicates
from cleaner.classify.duplicates import find_pull_quotes, find_repeats
from cleaner.classify.shape import Shapes, measure
from cleaner.parse.text import parse_text
from cleaner.values import Block, Document
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_EDGES = " .é"
_SENTENCES = ["Der Rat stimmte am Abend zu.", "„Das war ein guter Tag.“", "Wörter wie diese", "漢字", "x", "ΟΔΟΣ οδος, İ i̇ K k ΣΣ"]
_SENTENCES += [sentence.lower() for sentence in _SENTENCES]
_PARAGRAPH = st.lists(st.sampled_from(_SENTENCES), max_size=9)


def _same_without_kernel(document: Document, shapes: Shapes, candidates: list[int]) -> bool:
    found = find_repeats(document, shapes, candidates), find_pull_quotes(document, shapes, candidates)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duplicates, "COMPILED", False)
        return found == (find_repeats(document, shapes, candidates), find_pull_quotes(document, shapes, candidates))


def _document(lines: list[str]) -> Document:
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return Document("\n".join(lines), tuple(blocks), tuple(lines))


@given(st.lists(_PARAGRAPH, max_size=12), st.sets(st.integers(0, 12)))
def test_repeats_and_pull_quotes(paragraphs: list[list[str]], passed_over: set[int]) -> None:
    document = parse_text("\n".join(map(" ".join, paragraphs)))
    shapes, blocks = measure(document), range(len(document.blocks))
    assert _same_without_kernel(document, shapes, list(blocks))
    assert _same_without_kernel(document, shapes, [block for block in blocks if block not in passed_over])


def test_the_corpus() -> None:
    for case in CASES:
        # A text that stands twice has what it repeats, and what it does not.
        document = parse_text("\n".join([*case.lines, " ".join(case.lines), *case.lines]))
        shapes, blocks = measure(document), range(len(document.blocks))
        assert _same_without_kernel(document, shapes, list(blocks)), case.name
        assert _same_without_kernel(document, shapes, [block for block in blocks if block % 5]), case.name


@given(st.lists(st.text("ab é漢\U0001f4f7", max_size=60), min_size=1, max_size=12), st.sets(st.integers(0, 12)))
def test_what_is_not_found_stands_nowhere_else(lines: list[str], passed_over: set[int]) -> None:
    from cleaner.kernel.repeats import Repeats

    document = _document(lines)
    candidates = [block for block in range(len(lines)) if block not in passed_over]
    found = Repeats(_EDGES).quoted(document.source, document.blocks, [9] * len(lines), candidates, 9, 9)
    for block in set(candidates) - set(found):
        bare = lines[block].strip(_EDGES)
        assert bare
        assert not any(bare in lines[other] for other in candidates if other != block and len(bare) < len(lines[other]))


@given(st.lists(st.text("aB é漢ΣςσİiK\u0307\ud800", max_size=8), max_size=12))
def test_what_is_not_found_is_like_nothing_else(lines: list[str]) -> None:
    from cleaner.kernel.repeats import Repeats

    found = Repeats(_EDGES).repeated(tuple(lines), [9] * len(lines), range(len(lines)), 9)
    keys = [line.strip(_EDGES) for line in lines]
    for block in set(range(len(lines))) - set(found):
        assert not any(
            len(keys[block]) == len(key) and keys[block].lower() == key.lower() for other, key in enumerate(keys) if other != block
        )


def test_all_capitals_are_like_their_small_letters() -> None:
    from cleaner.kernel.repeats import Repeats

    small = Repeats("")
    for sign in map(chr, range(sys.maxunicode + 1)):
        lowered = sign.lower()
        if lowered != sign and len(lowered) == 1:
            assert small.repeated((sign, lowered), [1, 1], (0, 1), 1) == [0, 1], hex(ord(sign))


@pytest.mark.parametrize("line", ["Immer wieder derselbe Anfang, immer", "ab", "漢字漢字漢字漢字漢字"])
def test_many_of_one_start(line: str) -> None:
    document = _document([f"{line} {number} und noch {number} Worte." for number in range(40)] * 2)
    assert _same_without_kernel(document, measure(document), list(range(80)))


def test_what_is_not_there_is_an_error() -> None:
    from cleaner.kernel.repeats import Repeats

    repeats, blocks = Repeats(_EDGES), (Block(0, 3),)
    for candidate in (-1, 1):
        with pytest.raises(ValueError, match="no such block"):
            repeats.repeated(("a b",), [2], [candidate], 1)
        with pytest.raises(ValueError, match="no such block"):
            repeats.quoted("a b", blocks, [2], [candidate], 1, 9)
    with pytest.raises(ValueError, match="each block"):
        repeats.repeated(("a b",), [], [0], 1)
    with pytest.raises(ValueError, match="each block"):
        repeats.quoted("a b", blocks, [], [0], 1, 9)
    for block in (Block(-1, 2), Block(2, 1), Block(0, 4), Block(4, 4)):
        with pytest.raises(ValueError, match="outside"):
            repeats.quoted("a b", (block,), [2], [0], 1, 9)
