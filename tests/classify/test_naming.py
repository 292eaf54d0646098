"""Names of removed lines: by what stands beside them; never against a user's own rule, and without a change of what goes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from cleaner.classify import model as model_module
from cleaner.classify.document import classify
from cleaner.classify.language import detect_language
from cleaner.classify.model import block_model
from cleaner.classify.naming import likeliest, precise, renamed
from cleaner.classify.rules import lower
from cleaner.decide import decide
from cleaner.load.labels import removed_labels
from cleaner.parse.text import parse_text
from cleaner.pipeline import Cleaner
from cleaner.values import Bias, Options, Result, Span, Verdict
from tests.cleaners import PARAGRAPHS, rules_alone, with_model

#: a newspaper's menu, which names newsletters and a network as it names departments
_MENU = """Sections
Home
News
Sport
Culture
Podcasts
About the Courier
Newsletters
Instagram
Help centre
Accessibility
Corrections
Terms of use
Privacy policy
Careers"""
_ABOVE = """Home
News
Sport
Culture
Podcasts
Harbour cams
Night ferry stays for two more years
By Edith Marlowe
Share this article
Copy link"""
#: an article between menus
PAGE = "\n".join([_ABOVE, *PARAGRAPHS, _MENU])


def _spans(result: Result, line: str) -> list[Span]:
    return [span for span in result.spans if result.source[span.start : span.end].strip() == line]


def test_what_a_rule_knows_by_its_words_is_named_for_what_it_stands_among() -> None:
    result = with_model().clean_text(PAGE)
    called = {f"rule:{rule.id}": rule.label for rule in rules_alone().book("en").rules}
    for line, label in (("Instagram", "share"), ("Newsletters", "promotion")):
        (span,) = _spans(result, line)
        assert (called[span.reason], span.label) == (label, "navigation")
    assert [span.label for span in _spans(result, "Copy link")] == ["share"]


def test_the_rule_that_found_a_line_stays_its_reason() -> None:
    result, alone = with_model().clean_text(PAGE), rules_alone().clean_text(PAGE)
    for line in ("Instagram", "Newsletters"):
        (named,), (found,) = _spans(result, line), _spans(alone, line)
        assert named.label != found.label
        assert msgspec.structs.replace(named, label=found.label) == found


def test_a_users_own_rule_names_its_lines(tmp_path: Path) -> None:
    rules = tmp_path / "own.toml"
    rules.write_text(
        '[[rule]]\nid = "our-networks"\nlabel = "promotion"\nlanguages = ["*"]\nlines = ["Instagram", "Newsletters"]\n'
        'removes = ["Instagram"]\nkeeps = ["Instagram lost some of its readers."]\n'
    )
    cleaner = Cleaner(Options(rules=(str(rules),)))
    for result in (cleaner.clean_text(PAGE), cleaner.clean_html(_as_html())):
        for line in ("Instagram", "Newsletters"):
            assert {(span.label, span.reason) for span in _spans(result, line)} == {("promotion", "rule:our-networks")}


def _as_html() -> str:
    """The text as a page, its body in an element of its own."""
    above, below = ("".join(f"<div>{line}</div>" for line in part.split("\n")) for part in (_ABOVE, _MENU))
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return f"<html lang=en><body><header>{above}</header><article>{body}</article><footer>{below}</footer></body></html>"


@pytest.mark.parametrize("bias", ["precision", "balanced", "recall"])
def test_names_change_nothing_but_labels(bias: Bias) -> None:
    document, lowered = parse_text(PAGE), lower(PAGE)
    judgement = classify(document, lowered, rules_alone().book(detect_language(lowered)), bias=bias)
    every_rule = frozenset(verdict.reason for verdict in judgement.verdicts)
    model, goes = block_model("default"), removed_labels(Options())
    named = decide(document, model.verdicts(document, judgement, bias), goes)
    unnamed = decide(document, model.verdicts(document, msgspec.structs.replace(judgement, users=every_rule), bias), goes)
    assert named != unnamed
    assert [_without_label(span) for span in named] == [_without_label(span) for span in unnamed]


def _without_label(span: Span) -> Span:
    return msgspec.structs.replace(span, label="")


def test_a_label_that_is_kept_is_kept_by_the_name_that_fits() -> None:
    result = Cleaner(Options(keep=frozenset({"share"}))).clean_text(PAGE)
    assert [span.kept for line in ("Copy link", "Instagram") for span in _spans(result, line)] == [True, False]


def test_names_do_not_depend_on_how_many_blocks_are_looked_at_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    document, lowered = parse_text(PAGE), lower(PAGE)
    judgement = classify(document, lowered, rules_alone().book(detect_language(lowered)))
    at_once = block_model("default").verdicts(document, judgement, "balanced")
    monkeypatch.setattr(model_module, "_AT_ONCE", 3)
    assert block_model("default").verdicts(document, judgement, "balanced") == at_once


#: two labels and content: the second label follows itself, the first stands behind content
_FOLLOWS = np.array([[0.0, -2.0, 1.0], [-2.0, 3.0, -1.0], [2.0, -2.0, 0.0]])


def _likeliest(
    scores: list[list[float]], goes: list[bool], said: dict[int, int] | None = None, stands: frozenset[int] = frozenset()
) -> list[int]:
    return list(likeliest(np.array(scores), np.array(goes), said or {}, stands, _FOLLOWS))


def test_a_doubtful_line_has_the_name_of_those_beside_it() -> None:
    doubtful = [0.1, 0.0]
    assert _likeliest([[0.0, 6.0], doubtful, [0.0, 6.0]], [True, True, True]) == [1, 1, 1]
    assert _likeliest([[0.0, 0.0], doubtful, [0.0, 0.0]], [False, True, False]) == [0]


def test_a_line_that_is_sure_of_its_name_keeps_it() -> None:
    assert _likeliest([[0.0, 6.0], [4.0, 0.0], [0.0, 6.0]], [True, True, True]) == [1, 0, 1]


def test_a_rules_label_gives_way_to_one_that_is_likelier_than_a_half() -> None:
    three = np.zeros((4, 4))
    for score, label in ((0.5, 0), (2.0, 1)):
        assert likeliest(np.array([[0.0, score, 0.0]]), np.array([True]), {0: 0}, frozenset(), three).tolist() == [label]


def test_a_label_that_stands_is_what_its_neighbours_go_by() -> None:
    doubtful, other = [0.1, 0.0], [6.0, 0.0]
    assert _likeliest([other, doubtful, other], [True, True, True], {0: 1, 2: 1}, frozenset({0, 2})) == [1, 1, 1]


def test_nothing_goes() -> None:
    assert _likeliest([[0.0, 0.0]], [False]) == []


def test_renamed_verdicts_keep_all_but_their_label() -> None:
    one, other = Verdict(0, 4, "share", "rule:networks", 0.95), Verdict(5, 9, "share", "rule:networks", 0.95)
    assert list(renamed([one, other], {other: "navigation"})) == [one, Verdict(5, 9, "navigation", "rule:networks", 0.95)]


def test_precise_rules_alone_are_asked() -> None:
    document, lowered = parse_text(PAGE), lower(PAGE)
    judgement = classify(document, lowered, rules_alone().book("en"))
    found = precise(judgement)
    assert {verdict.reason.partition(":")[0] for verdict in found.values()} == {"rule"}
    assert min(verdict.score for verdict in found.values()) >= 0.9
    assert set(found) < set(judgement.taken)
