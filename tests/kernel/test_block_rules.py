"""All rules on all blocks: the kernel finds what its twin in Python finds, whatever the lines."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.classify.rules import Hits, RuleBook, lower
from cleaner.classify.shape import Shapes
from cleaner.load.literals import Clause
from cleaner.load.package import package_rules, read_package_rules
from cleaner.load.rules import MARK_CLOSE, MARK_OPEN, Rule, select
from cleaner.values import Block, Document
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

_WORDS = (
    "share",
    "tweet",
    "mehr",
    "12",
    "0",
    "a_b",
    "x" * 90,
    "ΟΔΟΣ",
    "für",
    "\0",
    "📷",
    "(dpa)",
    "Foto:",
    "Berlin (dpa) –",
    "12.3.2025",
    "13:27",
)
_PART = st.one_of(
    st.sampled_from(_WORDS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    st.text("aA0١ _.»\u00a0\u00ad", max_size=6),
)


class _Line(NamedTuple):
    """A line as it stands in the source, and what a reader sees of it; its number of words, and whether it ends like a sentence."""

    raw: str
    text: str
    words: int
    ends: bool


def _plain(text: str, words: int = -1, *, ends: bool = False) -> _Line:
    return _Line(text, text, text.count(" ") + 1 if words < 0 else words, ends)


_TEXTS = st.lists(_PART, min_size=1, max_size=6).map(" ".join)
_LINES = st.lists(
    st.one_of(
        st.builds(lambda text, words, ends: _Line(text, text, words, ends), _TEXTS, st.integers(0, 130), st.booleans()),
        st.builds(_Line, _TEXTS, _TEXTS, st.integers(0, 12), st.booleans()),
        st.builds(lambda text: _Line(f"**{text}** [x](y)", f"{text} x", text.count(" ") + 2, False), _TEXTS),
    ),
    max_size=6,
)


def _rule(number: int, **said: object) -> Rule:
    return Rule(**{"id": str(number), "label": "share", "languages": frozenset("*"), "path": "", "trusted": True, **said})  # type: ignore[arg-type]


def _clause(*literals: str) -> tuple[Clause, ...]:
    return (Clause(frozenset(literals)),)


#: more sets of words than one number has bits; rules with every condition, at every place; two rules with one phrase
_INVENTED = (
    _rule(0, kind="lines", phrases=frozenset({"share", "mehr 0", "x" * 300}), score=0.5),
    _rule(1, kind="lines", phrases=frozenset({"share", "für"}), sentence=True),
    _rule(2, kind="sections", phrases=frozenset({"share", "tweet", "οδοσ"})),
    _rule(3, kind="lines", phrases=frozenset({"tweet", "📷"}), digits=False, max_words=3, score=0.2),
    _rule(4, kind="lines", phrases=frozenset({"mehr 0", "share 0"}), digits=True, min_words=2),
    *(_rule(number, kind="words", phrases=frozenset({f"share tweet {number} a_b", f"mehr w{number}"})) for number in range(5, 80)),
    _rule(80, kind="words", phrases=frozenset({"für " + "x" * 90}), position="after"),
    _rule(81, kind="line", pattern=r"\d+ \w", digits=True, max_words=12),
    _rule(82, kind="line", pattern="tweet", clauses=_clause("tweet"), score=0.4),
    _rule(83, kind="section", pattern="^mehr", clauses=_clause("mehr")),
    _rule(84, kind="line", pattern="{date} {time}", digits=True, max_words=12),
    _rule(85, kind="line", pattern="{date}|mehr", digits=True, max_words=6, score=0.3),
    _rule(86, kind="line", pattern="{date}$", digits=True, max_words=6),
    _rule(87, kind="span", pattern=r"\(dpa\)", at="end", reach=20, clauses=_clause("dpa")),
    _rule(88, kind="span", pattern=r"(?:\(dpa\)|foto:) *", at="end", reach=30, clauses=_clause("dpa", "foto"), score=0.7),
    _rule(89, kind="span", pattern=r"berlin \(dpa\)(?P<residue> –)?", at="start", reach=40, clauses=_clause("dpa")),
    _rule(90, kind="span", pattern=r"\w+ \(dpa\)", at="start", reach=60, clauses=_clause("dpa")),
    _rule(91, kind="span", pattern=r"[^ ]*mehr[^ ]* ?(?P<residue>\d*)", at="anywhere", reach=12, clauses=_clause("mehr")),
    _rule(92, kind="span", pattern="share|tweet share", at="anywhere", reach=16, clauses=_clause("share"), score=0.3),
)


@functools.cache
def _books(name: str) -> tuple[RuleBook, RuleBook]:
    rules = _INVENTED if name == "invented" else select(package_rules(), None if name == "all" else name)
    return RuleBook(rules, compiled=True), RuleBook(rules, compiled=False)


def _found(name: str, lines: Sequence[_Line]) -> tuple[Hits, Hits]:
    lines = [line for line in lines if line.raw and line.text]
    source = "\n".join(line.raw for line in lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line.raw)))
        at += len(line.raw) + 1
    document = Document(source, tuple(blocks), tuple(line.text for line in lines))
    shapes = Shapes([line.words for line in lines], [line.ends for line in lines])
    compiled, plain = (book.find(document, lower(source), shapes) for book in _books(name))
    return compiled, plain


def _assert_same(name: str, lines: Sequence[_Line]) -> Hits:
    compiled, plain = _found(name, lines)
    assert compiled == plain
    assert [list(getattr(compiled, field)) for field in ("lines", "hints", "openers")] == [
        list(getattr(plain, field)) for field in ("lines", "hints", "openers")
    ]
    return compiled


@pytest.mark.parametrize("name", ["invented", "all"])
@given(_LINES)
@example([_plain("Share 12 tweet!"), _plain("share", ends=True), _plain("»")])
@example([_plain("mehr w7 12"), _plain("12 12"), _plain("x" * 200), _plain("x" * 1_201), _plain("12.3.2025 13:27")])
@example(
    [_plain("Berlin (dpa) – (dpa) Foto: (dpa) (dpa)"), _plain("mehr 12 mehr share tweet share mehr"), _plain("ü (dpa) ü mehr 7 (dpa)")]
)
@example([_plain("mehr share " * 400 + "(dpa)", 12), _plain("ä mehr share " * 900 + "(dpa)", 12)])
def test_any_lines(name: str, lines: list[_Line]) -> None:
    _assert_same(name, lines)


@given(st.lists(st.sampled_from([phrase for rule in package_rules() for phrase in sorted(rule.phrases)]), min_size=1, max_size=20))
def test_phrases(phrases: list[str]) -> None:
    _assert_same("all", [_plain(phrase) for phrase in phrases])


def test_rules_on_their_examples() -> None:
    rules = read_package_rules()
    examples = [example for rule in rules for example in (*rule.removes, *rule.keeps)]
    lines = [line for example in examples for line in example.replace(MARK_OPEN, "").replace(MARK_CLOSE, "").split("\n") if line.strip()]
    for start in range(0, len(lines), 200):
        _assert_same("all", [_plain(line, ends=line[-1] == ".") for line in lines[start : start + 200]])


def test_the_corpus() -> None:
    found = 0
    for case in CASES:
        lines = [_plain(line, ends=line[-1:] == ".") for line in case.lines if line.strip()]
        _assert_same(case.known["language"], lines)
        hits = _assert_same("all", lines)
        found += len(hits.lines)
    assert found > len(CASES)


def test_a_line_of_a_hundred_thousand_parts() -> None:
    # Each is compared with those near it, not with all: that would take minutes.
    found = _found_compiled(_plain(f"share {'x' * 40} " * 100_000, 5))
    assert len(found.spans) == 100_000


def _found_compiled(line: _Line) -> Hits:
    document = Document(line.raw, (Block(0, len(line.raw)),), (line.text,))
    return _books("invented")[0].find(document, lower(line.raw), Shapes([line.words], [line.ends]))


@pytest.mark.parametrize(
    ("blocks", "words"), [((Block(0, 9),), [1]), ((Block(3, 2),), [1]), ((Block(0, 2),), [1, 1])], ids=["beyond", "backwards", "too many"]
)
def test_what_is_no_part_of_the_source_is_an_error(blocks: tuple[Block, ...], words: list[int]) -> None:
    book = _books("invented")[0]
    with pytest.raises(ValueError, match=r"source|fit together"):
        book.find(Document("abc", blocks, ("ab",)), "abc", Shapes(words, [False]))
