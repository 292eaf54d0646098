"""What the report's file holds. What a browser makes of it is tested in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
from typing import Any

import pytest
from hypothesis import given

from cleaner.render.page import page, policy, report_page
from cleaner.render.report import Report
from cleaner.values import Result
from tests.render.build import ARTICLE, HOSTILE, result, results

#: beside line feeds and tabs, what a terminal or a browser obeys; it stands nowhere in the file as it is
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


class _Reader(html.parser.HTMLParser):
    """What an HTML parser makes of the page: its tags, and the text of its scripts and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, str, str]] = []
        self._is_block = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        self._is_block = tag in ("script", "style")
        if self._is_block:
            self.blocks.append((tag, values.get("type") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._is_block = False

    def handle_data(self, data: str) -> None:
        if self._is_block:
            tag, kind, text = self.blocks[-1]
            self.blocks[-1] = (tag, kind, text + data)

    def data(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The index, and the documents' texts."""
        index, *chunks = [json.loads(text) for tag, kind, text in self.blocks if kind == "application/json"]
        return index, [text for chunk in chunks for text in chunk]


def _read(*documents: tuple[str, Result]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return _Reader(page(documents)).data()


def test_marks_stand_in_the_source_with_label_reason_and_score() -> None:
    made = result(ARTICLE, title="Steg wird erneuert")
    index, texts = _read(("steg.txt", made))
    row = index["rows"][0]
    labels = [label["name"] for label in index["labels"]]
    assert (row["id"], row["title"]) == ("steg.txt", "Steg wird erneuert")
    assert texts[0]["source"] == made.source
    marks = [(made.source[mark[0] : mark[1]], labels[mark[2]], index["reasons"][mark[4]], mark[5]) for mark in row["marks"]]
    assert marks[0] == ("Menü", "navigation", "rule:xx-navigation", 9500)
    assert [label for _, label, *_ in marks] == ["navigation", "navigation", "photo_credit", "related_link", "share"]


def test_totals_count_removals_and_words_by_label() -> None:
    index, _ = _read(("a", result(ARTICLE)), ("b", result(ARTICLE)))
    by_label = {index["labels"][int(place)]["name"]: counts for place, counts in index["totals"]["by_label"].items()}
    assert by_label["navigation"] == [4, 4]
    assert by_label["related_link"] == [2, 14]
    assert index["totals"]["documents"] == 2


def test_identical_removals_are_one_group() -> None:
    index, _ = _read(("a", result(ARTICLE)), ("b", result(ARTICLE)), ("c", result("Text. ⟦share:Teilen⟧\n")))
    group = index["groups"].index("Teilen")
    assert index["groupDocuments"][group] == 3
    assert index["groupDocuments"][index["groups"].index("Menü")] == 2


def test_the_policy_names_this_style_and_script_and_nothing_else() -> None:
    reader = _Reader(page([("a", result(ARTICLE))]))
    written = next(values["content"] or "" for tag, values in reader.tags if values.get("http-equiv"))
    assert written == policy(connect=False)
    assert written.startswith("default-src 'none'; ")
    assert "unsafe" not in written
    assert "connect-src" not in written
    for tag in ("style", "script"):
        found = [text for name, kind, text in reader.blocks if name == tag and not kind]
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in written


def test_nothing_is_loaded_from_anywhere() -> None:
    made = result("Siehe https://www.steg.example/ und <img src='https://evil.example/x.png'>.\n")
    for tag, values in _Reader(page([("a", made)])).tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form", "video", "audio")
        assert not {"src", "style", "srcset", "action"} & values.keys()
        assert not any(name.startswith("on") for name in values)
        assert (values.get("href") or "#").startswith("#")


def _everywhere(text: str) -> Result:
    made = result(f"Vorher {text} nachher.\n⟦teaser_list:{text}⟧\n", warnings=(text,))
    return Result(
        text=made.text,
        source=made.source,
        spans=made.spans,
        warnings=made.warnings,
        title=text,
        authors=(text,),
        date=text,
        language=text,
        url=text,
    )


@pytest.mark.parametrize("hostile", [*HOSTILE, "</script><script>alert(1)</script>", "<!--", "]]>", "&lt;"])
def test_hostile_text_is_data(hostile: str) -> None:
    made = _everywhere(hostile)
    text = page([(hostile, made)])
    text.encode("utf-8")
    reader = _Reader(text)
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in _Reader(page([("x", _everywhere("x"))])).tags]
    index, texts = reader.data()
    assert texts[0]["source"] == made.source.replace("\ud800", "\ufffd")
    assert index["rows"][0]["title"] == hostile.replace("\ud800", "\ufffd")
    assert not _OBEYED.search(text)


@given(results)
def test_any_source_comes_out_as_it_was(made: Result) -> None:
    text = page([("a", made)])
    _, texts = _Reader(text).data()
    sound = re.sub("[\ud800-\udfff]", "\ufffd", made.source)
    assert texts[0]["source"] == sound
    ends = [run[0] for run in texts[0]["runs"]]
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([len(sound)] if sound else [])
    assert not _OBEYED.search(text)


def test_a_label_nobody_knows_has_a_place_too() -> None:
    index, _ = _read(("a", result("⟦no_such_label:x⟧ y")))
    assert "no_such_label" in [label["name"] for label in index["labels"]]


def test_empty_pages() -> None:
    assert _read() == (_read()[0], [])
    assert _read()[0]["rows"] == []
    assert _read(("a", result("")))[1] == [{"source": "", "runs": []}]


def test_the_heading_and_the_note_are_escaped() -> None:
    text = report_page(Report(), "runs", heading="<b>", note="<script>alert(1)</script>")
    assert "<b>" not in text
    assert "<script>alert(1)" not in text


def test_the_same_documents_give_the_same_page() -> None:
    documents = [("a", result(ARTICLE)), ("b/c", result(ARTICLE, title="x"))]
    assert page(documents) == page(list(documents))
