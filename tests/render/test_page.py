from __future__ import annotations

import base64
import hashlib
import html
import html.parser
import re

import pytest
from hypothesis import given

from cleaner.render.page import page
from cleaner.render.visible import visible
from cleaner.values import Result
from tests.render.build import ARTICLE, HOSTILE, result, results

_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


class _Reader(html.parser.HTMLParser):
    """What a browser makes of the page: the text of the documents, the tags, and what must not be there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.struck: list[tuple[str, str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._depth: list[str] = []
        self._is_text = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "div" and values.get("class") == "text":
            self._is_text = True
        if self._is_text and tag == "p":
            self.lines.append("")
        if tag == "del":
            self.struck.append(("", values["data-label"] or "", values["data-why"] or ""))
            self._depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._is_text = False
        if tag == "del":
            self._depth.pop()

    def handle_data(self, data: str) -> None:
        if self._is_text and self.lines and data.strip("\n"):
            self.lines[-1] += data
        if self._depth:
            self.struck[-1] = (self.struck[-1][0] + data, *self.struck[-1][1:])


def test_removals_stand_in_place_with_label_reason_and_score() -> None:
    text = page([("steg.txt", result(ARTICLE, title="Steg wird erneuert"))])
    reader = _Reader(text)
    assert reader.lines[2] == "Der Steg über die Tall wird am Montag abgerissen. Foto: Sauter Er war beliebt."
    assert reader.struck[0] == ("Menü", "navigation", "rule:xx-navigation · 0.95")
    assert [label for _, label, _ in reader.struck] == ["navigation", "navigation", "photo_credit", "related_link", "share"]
    assert "Steg wird erneuert" in text


def test_the_legend_counts_removals_and_words() -> None:
    text = page([("a", result(ARTICLE)), ("b", result(ARTICLE))])
    assert re.search(r'value="navigation".*?>4<span class="words"> · 4 words<', text)
    assert re.search(r'value="related_link".*?>2<span class="words"> · 14 words<', text)
    assert 'href="#document-2"' in text
    assert 'id="document-2"' in text


def test_the_policy_names_this_style_and_script_and_nothing_else() -> None:
    text = page([("a", result(ARTICLE))])
    policy = next(values["content"] or "" for tag, values in _Reader(text).tags if values.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere() -> None:
    made = result("Siehe https://www.steg.example/ und <img src='https://evil.example/x.png'>.\n")
    for tag, values in _Reader(page([("a", made)])).tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form", "video", "audio")
        assert not {"src", "style", "srcset", "action"} & values.keys()
        assert not any(name.startswith("on") for name in values)
        assert (values.get("href") or "#").startswith("#")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text(hostile: str) -> None:
    made = result(f"Vorher {hostile} nachher.\n⟦teaser_list:{hostile}⟧\n", title=hostile, warnings=(hostile,))
    made = Result(
        text=made.text, source=made.source, spans=made.spans, title=hostile, authors=(hostile,), date=hostile, language=hostile, url=hostile
    )
    harmless = result("Vorher x nachher.\n⟦teaser_list:x⟧\n", title="x")
    harmless = Result(
        text=harmless.text, source=harmless.source, spans=harmless.spans, title="x", authors=("x",), date="x", language="x", url="x"
    )
    text = page([(hostile, made)])
    text.encode("utf-8")
    reader, plain = _Reader(text), _Reader(page([("x", harmless)]))
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in plain.tags]
    assert reader.lines == [f"Vorher {visible(hostile)} nachher.", visible(hostile)]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@given(results)
def test_the_page_holds_the_source_once(made: Result) -> None:
    expected = [visible(line) for line in _ENDS.split(made.source) if line.strip()]
    assert _Reader(page([("a", made)])).lines == expected or expected == []


def test_a_label_nobody_knows_has_a_switch_too() -> None:
    text = page([("a", result("⟦no_such_label:x⟧ y"))])
    assert 'value="other"' in text
    assert 'data-label="no_such_label"' in text


def test_empty_pages() -> None:
    assert "No documents." in page([])
    assert "This document has no words." in page([("a", result(""))])


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    assert "99 %" in page([("a", result("⟦share:x⟧ " + "y " * 900)), ("b", result("y"))])
    assert "1 %" in page([("a", result("y ⟦share:" + "x " * 900 + "⟧")), ("b", result("y"))])
