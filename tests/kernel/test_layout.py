"""Blocks of a text: the kernel reads the lines that Python reads."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.parse.text import parse_text, plain_parse_text
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel

#: a line that no column was wrapped at
_LONG = "Der Steg war alt. " * 8
_SIGNS = "#-*+•·–>|`~!0١2.)[](_ \t\xa0aÄ漢\U0001f4f7\ud800\n"
_LINES = st.lists(st.one_of(st.text(_SIGNS, max_size=12), st.just(_LONG)), max_size=12)


@given(_LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
@example([_LONG, "1. eins", "12) zwei", "1234. drei", "1\tvier", "3.", "- ", "a", "", "| a |", "> b", "# c", "٣. d", "1٣. e"], "\n")
@example([_LONG, "*", "* x", "•", "`a`", "~~~", "code", "~~~", "[a](b)", "**fett**", "!"], "\n")
@example([_LONG, "a", "b", "c"], "\n")
@example([], "\n")
def test_blocks(lines: list[str], end: str) -> None:
    text = end.join(lines)
    assert parse_text(text) == plain_parse_text(text)


def test_documents() -> None:
    for case in CASES:
        text = "\n".join([*case.lines, _LONG])
        assert parse_text(text) == plain_parse_text(text), case.name
