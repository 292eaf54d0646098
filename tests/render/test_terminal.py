from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from cleaner.errors import OptionError
from cleaner.render.terminal import print_diff
from cleaner.values import Result
from tests.render.build import ARTICLE, HOSTILE, result

#: the only escapes that may reach a terminal: colours and styles
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
STYLES = ("inline", "side", "unified")


def shown(made: Result, style: str, *, width: int = 110, colour: bool = True, name: str = "steg.txt", whole: bool = False) -> str:
    """What a terminal gets."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=colour, color_system="standard" if colour else None, legacy_windows=False, _environ={}
    )
    print_diff(console, name, made, style, whole=whole)
    return file.getvalue()


def test_inline_with_margins() -> None:
    rows = _COLOUR.sub("", shown(result(ARTICLE), "inline")).splitlines()
    assert rows[1] == " steg.txt   21 of 33 words kept"
    assert " ■ navigation 2  ■ photo_credit 1  ■ related_link 1  ■ share 1" in rows[2]
    assert "   navigation ▌ Menü" in rows[4]
    assert rows[4].endswith("rule:xx-navigation 0.95")
    assert rows[5].strip() == "▌ Suche"
    assert any(row.startswith(" photo_credit ▌ Der Steg") for row in rows)


def test_removals_are_struck_in_their_colour() -> None:
    text = shown(result(ARTICLE), "inline")
    assert "\x1b[9;34mMenü" in text
    assert "\x1b[9;31mLesen Sie auch" in text
    assert "\x1b[9;36mFoto: Sauter" in text


def test_narrow_terminals_have_the_reason_behind_the_words() -> None:
    rows = _COLOUR.sub("", shown(result(ARTICLE), "inline", width=70)).splitlines()
    assert "   navigation ▌ Menü  rule:xx-navigation 0.95" in rows


@pytest.mark.parametrize("style", ["inline", "side"])
@pytest.mark.parametrize("width", [40, 80, 100, 160, 300])
def test_nothing_is_wider_than_the_terminal(style: str, width: int) -> None:
    text = ARTICLE + "\nDonaudampfschifffahrts" * 3 + "kapitän" * 40 + "\n⟦caption:日本語の見出し" + "長" * 200 + "⟧\nA\ttab.\n" + ARTICLE
    rows = _COLOUR.sub("", shown(result(text), style, width=width)).splitlines()
    assert max(map(cell_len, rows)) <= width


def test_without_colours_removals_are_marked() -> None:
    text = shown(result(ARTICLE), "inline", colour=False)
    assert "\x1b" not in text
    assert text.startswith("# steg.txt: ")
    assert "[-Menü-]{navigation rule:xx-navigation 0.95}\n" in text
    assert "abgerissen. [-Foto: Sauter-]{photo_credit rule:xx-photo_credit 0.95} Er war" in text


def test_no_color_is_honoured() -> None:
    file = io.StringIO()
    print_diff(
        Console(file=file, force_terminal=True, _environ={"NO_COLOR": "1", "TERM": "xterm"}, width=100), "a", result(ARTICLE), "inline"
    )
    assert "[-Menü-]{navigation" in file.getvalue()


def test_long_stretches_are_folded_unless_asked_for() -> None:
    made = result("⟦share:Teilen⟧\n" + "".join(f"Absatz {number}.\n" for number in range(1, 15)))
    for colour in (True, False):
        for style in ("inline", "side"):
            assert "… 13 paragraphs kept …" in shown(made, style, colour=colour)
            assert "Absatz 9." not in shown(made, style, colour=colour)
            assert "Absatz 9." in shown(made, style, colour=colour, whole=True)
    assert "Absatz 9." not in shown(made, "unified")
    assert "Absatz 9." in shown(made, "unified", whole=True)


def test_a_long_line_is_cut_to_what_stands_beside_the_removal() -> None:
    text = _COLOUR.sub("", shown(result("Anfang " + "Wort " * 500 + "davor ⟦share:Teilen⟧ danach " + "Wort " * 500 + "Ende"), "inline"))
    words = re.sub(r"▌|rule:\S+ 0\.95", " ", text).split()
    assert words[words.index("Teilen") - 1 : words.index("Teilen") + 2] == ["davor", "Teilen", "danach"]
    assert text.count("… 475 words kept") == 2
    assert len(text) < 2_000


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("colour", [True, False])
def test_hostile_text_is_shown_not_obeyed(hostile: str, style: str, colour: bool) -> None:
    made = result(f"Vorher {hostile} nachher.\n⟦teaser_list:{hostile}⟧\nEnde ⟦caption:{hostile}⟧ gut.\n", warnings=(hostile,))
    text = _COLOUR.sub("", shown(made, style, colour=colour, name=hostile, width=160))
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    plain = re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", "", hostile)
    for word in re.findall(r"\[red\]markup\[/red\]|:smile:|<script>", plain):
        assert text.count(word) >= 4


def test_another_style_is_refused() -> None:
    with pytest.raises(OptionError):
        shown(result("a"), "words")


def test_nothing_removed_is_said() -> None:
    assert "nothing removed from 3 words" in shown(result("Der Steg bleibt.\n"), "inline")
    assert "nothing removed from 0 words, no-article" in shown(result("", warnings=("no-article",)), "inline", colour=False)
