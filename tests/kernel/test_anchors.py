"""Anchors of literals: lists that do not fit together are an error, and so is what no text can be looked through for."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.load.letters import FIGURES, letter_figures
from tests.kernel.twins import needs_kernel

pytestmark = needs_kernel


def test_there_is_a_figure_for_each_number_of_a_group() -> None:
    assert len(letter_figures()) == 1 << FIGURES


@pytest.mark.parametrize("literals", [[""], ["a"], ["ab", "b"]], ids=str)
def test_what_no_text_can_be_looked_through_for_is_an_error(literals: list[str]) -> None:
    from cleaner.kernel.anchors import Anchors

    with pytest.raises(ValueError, match="a literal is"):
        Anchors(literals, np.zeros((len(literals), 4), dtype=np.int32), letter_figures())


def test_lists_that_do_not_fit_together_are_an_error() -> None:
    from cleaner.kernel.anchors import Anchors, groups_of

    with pytest.raises(ValueError, match="fit together"):
        Anchors(["abc"], np.zeros((0, 4), dtype=np.int32), letter_figures())
    with pytest.raises(ValueError, match="fit together"):
        groups_of(["abc"], np.zeros(1, dtype=np.int32), letter_figures()[1:])


def test_texts_with_a_group_of_three_letters_have_a_bit() -> None:
    from cleaner.kernel.anchors import groups_of

    found = np.full(5, -1, dtype=np.int32)
    groups_of(["abc", "x – abc", "ab", "...", "中文字"], found, letter_figures())
    assert [number > 0 for number in found.tolist()] == [True, True, False, False, True]
