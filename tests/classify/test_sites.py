"""Site rules on documents."""

from __future__ import annotations

import functools
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.load.site_rules import LineRule, Site, SiteRules
from cleaner.pipeline import Cleaner
from cleaner.values import SPACE, Options, Result
from tests.cleaners import PARAGRAPHS, reasons

SITE = "tarnwick.example"


def _rule(text: str, **more: Any) -> LineRule:
    return LineRule(id=f"{SITE}/{text}", label=more.pop("label", "promotion"), text=text, **{"seen": 10, **more})


def _cleaner(*rules: LineRule, **options: Any) -> Cleaner:
    sites = SiteRules((Site(name=SITE, documents=10, line=rules), Site(name="other.example", documents=4, line=(_rule("grobbed"),))))
    return Cleaner(Options(model=None, site_rules=sites, **options))


def _with(*lines: str, before: str = "") -> str:
    first, *others = PARAGRAPHS
    return "\n\n".join(filter(None, (before, first, *lines, *others)))


def _clean(cleaner: Cleaner, text: str, **more: Any) -> Result:
    return cleaner.clean_text(text, url=f"https://www.{SITE}/a.html", **more)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (_rule("vrumble the wozzle"), "Vrumble the Wozzle!"),
        (_rule("vrumble {number} wozzles"), "Vrumble 1,204 wozzles"),
        (_rule("vrumbled on {number}"), "Vrumbled on 12 March 2025"),
        (_rule("vrumbled by {any}"), "Vrumbled by Edith Marlowe"),
        (_rule("{any} vrumbles"), "Edith Marlowe vrumbles"),
        (_rule("vrumble {any} now"), "Vrumble the Wozzle now"),
        (_rule("vrumbled by {any}", max_words=4, where="inside"), "Vrumbled by Edith Marlowe"),
    ],
)
def test_lines_that_a_rule_takes(rule: LineRule, line: str) -> None:
    result = _clean(_cleaner(rule), _with(line))
    assert reasons(result)[line] == f"site:{rule.id}"
    assert result.text == _with()


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (_rule("vrumble the wozzle"), "Vrumble the Wozzle or the old ferry will be gone before the next summer comes, she said."),
        (_rule("vrumble {number} wozzles"), "Vrumble the wozzles, she said to all of them on the way out."),
        (_rule("vrumbled by {any}"), "Vrumbled by, she said to all of those who were there on the way."),
        (_rule("she {any} now", max_words=4), "She said that they would all have to leave the hall now"),
        (_rule("she said so to all of us on the way home", where="end"), "She said so to all of us on the way home."),
        (_rule("she said so to all of us on the way home", off=True), "She said so to all of us on the way home."),
    ],
)
def test_lines_that_a_rule_leaves(rule: LineRule, line: str) -> None:
    result = _clean(_cleaner(rule), _with(line))
    assert line in result.text


def test_the_site_is_told_by_name_address_or_lines() -> None:
    rules = [_rule("vrumble the wozzle"), _rule("grobbed in tarn"), _rule("wexing trundle quorps")]
    cleaner = _cleaner(*rules)
    text = _with("Vrumble the Wozzle", "Grobbed in Tarn", "Wexing Trundle Quorps")
    short = _with("Vrumble the Wozzle")
    assert cleaner.clean_text(text).text == _with()
    assert cleaner.clean_text(short).text == short
    assert cleaner.clean_text(short, site=SITE).text == _with()
    assert cleaner.clean_text(short, url=f"http://m.{SITE}/x").text == _with()
    assert cleaner.clean_text(short, url="https://other.example/x").text == short
    assert cleaner.clean_text(text, url="https://nobody-knows.example/x").text == _with()


def test_a_name_written_with_www_is_the_same_host() -> None:
    sites = SiteRules((Site(name=f"www.{SITE}", line=(_rule("vrumble the wozzle", seen=None),)),))
    cleaner = Cleaner(Options(model=None, site_rules=sites))
    assert _clean(cleaner, _with("Vrumble the Wozzle")).text == _with()


def test_bias_says_how_sure_a_rule_must_be() -> None:
    rule, text = _rule("vrumble the wozzle", seen=3), _with("Vrumble the Wozzle")
    assert _clean(_cleaner(rule), text).text == _with()
    assert _clean(_cleaner(rule, bias="recall"), text).text == text
    assert _clean(_cleaner(_rule("vrumble the wozzle"), bias="recall"), text).text == _with()


def test_a_label_that_is_to_stay_stays() -> None:
    text = _with("Vrumble the Wozzle")
    assert _clean(_cleaner(_rule("vrumble the wozzle", label="caption"), keep=frozenset({"caption"})), text).text == text


def test_on_a_page_without_paragraphs_only_sure_rules_are_heard() -> None:
    titles = [
        "Old ferry sails again",
        "Harbour board meets on Thursday",
        "Night bus for the valley",
        "Who pays for the weir",
        "Lights out at the lido",
    ]
    rules = [_rule("night bus for the valley", seen=4), _rule("vrumble the wozzle", seen=10)]
    result = _clean(_cleaner(*rules), "\n".join([*titles, "Vrumble the Wozzle"]))
    assert not any(reason.endswith("valley") for reason in reasons(result).values())


def test_a_rule_may_also_keep_a_line() -> None:
    text = _with("Share this article on Facebook")
    assert _clean(_cleaner(), text).text == _with()
    assert _clean(_cleaner(_rule("share this article on facebook", label="body")), text).text == text


def test_a_cleaner_with_site_rules_is_pickled() -> None:
    cleaner = pickle.loads(pickle.dumps(_cleaner(_rule("vrumble the wozzle"))))
    assert _clean(cleaner, _with("Vrumble the Wozzle")).text == _with()


_PIECES = st.sampled_from(
    ["Vrumble the Wozzle", "vrumbled by Anna Maier", "1 wozzle", "\n", "\n\n", " ", "a", "0", "\ud800", "\ufffc", *PARAGRAPHS[:2]]
)


@functools.cache
def _framed() -> Cleaner:
    return _cleaner(_rule("vrumble the wozzle"), _rule("vrumbled by {any}"), _rule("{number} wozzle", where="end"))


@settings(deadline=None)  # the first example loads the rules
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_whatever_the_text_spans_tile_and_nothing_is_invented(text: str) -> None:
    result = _clean(_framed(), text)
    assert "".join(text[span.start : span.end] for span in result.spans) == text
    assert "".join(text[span.start : span.end] for span in result.spans if span.kept) == result.text
    for span in result.spans:
        if span.reason.startswith("site:") and span.label != SPACE:
            assert "wozzle" in text[span.start : span.end].lower() or "vrumbled" in text[span.start : span.end]
