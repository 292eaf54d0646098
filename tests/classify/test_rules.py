"""The rule engine: each kind of rule and each condition on its own."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classify.rules import lower
from tests.classify.conftest import Clean, rule
from tests.cleaners import PARAGRAPHS, gone, reasons

A, B, C, D = PARAGRAPHS


def _around(*lines: str) -> str:
    """An article in whose middle these lines stand."""
    return "\n\n".join([A, B, *lines, C, D])


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Zur Werft", True),
        ("» ZUR WERFT!", True),
        ("Zur  Werft", True),
        ("Zur Werft 2", False),
        ("Nur zur Werft", False),
        ("3 Boote", True),
        ("12 Boote", True),
        ("Boote", False),
    ],
)
def test_lines(clean: Clean, line: str, goes: bool) -> None:
    result = clean(_around(line), rule(lines=["Zur Werft", "7 Boote"]))
    assert gone(result) == ([line] if goes else [])
    assert result.text == (_around() if goes else _around(line))


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Werft", True),
        ("Werft Dock", True),
        ("Dock | Werft | Werft", True),
        ("Werft 12", True),
        ("Werft und Dock", False),
        ("Werften", False),
        ("12", False),
        ("Alles Dock", False),
    ],
)
def test_words(clean: Clean, line: str, goes: bool) -> None:
    assert gone(clean(_around(line), rule(words=["Werft", "Dock"]))) == ([line] if goes else [])


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Hier geht es zur Werft", True),
        ("HIER GEHT ES ZUR WERFT", True),
        ("Hier geht es zur Wert", False),
        ("zur Werft " + "und weiter " * 15, False),
        ("- Hier geht es zur Werft", True),
        ("[Hier](/a) geht es zur [Werft](/b)", True),
        ("**Zur Werft**", True),
    ],
)
def test_line(clean: Clean, line: str, goes: bool) -> None:
    assert gone(clean(_around(line.strip()), rule(line=r"zur werft\b"))) == ([line] if goes else [])


def test_a_word_ends_before_a_space_too(clean: Clean) -> None:
    assert gone(clean(_around("Hier zur Werft"), rule(line=r"\b zur werft\b"))) == ["Hier zur Werft"]


def test_only_the_part_that_a_span_names_goes(clean: Clean) -> None:
    result = clean(_around("Zur Werft Der Kapitän winkte."), rule(span=r"(?P<residue>zur werft) der \w+", at="start"))
    assert result.text == _around("Der Kapitän winkte.")
    assert gone(result) == ["Zur Werft"]


def test_a_phrase_over_two_lines_of_a_hard_wrapped_text(clean: Clean) -> None:
    """A paragraph over several lines is one block, and read as one."""
    prompt = (
        "Every Saturday at six the boat news of Tarnwick come by mail if you go to the office near the old shipyard and leave your name."
    )
    wrapped = ["\n".join(textwrap.wrap(paragraph, 76)) for paragraph in (A, B, prompt, C, D)]
    words = prompt.split()
    for number in range(0, len(words) - 2, 2):
        result = clean("\n\n".join(wrapped), rule(line=" ".join(words[number : number + 3])))
        assert gone(result) == [wrapped[2]], words[number : number + 3]


@pytest.mark.parametrize(
    ("line", "goes"), [("Zum Überblick", True), ("ZUM ÜBERBLICK", True), ("Zum Überblicken", False), ("Rumüberblick", False)]
)
def test_words_with_letters_of_their_own(clean: Clean, line: str, goes: bool) -> None:
    assert gone(clean(_around(line), rule(line=r"\bzum überblick\b"))) == ([line] if goes else [])


@pytest.mark.parametrize(
    ("line", "left", "at"),
    [
        ("Zur Werft. Der Kapitän winkte.", "Der Kapitän winkte.", "start"),
        ("Der Kapitän winkte. Zur Werft.", "Der Kapitän winkte.", "end"),
        ("Der Kapitän (zur Werft.) winkte.", "Der Kapitän () winkte.", "anywhere"),
        ("Der Kapitän winkte. Zur Werft. Zur Werft. Er ging.", "Der Kapitän winkte. Er ging.", "anywhere"),
        ("Der Kapitän winkte. Zur Werft. Zur Werft.", "Der Kapitän winkte.", "end"),
        ("Zur Werft. Zur Werft. Der Kapitän winkte.", "Der Kapitän winkte.", "start"),
        ("Der Kapitän winkte. Zur Werft.", "Der Kapitän winkte. Zur Werft.", "start"),
        ("Zur Werft. Der Kapitän winkte.", "Zur Werft. Der Kapitän winkte.", "end"),
        ("Der Kapitän winkte.", "Der Kapitän winkte.", "anywhere"),
    ],
)
def test_span(clean: Clean, line: str, left: str, at: str) -> None:
    result = clean(_around(line), rule(span=r"zur werft\.", at=at))
    assert result.text == _around(left)
    assert set(reasons(result).values()) == ({"rule:t"} if left != line else set())


@pytest.mark.parametrize("line", ["Zur Werft.", "– Zur Werft. –", "Zur Werft. Zur Werft."])
def test_a_line_of_which_a_span_leaves_no_word_goes_whole(clean: Clean, line: str) -> None:
    result = clean(_around(line), rule(span=r"zur werft\.", at="anywhere"))
    assert result.text == _around()
    assert [text.strip() for text in gone(result)] == [line]


def test_spans_of_several_rules_at_one_end(clean: Clean) -> None:
    rules = (
        rule("credit", "agency_credit", span=r"\((dpa|afp)\)", at="end"),
        rule("more", "related_link", span="mehr dazu", at="end"),
        rule("stamp", "timestamp", span="stand gestern", at="start"),
    )
    result = clean(_around("Stand gestern Der Kapitän winkte (dpa) wie immer. (afp) (dpa) Mehr dazu"), *rules)
    assert result.text == _around("Der Kapitän winkte (dpa) wie immer.")
    assert reasons(result) == {"Stand gestern": "rule:stamp", "(afp)": "rule:credit", "(dpa)": "rule:credit", "Mehr dazu": "rule:more"}


def test_a_span_far_inside_a_long_line(clean: Clean) -> None:
    before, after = "Then the boat came and went again. " * 40, "Nobody waved, and nobody was sorry. " * 40
    result = clean(_around(f"{before}[Zur Werft] {after}".strip()), rule(span=r"\[zur werft\]", at="anywhere"))
    assert result.text == _around(f"{before}{after}".strip())


@pytest.mark.parametrize(
    ("until", "left"),
    [
        (None, [A, B, C, D]),
        ("blank", [A, B, "Die alte Fähre ist verkauft.", C, D]),
        (1, [A, B, "Der neue Kran steht im Hafen.", "Die alte Fähre ist verkauft.", C, D]),
        (2, [A, B, "Die alte Fähre ist verkauft.", C, D]),
    ],
)
@pytest.mark.parametrize("kind", ["section", "sections"])
def test_sections(clean: Clean, until: str | int | None, left: list[str], kind: str) -> None:
    keys: dict[str, Any] = ({"section": "^mehr vom hafen$"} if kind == "section" else {"sections": ["Mehr vom Hafen"]}) | (
        {} if until is None else {"until": until}
    )
    source = (
        f"{A}\n\n{B}\n\nMehr vom Hafen\nBoot sinkt im Nebel\nDer neue Kran steht im Hafen.\n\nDie alte Fähre ist verkauft.\n\n{C}\n\n{D}"
    )
    result = clean(source, rule(label="teaser_list", **keys))
    assert [line for line in result.text.split("\n") if line] == left
    assert set(reasons(result).values()) == {"rule:t"}


@pytest.mark.parametrize(("until", "stays"), [("prose", True), ("end", False)])
def test_prose_below_a_section(clean: Clean, until: str, stays: bool) -> None:
    last = [paragraph.replace("harbour", "town").replace("boat", "tram").replace("nurse", "doctor") for paragraph in (A, C)]
    source = "\n\n".join([*PARAGRAPHS, "Mehr vom Hafen", "Boot sinkt im Nebel", *last])
    result = clean(source, rule(label="teaser_list", sections=["Mehr vom Hafen"], until=until))
    assert result.text == "\n\n".join([*PARAGRAPHS, *last] if stays else PARAGRAPHS)


def test_a_section_that_nothing_follows(clean: Clean) -> None:
    source = f"{A}\n\n{B}\n\nMehr vom Hafen\nBoot sinkt im Nebel\nNeuer Kran im Hafen\n"
    assert clean(source, rule(label="teaser_list", sections=["Mehr vom Hafen"])).text == f"{A}\n\n{B}\n"


def test_a_line_in_a_section_keeps_its_own_label(clean: Clean) -> None:
    source = f"{A}\n\n{B}\n\nMehr vom Hafen\nBoot sinkt im Nebel\nTeilen\nNeuer Kran im Hafen\n"
    result = clean(source, rule(label="teaser_list", sections=["Mehr vom Hafen"]), rule("share", "share", lines=["Teilen"]))
    assert reasons(result)["Teilen"] == "rule:share"
    assert reasons(result)["Neuer Kran im Hafen"] == "rule:t"


_CREDIT = rule("credit", "photo_credit", lines=["Foto: Moltke"])


@pytest.mark.parametrize(
    ("neighbour", "lines", "goes"),
    [
        ({"next": ["photo_credit"]}, ["Am Kai", "Foto: Moltke"], ["Am Kai", "Foto: Moltke"]),
        ({"next": ["photo_credit"]}, ["Foto: Moltke", "Am Kai"], ["Foto: Moltke"]),
        ({"previous": ["photo_credit"]}, ["Foto: Moltke", "Am Kai"], ["Foto: Moltke", "Am Kai"]),
        ({"previous": ["prose"], "next": ["photo_credit"]}, ["Am Kai", "Foto: Moltke"], ["Am Kai", "Foto: Moltke"]),
        ({"previous": ["photo_credit"], "next": ["share"]}, ["Foto: Moltke", "Am Kai"], ["Foto: Moltke"]),
        ({"previous": ["share", "prose"], "next": ["prose"]}, ["Am Kai"], ["Am Kai"]),
        ({"previous": ["none"]}, ["Am Kai"], []),
    ],
)
def test_a_line_is_known_by_its_neighbours(clean: Clean, neighbour: dict[str, list[str]], lines: list[str], goes: list[str]) -> None:
    result = clean(_around(*lines), _CREDIT, rule(label="caption", line="am kai", neighbour=neighbour))
    assert gone(result) == goes


def test_neighbours_alone(clean: Clean) -> None:
    caption = rule(label="caption", neighbour={"next": ["photo_credit"]}, max_words=6)
    result = clean(_around("Am Kai wartet ein Boot", "Foto: Moltke", "Der Hafen"), _CREDIT, caption)
    assert reasons(result) == {"Am Kai wartet ein Boot": "rule:t", "Foto: Moltke": "rule:credit"}
    assert gone(clean(_around("Am Kai wartet seit gestern ein Boot", "Foto: Moltke"), _CREDIT, caption)) == ["Foto: Moltke"]


def test_neighbours_of_neighbours(clean: Clean) -> None:
    rules = (
        rule("caption", "caption", neighbour={"next": ["photo_credit"]}, max_words=6),
        rule("counter", "media", line="^bild", neighbour={"next": ["caption"]}),
    )
    result = clean(_around("Bild 1 von 3", "Am Kai", "Foto: Moltke"), _CREDIT, *rules)
    assert reasons(result) == {"Bild 1 von 3": "rule:counter", "Am Kai": "rule:caption", "Foto: Moltke": "rule:credit"}


@pytest.mark.parametrize("edge", ["previous", "next"])
def test_the_edge_of_the_document_is_a_neighbour(clean: Clean, edge: str) -> None:
    source = "\n\n".join(["Am Kai", *PARAGRAPHS, "Am Kai"])
    result = clean(source, rule(line="am kai", neighbour={edge: ["none"]}))
    [span] = [span for span in result.removed if span.reason == "rule:t"]
    assert (span.start == 0) == (edge == "previous")


@pytest.mark.parametrize(
    ("position", "goes"),
    [(None, "123"), ("before", "1"), ("after", "3"), ("outside", "13"), ("inside", "2")],
)
def test_position(clean: Clean, position: str | None, goes: str) -> None:
    keys: dict[str, Any] = {} if position is None else {"position": position}
    source = "\n\n".join(["Zur Werft 1", A, B, "Zur Werft 2", C, D, "Zur Werft 3"])
    result = clean(source, rule(lines=["Zur Werft 9"], **keys))
    assert "".join(text[-1] for text, reason in reasons(result).items() if reason == "rule:t") == goes


@pytest.mark.parametrize(
    ("conditions", "goes"),
    [
        ({}, ["Zur Werft", "Zur Werft 12", "Zur Werft geht es hier.", "Kommen Sie zur Werft!"]),
        ({"digits": True}, ["Zur Werft 12"]),
        ({"digits": False}, ["Zur Werft", "Zur Werft geht es hier.", "Kommen Sie zur Werft!"]),
        ({"sentence": True}, ["Zur Werft geht es hier.", "Kommen Sie zur Werft!"]),
        ({"sentence": False}, ["Zur Werft", "Zur Werft 12"]),
        ({"min_words": 4}, ["Zur Werft geht es hier.", "Kommen Sie zur Werft!"]),
        ({"max_words": 2}, ["Zur Werft"]),
        ({"min_words": 3, "max_words": 4}, ["Zur Werft 12", "Kommen Sie zur Werft!"]),
        ({"digits": True, "sentence": True}, []),
    ],
)
def test_conditions_on_the_line(clean: Clean, conditions: dict[str, Any], goes: list[str]) -> None:
    lines = ["Zur Werft", "Zur Werft 12", "Zur Werft geht es hier.", "Kommen Sie zur Werft!"]
    source = "\n\n".join([A, lines[0], B, lines[1], C, lines[2], D, lines[3], A.replace("ferry", "boat")])
    assert gone(clean(source, rule(line="zur werft", **conditions))) == goes


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("12 km", True),
        ("3,5 km / 8 m", True),
        ("zwölf km", False),
        ("12 km bis zum Hafen und dann noch einmal zwölf km bis zum Kai", False),
    ],
)
def test_a_short_line_with_digits_needs_no_literal(clean: Clean, line: str, goes: bool) -> None:
    pattern = r"^[\d,]+ k?m( / \d+ m)?$|^\d+ .*\d"
    assert gone(clean(_around(line), rule(line=pattern, digits=True, max_words=8))) == ([line] if goes else [])


@pytest.mark.parametrize(
    ("languages", "language", "goes"),
    [(("*",), "en", True), (("en",), "en", True), (("en",), "en-GB", True), (("de",), "en", True), (("de",), None, True)],
)
def test_own_rules_are_for_texts_of_every_language(clean: Clean, languages: tuple[str, ...], language: str | None, goes: bool) -> None:
    assert gone(clean(_around("Zur Werft"), rule(languages=languages, lines=["Zur Werft"]), language=language)) == (
        ["Zur Werft"] if goes else []
    )


@pytest.mark.parametrize(
    ("score", "biases"),
    [(0.95, {"precision", "balanced", "recall"}), (0.7, {"precision", "balanced"}), (0.4, {"precision"}), (0.2, set())],
)
def test_the_score_says_under_which_bias_a_rule_removes(clean: Clean, score: float, biases: set[str]) -> None:
    for bias in ("precision", "balanced", "recall"):
        kinds: tuple[dict[str, Any], ...] = ({"lines": ["Zur Werft"]}, {"line": "zur werft"}, {"span": "zur werft", "at": "end"})
        for kind in kinds:
            result = clean(_around("Zur Werft", "Der Kapitän winkte."), rule(score=score, **kind), bias=bias)
            assert (gone(result) == ["Zur Werft"]) == (bias in biases), (bias, kind)


def test_of_two_rules_the_surer_names_the_line(clean: Clean) -> None:
    unsure, sure = rule("unsure", "share", lines=["Zur Werft"], score=0.8), rule("sure", "advert", line="zur werft", score=0.9)
    for rules in ((unsure, sure), (sure, unsure)):
        [span] = [span for span in clean(_around("Zur Werft"), *rules).removed if span.label != "space"]
        assert (span.label, span.reason, span.score) == ("advert", "rule:sure", 0.9)


def test_of_two_rules_as_sure_the_more_exact_names_the_line(clean: Clean) -> None:
    by_line, by_pattern = rule("whole", "share", lines=["Zur Werft"]), rule("pattern", "advert", line="zur werft")
    assert reasons(clean(_around("Zur Werft"), by_pattern, by_line)) == {"Zur Werft": "rule:whole"}


def test_code_is_left_alone(clean: Clean) -> None:
    source = _around("So geht es:", "```", "Zur Werft", "```", "Zur Werft")
    result = clean(source, rule(lines=["Zur Werft"]))
    assert gone(result) == ["Zur Werft"]
    assert "```\n\nZur Werft\n\n```" in result.text


def test_thousands_of_phrases_at_once(clean: Clean) -> None:
    rules = [rule(f"t{number}", lines=[f"Zum {name} {letter}" for letter in "abc"]) for number, name in enumerate(map(_name, range(1500)))]
    result = clean(_around(f"Zum {_name(1234)} b", "Zum Hafen b"), *rules)
    assert reasons(result) == {f"Zum {_name(1234)} b": "rule:t1234"}


def _name(number: int) -> str:
    return "werft" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


@given(st.text() | st.text("İIıiŞşĞğÇç Σσςẞßŉǰΐﬁ.ab", max_size=40))
def test_lower_case_keeps_offsets(text: str) -> None:
    """`İ` is two code points in lower case, and the only letter of which that is so today; whatever Unicode adds, offsets stay."""
    lowered = lower(text)
    assert len(lowered) == len(text)
    assert all(low == sign.lower() for low, sign in zip(lowered, text, strict=True) if len(sign.lower()) == 1 and sign not in "Σς")


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("İLGİLİ HABERLER", True),
        ("İlgili haberler", True),
        ("ilgili haberler", True),
        ("ILGILI HABERLER", True),
        ("İlgisiz haberler", False),
    ],
)
def test_dotted_capitals_are_the_small_letter(clean: Clean, line: str, goes: bool) -> None:
    """Without knowing the language: `I` stands for `i` as in English, and `İ` too."""
    assert gone(clean(_around(line), rule(lines=["ilgili haberler"]))) == ([line] if goes else [])


@pytest.mark.parametrize("before", ["", "İ", "İİİİİİİİ ", "ıIİi IŞIK İZMİR ", "İ\u0307 ẞ ŉ ﬁ "])
def test_letters_that_grow_in_lower_case_move_no_span(clean: Clean, before: str) -> None:
    paragraph = f"{before}{B}"
    result = clean(
        _around(f"{paragraph} (Muhabir: İrem Işık)", f"{before.strip()} Fotoğraf: İrem Işık".strip()),
        rule("end", "byline", span=r"\(muhabir: [^)]+\)", at="end"),
        rule("credit", "photo_credit", span=r"fotoğraf: .{3,30}", at="end"),
    )
    found = gone(result)
    assert found[0] == "(Muhabir: İrem Işık)"
    assert found[1].endswith("Fotoğraf: İrem Işık")
    assert paragraph in result.text
