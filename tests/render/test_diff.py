from __future__ import annotations

import re

import pytest
from hypothesis import assume, given

from cleaner.errors import OptionError
from cleaner.render.diff import plain_diff
from cleaner.render.lines import lines_of
from cleaner.render.unified import unified_rows
from cleaner.render.visible import visible
from cleaner.values import Result
from tests.render.build import ARTICLE, result, results

_WORDS = re.compile(r"[^\s\x1c-\x1f\x85\u2028\u2029]+")


def test_inline() -> None:
    assert result(ARTICLE).diff() == (
        "[-Menü-]{navigation rule:xx-navigation 0.95}\n"
        "[-Suche-]{navigation rule:xx-navigation 0.95}\n"
        "Der Steg über die Tall wird am Montag abgerissen. [-Foto: Sauter-]{photo_credit rule:xx-photo_credit 0.95} Er war beliebt.\n"
        "Gebaut hatte ihn eine Schulklasse.\n"
        "[-Lesen Sie auch: Warum die Stadt prüft-]{related_link rule:xx-related_link 0.95}\n"
        "Der neue wird breiter.\n"
        "[-Teilen-]{share rule:xx-share 0.95}\n"
    )


def test_unified() -> None:
    assert result(ARTICLE).diff("unified") == (
        "--- source\n"
        "+++ body\n"
        "@@ -1,7 +1,3 @@\n"
        "-Menü  # navigation rule:xx-navigation 0.95\n"
        "-Suche  # navigation rule:xx-navigation 0.95\n"
        "-Der Steg über die Tall wird am Montag abgerissen. Foto: Sauter Er war beliebt.  # photo_credit rule:xx-photo_credit 0.95\n"
        "+Der Steg über die Tall wird am Montag abgerissen. Er war beliebt.\n"
        " Gebaut hatte ihn eine Schulklasse.\n"
        "-Lesen Sie auch: Warum die Stadt prüft  # related_link rule:xx-related_link 0.95\n"
        " Der neue wird breiter.\n"
        "-Teilen  # share rule:xx-share 0.95\n"
    )


def test_unified_hunks_are_parted_and_numbered() -> None:
    kept = "".join(f"Absatz {number}.\n" for number in range(1, 11))
    rows = result(f"⟦space:⟧⟦share:Teilen⟧⟦space:\n⟧{kept}⟦share:Drucken⟧⟦space:\n⟧").diff("unified").splitlines()
    assert [row for row in rows if row.startswith("@@")] == ["@@ -1,4 +1,3 @@", "@@ -9,4 +8,3 @@"]
    assert " Absatz 5." not in rows


def test_nothing_removed() -> None:
    made = result("Der Steg bleibt.\n")
    assert made.diff() == "Der Steg bleibt.\n"
    assert made.diff("unified") == "--- source\n+++ body\n"
    assert result("").diff() == result("").diff("unified").removeprefix("--- source\n+++ body\n") == ""


def test_side() -> None:
    rows = result(ARTICLE).diff("side").splitlines()
    assert re.fullmatch(r"source +│ body", rows[0])
    assert re.fullmatch(r"Menü +< # navigation rule:xx-navigation 0\.95", rows[1])
    assert re.fullmatch(r"Der Steg über .* ~ Der Steg über .*", rows[3])
    assert {row.index("│") for row in rows if "│" in row} == {61}
    assert max(map(len, rows)) <= 123


@pytest.mark.parametrize("style", ["", "INLINE", "word", "html"])
def test_another_style_is_refused(style: str) -> None:
    with pytest.raises(OptionError, match="inline, side, unified"):
        plain_diff(result("a"), style)  # type: ignore[arg-type]


@given(results)
def test_inline_shows_every_word_kept_or_not(made: Result) -> None:
    shown = made.diff()
    at = 0
    for span in made.spans:
        for word in _WORDS.findall(made.source[span.start : span.end]):
            at = shown.find(visible(word), at)
            assert at >= 0
            at += len(visible(word))


@given(results)
def test_unified_holds_source_and_body(made: Result) -> None:
    assume("\r" not in made.source)
    ends = re.compile(r"[\n\x0b\x0c\x85\u2028\u2029]")
    rows = [row for row in unified_rows(lines_of(made), context=1_000) if row.sign != "@"]
    if not rows:
        assert ends.split(made.text.rstrip("\n")) == ends.split(made.source.rstrip("\n"))
        return
    before, after = (visible_lines(ends.split(text)) for text in (made.source, made.text))
    assert [row.text for row in rows if row.sign in " -"] == before
    assert [row.text for row in rows if row.sign in " +"] == after


def visible_lines(lines: list[str]) -> list[str]:
    """The lines as they are shown; behind a last line break there is none."""
    return [visible(line) for line in (lines[:-1] if lines[-1] == "" else lines)]


@given(results)
def test_side_never_fails_and_never_obeys(made: Result) -> None:
    shown = made.diff("side")
    assert visible(shown) == shown


def test_a_long_line_is_shown_in_linear_time() -> None:
    made = result("Wort " * 200_000 + "⟦share:Teilen⟧ " + "Wort " * 200_000)
    assert len(made.diff()) > 2_000_000
    assert len(made.diff("unified")) > 4_000_000
