"""The kernel's matcher and RE2 give the same answers."""

from __future__ import annotations

import random

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.kernel import COMPILED
from cleaner.load.letter_case import same_letters
from cleaner.load.package import read_package_rules
from cleaner.load.patterns import PatternSet, compile_pattern
from cleaner.load.program_index import program_of
from cleaner.load.rules import MARK_CLOSE, MARK_OPEN, RESIDUE_GROUP
from cleaner.load.rules import _expanded as expanded

pytestmark = pytest.mark.skipif(not COMPILED, reason="nothing was compiled")

_SIGNS = " \n\t.,-–(1aAkKsSßſ\u212aéÉτςΣЖ中\U0001d400"


def _same(pattern: str, text: str) -> None:
    encoded = text.encode()
    program = program_of(pattern, lambda _: pytest.skip("too long"))
    if program is None:
        return
    matcher, has_places = program
    groups = RESIDUE_GROUP in pattern
    reference = compile_pattern(pattern, groups=groups)
    group = reference.groupindex["residue"] if groups else 0
    found = reference.search(text)
    assert bool(matcher.found(encoded)) is (found is not None), (pattern, text)
    if has_places:
        assert matcher.search(encoded) == (found and (found.start(group), found.end(group))), (pattern, text)
        if not reference.search(""):
            expected = [(one.start(group), one.end(group)) for one in reference.finditer(text)]
            if all(start < end for start, end in expected):
                assert matcher.search_all(encoded) == expected, (pattern, text)


def _changed(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return chance.choice(
        (
            text[:at] + chance.choice(_SIGNS) + text[at:],
            text[:at] + text[at + chance.randrange(1, 5) :],
            text[at:] + text[:at],
            text.upper(),
            text.swapcase(),
            text[:at],
        )
    )


def test_rules_on_their_examples() -> None:
    chance = random.Random(1)
    for rule in read_package_rules():
        if rule.pattern is None:
            continue
        for example in (*rule.removes, *rule.keeps):
            text = example.replace(MARK_OPEN, "").replace(MARK_CLOSE, "")
            _same(expanded(rule), text)
            _same(expanded(rule), _changed(text, chance))


def test_rules_are_all_understood() -> None:
    left = [rule.id for rule in read_package_rules() if rule.pattern and program_of(expanded(rule), bool) is None]
    assert not left


def _patterns() -> st.SearchStrategy[str]:
    signs = st.sampled_from(["a", "A", "k", "s", "ß", "é", "1", " ", r"\.", "-", "ab", "aB", "sk", "Σ", "中"])
    classes = st.sampled_from([".", r"\w", r"\d", r"\s", r"\W", r"\S", "[a-k]", "[^a-k]", "[^.1]", "[éß]", "[ſ1]", r"[\w.-]", "(?-i:a|É)"])
    places = st.sampled_from([r"\b", "^", "$", r"\B", r"\A"])
    leaves = st.one_of(signs, signs, classes, places)

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        repeats = st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "??", "*?", "+?", "{1,2}?"])
        return st.one_of(
            st.lists(inner, min_size=2, max_size=4).map("".join),
            st.lists(inner, min_size=2, max_size=5).map(lambda arms: f"(?:{'|'.join(arms)})"),
            st.tuples(inner, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        )

    bare = st.recursive(leaves, larger, max_leaves=12)
    return st.one_of(bare, st.tuples(bare, bare, bare).map(lambda parts: f"(?:{parts[0]})(?P<residue>{parts[1]})(?:{parts[2]})"))


@settings(max_examples=1500, deadline=None)
@given(_patterns(), st.lists(st.text(st.sampled_from(_SIGNS + "b"), max_size=25), min_size=1, max_size=4))
def test_invented_patterns(pattern: str, texts: list[str]) -> None:
    try:
        compile_pattern(pattern)
    except ValueError:
        return
    for text in texts:
        _same(pattern, text)


def test_letter_case_is_ignored_as_re2_does() -> None:
    options = re2.Options()
    options.case_sensitive = False
    cased = [
        sign
        for sign in range(0x80, 0x20000)
        if not 0xD800 <= sign < 0xE000 and (same_letters(sign) != (sign,) or chr(sign).lower() != chr(sign))
    ]
    text = "".join(map(chr, [*range(0x20, 0x80), *cased]))
    different = [
        hex(sign)
        for sign in (*range(0x41, 0x5B), *range(0x61, 0x7B), *cased)
        if {ord(found.group()) for found in re2.compile(f"\\x{{{sign:x}}}", options).finditer(text)} != set(same_letters(sign))
    ]
    assert not different


def test_long_texts_are_left_to_re2() -> None:
    pattern = r"a[^x]*b"
    assert PatternSet((pattern,)).found(("a" * 20_000 + "b").encode())
    assert not PatternSet((pattern,)).found(("a" * 20_000).encode())
    program = program_of(pattern, bool)
    assert program is not None
    with pytest.raises(OverflowError):
        program[0].search(b"a" * 20_000)


@pytest.mark.parametrize("text", [b"", b"\0", b"\xff\xfe", b"\xe4\xb8", b"a\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"])
def test_bytes_that_are_no_utf_8(text: bytes) -> None:
    for pattern in (r"\w+$", ".", "[^a]", "é|中|a", r"(?:a|[^x])*y"):
        program = program_of(pattern, bool)
        assert program is not None
        program[0].found(text)
        program[0].search_all(text)
