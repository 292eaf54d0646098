"""Normal forms: where the kernel has an answer, it is its twin's."""

from __future__ import annotations

import sys

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.load.rules import EDGES, _normal_form, normalise
from tests.corpus.reading import CASES
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


@given(st.one_of(st.text(), st.text("aAbİıi\u0307Σσ’'.09٣८  \u00a0\u00ad\t\nß📷🔊x\ud800ÄÉ\0\u3000、", max_size=12)))
@example("")
@example("» ΟΔΟΣ 12.10. «")
@example(EDGES)
def test_any_line(line: str) -> None:
    assert normalise(line) == _normal_form(line)


def test_every_sign() -> None:
    different = [
        code for code in range(sys.maxunicode + 1) if (line := f"A{chr(code)}b 10{chr(code)}") and normalise(line) != _normal_form(line)
    ]
    assert not different


def test_the_corpus() -> None:
    lines = [line for case in CASES for line in case.lines]
    assert list(map(normalise, lines)) == list(map(_normal_form, lines))


def test_most_lines_need_no_twin() -> None:
    from cleaner.kernel.normal_forms import NormalForms

    forms = NormalForms(EDGES)
    answers = [forms.of(line) for case in CASES for line in case.lines if line.strip(EDGES)]
    assert sum(answer is None for answer in answers) < len(answers) / 20
