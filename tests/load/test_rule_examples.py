"""Every rule of the package on its own examples: a rule without them does not load."""

from __future__ import annotations

import pytest

from cleaner.classify.examples import check_rule
from cleaner.load.package import read_package_rules
from cleaner.load.rules import Rule
from tests.cleaners import rules_alone

_RULES = read_package_rules()


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    languages = sorted(rule.languages - {"*"})
    assert check_rule(rule, rules_alone().book(languages[0] if languages else None)) == []


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in _RULES}) == len(_RULES)


def test_every_label_of_residue_has_rules() -> None:
    """But for those that structure and repetition give."""
    from cleaner.load.labels import labels

    residue = {name for name, label in labels().items() if not label.content}
    assert residue - {rule.label for rule in _RULES} <= {"headline", "duplicate"}
