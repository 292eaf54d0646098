"""Names of removed lines: the kernel gives those that Python gives, in the same order, with the same reasons."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.classify import label_facts
from cleaner.classify.headlines import PATH_END
from cleaner.classify.kept import name_kept
from cleaner.classify.label_facts import label_names
from cleaner.classify.left import _probability, name_left
from cleaner.classify.rules import Hits, RuleBook
from cleaner.classify.shape import Shapes
from cleaner.classify.structure import Structure
from cleaner.classify.taking import take_lines
from cleaner.classify.verdicts import on_block
from cleaner.kernel import COMPILED
from cleaner.load.package import package_rules
from cleaner.load.rules import Neighbour, Rule
from cleaner.values import Block, Document, Verdict
from tests.cleaners import rules_alone
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

if COMPILED:
    from cleaner.kernel.kept_lines import kept_lines
    from cleaner.kernel.rule_facts import RuleFacts

pytestmark = needs_kernel

_TITLE = "A title that is long enough to end a path"
_TEXTS = [
    *("0", "1", "2", "3", "9", "10", "٣", "²", "007", "-1", "1.234", "12 345", "& 3", "Share", "und", ",", "x:"),
    *("Jane Doe", "Maria van der Berg", "J. R. Smith,", "PolitikWeltSportKulturReise", "PolitikWeltSport.", "漢字", "\ud800", "\0", ""),
    *(_TITLE, f"Home / News / {_TITLE[:PATH_END]}…", f"x{_TITLE[:PATH_END]}", _TITLE[: PATH_END - 1], "A quiet line", "He said: „No“"),
]
_LABELS = "navigation teaser_list share byline timestamp caption photo_credit headline promotion section comments".split()
_NAMED = [
    Rule(
        id=f"{label}-{number}",
        label=label,
        languages=frozenset("*"),
        kind=("lines", "words", "line")[number % 3],
        position=(None, "before", "after", "outside", "inside")[number % 5],
        score=(0.2, 0.5, 0.8, 0.95)[number % 4],
        neighbour=Neighbour(previous=frozenset({"none", "share"})) if number == 6 else None,
        path="",
        trusted=number != 5,
    )
    for label in _LABELS
    for number in range(7)
]
_RULES = [*_NAMED, *(rule for rule in package_rules() if rule.kind in ("neighbour", "section", "sections"))]
_BOOK = RuleBook(_RULES)
_OPENERS = [rule for rule in _RULES if rule.label in ("teaser_list", "section", "navigation")]


@dataclass
class _Line:
    text: str
    words: int
    evidence: float
    ends: bool
    prose: bool
    content: bool
    role: str
    rules: tuple[Rule, ...]
    hints: tuple[Rule, ...]
    section: Rule | None
    is_opener: bool


_FEW = st.lists(st.sampled_from(_NAMED), max_size=3).map(tuple)
_LINES = st.builds(
    _Line,
    text=st.sampled_from(_TEXTS).filter(bool),
    words=st.sampled_from([1, 1, 2, 3, 4, 5, 7, 8, 12, 20, 21, 30, 60]),
    evidence=st.floats(-9, 9),
    ends=st.booleans(),
    prose=st.booleans(),
    content=st.sampled_from([False, False, False, True]),
    role=st.sampled_from(["paragraph", "paragraph", "code", "heading2", "list_item"]),
    rules=st.one_of(st.just(()), st.just(()), _FEW),
    hints=st.one_of(st.just(()), st.just(()), _FEW),
    section=st.one_of(st.none(), st.sampled_from(_OPENERS[:1]), st.sampled_from(_OPENERS)),
    is_opener=st.sampled_from([False, False, False, True]),
)

_PLAIN = {(rule.label, rule.kind): rule for rule in _NAMED if rule.position is None and rule.neighbour is None and rule.score >= 0.5}
_TEASERS = next(rule for rule in _OPENERS if rule.label == "teaser_list")
#: beneath a teaser list's heading
_BENEATH = st.builds(
    _Line,
    text=st.sampled_from(["1", "2", "3", "9", "10", "101", "102", "1000", "1001", "PolitikWeltSportKulturReise", "x"]),
    words=st.sampled_from([1, 2, 3, 3, 4, 5, 9]),
    evidence=st.just(-1.0),
    ends=st.just(False),
    prose=st.just(False),
    content=st.just(False),
    role=st.just("paragraph"),
    rules=st.one_of(st.just(()), st.just(()), st.sampled_from([(rule,) for rule in _PLAIN.values()])),
    hints=st.just(()),
    section=st.just(_TEASERS),
    is_opener=st.sampled_from([False] * 9 + [True]),
)
#: names, and what stands between and beside them
_PEOPLE = st.builds(
    _Line,
    text=st.sampled_from(["Jane Doe", "Maria van der Berg", "J. R. Smith,", "& 3", "und", ",", "&", "Foto", "„No“, he said"]),
    words=st.sampled_from([2, 3, 4, 5, 10, 25, 35, 40, 41, 60]),
    evidence=st.floats(-2, 0),
    ends=st.booleans(),
    prose=st.booleans(),
    content=st.sampled_from([False, False, True]),
    role=st.just("paragraph"),
    rules=st.one_of(
        st.just(()), st.sampled_from([(rule,) for rule in _PLAIN.values() if rule.label in ("photo_credit", "caption", "byline", "share")])
    ),
    hints=st.just(()),
    section=st.none(),
    is_opener=st.just(False),
)


def _compare(lines: list[_Line], edges: tuple[int, int, int], title: int, threshold: float, standfirst: list[int], glued: bool) -> None:
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line.text), line.role))
        at += len(line.text) + 1
    texts = tuple(line.text for line in lines)
    document = Document("\n".join(texts), tuple(blocks), texts, glued)
    shapes = Shapes([line.words for line in lines], [line.ends for line in lines])
    hits = Hits(
        {block: line.rules for block, line in enumerate(lines) if line.rules},
        {block: line.hints for block, line in enumerate(lines) if line.hints},
        {},
        [],
    )
    section = [line.section for line in lines]
    structure = Structure(
        [line.prose for line in lines],
        [line.content for line in lines],
        [line.evidence for line in lines],
        section,
        [line.is_opener and rule is not None for line, rule in zip(lines, section, strict=True)],
        *edges,
    )
    plain, mine = (take_lines(document, _BOOK, hits, shapes, structure, threshold, compiled=compiled) for compiled in (False, True))
    assert list(mine.items()) == list(plain.items())
    if title < len(lines):
        for taken in (plain, mine):
            taken[title] = on_block(document, title, "headline", "structure", 0.9)
    name_left(document, _BOOK, hits, shapes, structure, plain, compiled=False)
    name_left(document, _BOOK, hits, shapes, structure, mine, compiled=True)
    assert list(mine.items()) == list(plain.items())
    known = [block for block in standfirst if block < len(lines)]
    kept = [name_kept(document, shapes, structure, mine, known, compiled=compiled) for compiled in (False, True)]
    assert kept[0] == kept[1]


@settings(max_examples=300)
@given(
    st.one_of(st.lists(_LINES, max_size=24), st.lists(_BENEATH, min_size=3, max_size=12), st.lists(_PEOPLE, min_size=3, max_size=12)),
    st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25)).map(lambda edges: (min(edges), sorted(edges)[1], max(edges))),
    st.integers(0, 40),
    st.sampled_from([0.0, 0.35, 0.5, 0.9]),
    st.lists(st.integers(0, 24), max_size=3),
    st.booleans(),
)
def test_invented_lines(
    lines: list[_Line], edges: tuple[int, int, int], title: int, threshold: float, standfirst: list[int], glued: bool
) -> None:
    _compare(lines, edges, title, threshold, standfirst, glued)


def test_the_corpus() -> None:
    from cleaner.classify.document import classify
    from cleaner.classify.language import detect_language
    from cleaner.classify.rules import lower
    from cleaner.parse.text import parse_text

    for case in CASES:
        document = parse_text("\n".join(case.lines))
        lowered = lower(document.source)
        book = rules_alone().book(detect_language(lowered))
        judgement = classify(document, lowered, book)
        hits, shapes, structure = judgement.hits, judgement.shapes, judgement.structure
        plain, mine = (take_lines(document, book, hits, shapes, structure, 0.5, compiled=compiled) for compiled in (False, True))
        assert list(mine.items()) == list(plain.items()), case.name
        name_left(document, book, hits, shapes, structure, plain, compiled=False)
        name_left(document, book, hits, shapes, structure, mine, compiled=True)
        assert list(mine.items()) == list(plain.items()), case.name


@example(0.5)
@example(-1e300)
@example(1e300)
@given(st.one_of(st.floats(-8, 8), st.integers(1, 9999).map(lambda steps: _evidence_of(steps / 10_000 + 0.00005))))
def test_how_sure_a_run_is(evidence: float) -> None:
    document = Document("x", (Block(0, 1),), ("x",))
    structure = Structure([False], [False], [evidence], [None], [False], 0, 0, 0)
    taken: dict[int, Verdict] = {}
    name_left(document, _BOOK, Hits({}, {}, {}, []), Shapes([1], [False]), structure, taken, compiled=True)
    assert taken[0].score == _probability(evidence)


def _evidence_of(chance: float) -> float:
    import math

    return 0.5 + math.log(1 / chance - 1) if 0 < chance < 1 else 0.0


def test_many_lines_take_no_time_of_their_own() -> None:
    lines = [_Line("PolitikWeltSportKultur", 1, -1.0, False, False, False, "paragraph", (), (), _OPENERS[0], False)] * 20_000
    _compare(lines, (0, 0, 0), 0, 0.5, [], False)
    _compare(lines, (20_000, 20_000, 20_000), 0, 0.5, [], False)


def test_labels_without_number_are_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    book = RuleBook([msgspec.structs.replace(_NAMED[0], label="no-such-label")])
    assert book.facts is None
    monkeypatch.setattr(label_facts, "_MOST_NUMBERS", 3)
    assert RuleBook(_NAMED).facts is None


def test_what_does_not_fit_is_an_error() -> None:
    document = Document("x", (Block(0, 1),), ("x",))
    structure = Structure([False], [False], [0.0], [None], [False], 0, 0, 0)
    shapes, nothing = Shapes([1], [False]), Hits({}, {}, {}, [])
    unknown = msgspec.structs.replace(_NAMED[0], id="of another book")
    with pytest.raises(ValueError, match="another book"):
        take_lines(document, _BOOK, msgspec.structs.replace(nothing, lines={0: (unknown,)}), shapes, structure, 0.5, compiled=True)
    with pytest.raises(ValueError, match="no such block"):
        take_lines(document, _BOOK, msgspec.structs.replace(nothing, lines={7: (_NAMED[0],)}), shapes, structure, 0.5, compiled=True)
    beyond = {7: on_block(document, 0, "share", "structure", 0.9)}
    with pytest.raises(ValueError, match="no such block"):
        name_left(document, _BOOK, nothing, shapes, structure, beyond, compiled=True)
    with pytest.raises(ValueError, match="each block"):
        take_lines(document, _BOOK, nothing, Shapes([], []), structure, 0.5, compiled=True)
    with pytest.raises(ValueError, match="each block"):
        name_left(document, _BOOK, nothing, Shapes([], []), structure, {}, compiled=True)
    with pytest.raises(ValueError, match="each block"):
        kept_lines((), {}, [1], [], [], [], 0, [], 20, Verdict)
    with pytest.raises(ValueError, match="its facts"):
        RuleFacts((), label_names(), [], [])
