"""The body: the kernel finds where Python finds it, and adds up what Python adds up, to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.rules import Hits, RuleBook, lower
from cleaner.classify.shape import measure
from cleaner.classify.structure import plain_segment, segment
from cleaner.load.package import package_rules
from cleaner.load.rules import Neighbour, Rule
from cleaner.parse.text import parse_text
from cleaner.values import BIASES, Bias, Document
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_BIASES: st.SearchStrategy[Bias] = st.sampled_from(BIASES)
_SHORT = st.text("ab 19٣²,.:：|\ud800漢", min_size=1, max_size=60).map(lambda line: f"- {line}" if line[0] == "a" else line)
_FACTS = st.sampled_from(["Größe: 4 m", "長さ：4 m", "a: b", "ab: | c", "Das alles gehört hier noch dazu, und zwar:", "Tor 1 2 3 4"])
_SENTENCES = st.integers(3, 70).map(lambda words: " ".join(["Wort"] * words) + ".")
_LINES = st.lists(st.one_of(_SHORT, _FACTS, _SENTENCES, st.just("")), max_size=40)
_RULES = st.builds(
    Rule,
    id=st.just("one"),
    label=st.sampled_from(["section", "caption", "navigation"]),
    languages=st.just(frozenset("*")),
    kind=st.just("section"),
    neighbour=st.sampled_from([None, None, Neighbour()]),
    until=st.sampled_from(["prose", "end", "blank", 0, 3, -1, -(10**30), 10**30]),
    position=st.sampled_from([None, None, "before", "after", "outside", "inside"]),
    score=st.sampled_from([0.4, 0.5, 0.95]),
    path=st.just(""),
    trusted=st.just(True),
)


def _text(lines: list[str]) -> Document:
    return parse_text("\n".join(lines))


@given(_LINES, st.lists(_RULES, min_size=1, max_size=4), st.data(), _BIASES)
def test_the_body_of_any_text(lines: list[str], rules: list[Rule], data: st.DataObject, bias: Bias) -> None:
    document = _text(lines)
    blocks = st.integers(0, max(0, len(document.blocks) - 1))
    size = min(8, len(document.blocks))
    some = st.lists(st.sampled_from(rules), min_size=1, max_size=3).map(tuple)
    heard = data.draw(st.dictionaries(blocks, some, max_size=size))
    openers = data.draw(st.dictionaries(blocks, st.sampled_from(rules), max_size=size))
    shapes, hits = measure(document), Hits(heard, {}, openers, [])
    assert segment(document, shapes, hits, bias) == plain_segment(document, shapes, hits, bias)


@pytest.mark.parametrize("bias", BIASES)
def test_the_corpus(bias: Bias) -> None:
    book = RuleBook(package_rules())
    for case in CASES:
        document = _text(list(case.lines))
        shapes = measure(document)
        for hits in (Hits({}, {}, {}, []), book.find(document, lower(document.source), shapes)):
            assert segment(document, shapes, hits, bias) == plain_segment(document, shapes, hits, bias), case.name


def test_what_does_not_fit_is_an_error() -> None:
    from cleaner.classify.structure import _body

    document = _text(["Ein Wort.", "Noch ein Wort."])
    texts, blocks = document.texts, document.blocks
    with pytest.raises(ValueError, match="each block"):
        _body.find([2], [True], texts, blocks, {}, {}, {}, None, 0.0)
    with pytest.raises(ValueError, match="each block"):
        _body.find([2, 3], [True, True], texts, blocks, {}, {}, {}, [False], 0.0)
    with pytest.raises(ValueError, match="no such block"):
        _body.find([2, 3], [True, True], texts, blocks, {2: ()}, {}, {}, None, 0.0)
    with pytest.raises(ValueError, match="no such block"):
        _body.find([2, 3], [True, True], texts, blocks, {}, {-1: 1}, {}, None, 0.0)
    with pytest.raises(ValueError, match="no such block"):
        _body.find([2, 3], [True, True], texts, blocks, {}, {}, {9: ("", 0, 1, False, False, False)}, None, 0.0)
