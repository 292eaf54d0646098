"""Plain text to blocks, however its lines are broken."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given

from cleaner.parse.text import parse_text
from cleaner.values import Document
from tests.cleaners import PARAGRAPHS
from tests.laws.strategies import hunt, texts

_POEM = """\
Der Fluss geht leise durch die Stadt,
er trägt ein Boot aus Zeitungsblatt,
ein Kind, das keine Eile hat,
schaut zu und isst sich langsam satt.

Am Ufer stehen alte Weiden,
die können Nebel gut erleiden,
sie wollen sich nicht mehr entscheiden,
sie lassen Schafe um sich weiden."""

_RECIPE = """\
Für den Teig:
500 g Mehl
250 ml Milch
1 Würfel Hefe
80 g Butter, weich
Für den Belag:
1 kg Zwetschgen
Zimt und Zucker
Backzeit: 35 Minuten bei 180 Grad"""


def _blocks(document: Document) -> list[str]:
    return [document.source[block.start : block.end] for block in document.blocks]


def _roles(document: Document) -> list[tuple[str, str]]:
    return [(block.role, text) for block, text in zip(document.blocks, document.texts, strict=True)]


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", " \n\t\n ", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\n\u00a0\n"]
)
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends(end: str, last: str) -> None:
    lines = ["Der Steg", PARAGRAPHS[0], "Mehr zum Thema", PARAGRAPHS[1]]
    document = parse_text(end.join(lines) + (end if last else ""))
    assert _blocks(document) == lines
    assert document.texts == tuple(lines)


@pytest.mark.parametrize("source", ["", "\n", " \t\r\n", "\u2028\u00a0"])
def test_no_blocks(source: str) -> None:
    assert parse_text(source).blocks == ()


def test_white_space_around_a_line_is_between_blocks() -> None:
    document = parse_text("\n  Der Steg\t\n\u00a0 Er war alt. \u3000\n")
    assert _blocks(document) == ["Der Steg", "Er war alt."]


@pytest.mark.parametrize("width", range(70, 81))
def test_a_hard_wrapped_paragraph_is_one_block(width: int) -> None:
    source = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert parse_text(source).texts == PARAGRAPHS


@pytest.mark.parametrize("width", [70, 72, 74, 76])
def test_a_short_last_line_ends_a_hard_wrapped_paragraph(width: int) -> None:
    """At other widths a paragraph of these fills its last line: without a blank line nobody could tell."""
    source = "\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert parse_text(source).texts == PARAGRAPHS


def test_hard_wrapped_with_carriage_returns() -> None:
    source = "\r\n\r\n".join("\r\n".join(textwrap.wrap(paragraph, 72)) for paragraph in PARAGRAPHS)
    assert parse_text(source).texts == PARAGRAPHS


def test_short_lines_of_a_hard_wrapped_text_stand_alone() -> None:
    wrapped = ["\n".join(textwrap.wrap(paragraph, 76)) for paragraph in PARAGRAPHS]
    source = "\n\n".join(["Die Nachtfähre bleibt", "Von Petra Ahlers", *wrapped[:2], "Was sich ändert", *wrapped[2:], "Teilen"])
    assert parse_text(source).texts == (
        "Die Nachtfähre bleibt",
        "Von Petra Ahlers",
        *PARAGRAPHS[:2],
        "Was sich ändert",
        *PARAGRAPHS[2:],
        "Teilen",
    )


def test_a_list_in_a_hard_wrapped_text_is_not_joined() -> None:
    wrapped = ["\n".join(textwrap.wrap(paragraph, 76)) for paragraph in PARAGRAPHS]
    items = ["- ein Boot, das auch im Winter fährt und nicht bei jedem Wind im Hafen", "- ein Fahrplan"]
    assert parse_text("\n\n".join([*wrapped, "\n".join(items)])).texts[-2:] == (items[0][2:], items[1][2:])


@pytest.mark.parametrize("source", [_POEM, _RECIPE, "3:1\n2:2\n0:0\n4:1\n1:1", "Ja.\nNein.\nWirklich?\nNein.\nDoch.\nOh."])
def test_what_is_broken_on_purpose_is_not_joined(source: str) -> None:
    assert _blocks(parse_text(source)) == [line for line in source.split("\n") if line]


def test_a_text_on_one_line_falls_into_sentences() -> None:
    source = " ".join([*PARAGRAPHS, *PARAGRAPHS])
    document = parse_text(source)
    assert document.glued
    assert _blocks(document)[:3] == [
        PARAGRAPHS[0],
        "Nobody had expected the vote to be close.",
        "The board had already refused the money twice, and its chairwoman, Edith Marlowe, had called the old boat a "
        "museum that happens to "
        "float, which the crew painted on its funnel the next morning.",
    ]


@pytest.mark.parametrize(
    ("sentences", "why"),
    [
        (["Das kostet 3.500 Euro.", "Mehr nicht."], "a number"),
        (["Am 12. März war es so weit.", "Danach nicht."], "an ordinal"),
        (["Prof. Dr. h. c. Uhl kam.", "Er blieb."], "titles"),
        (["„Wir bleiben!“", "Er ging."], "a closing quote"),
        (["Wer kam?", "Niemand!", "Doch…", "Vielleicht."], "other ends"),
        (["Er kam (leider).", "Sie ging."], "a bracket"),
        (["Sie war z. B. in Bonn.", "Er nicht."], "an abbreviation before a name"),
    ],
)
def test_sentences_of_a_text_on_one_line(sentences: list[str], why: str) -> None:
    document = parse_text(" ".join([*PARAGRAPHS, *PARAGRAPHS, *sentences]))
    assert _blocks(document)[-len(sentences) :] == sentences, why


def test_a_short_text_on_one_line_is_one_block() -> None:
    document = parse_text(PARAGRAPHS[1])
    assert not document.glued
    assert _blocks(document) == [PARAGRAPHS[1]]


@pytest.mark.parametrize(
    ("line", "role", "text"),
    [
        ("# Die Brücke", "heading1", "Die Brücke"),
        ("## Was nun? ##", "heading2", "Was nun?"),
        ("###### Klein", "heading6", "Klein"),
        ("####### Zu klein", "paragraph", "####### Zu klein"),
        ("#brücke", "paragraph", "#brücke"),
        ("#", "paragraph", "#"),
        ("- Mehl", "list_item", "Mehl"),
        ("• Mehl", "list_item", "Mehl"),
        ("+ Mehl", "list_item", "Mehl"),
        ("-1 Grad", "paragraph", "-1 Grad"),
        ("-", "paragraph", "-"),
        ("* Name geändert", "list_item", "* Name geändert"),
        ("*kursiv*", "paragraph", "*kursiv*"),
        ("1. Kochen", "list_item", "1. Kochen"),
        ("12. März", "list_item", "12. März"),
        ("12.03.2025", "paragraph", "12.03.2025"),
        ("2025 war es", "paragraph", "2025 war es"),
        ("> Er blieb.", "quote", "Er blieb."),
        (">>> Er blieb.", "quote", "Er blieb."),
        (">", "paragraph", ">"),
        ("| Ort | Zeit |", "table_row", "Ort | Zeit"),
        ("| Politik", "paragraph", "| Politik"),
        ("Siehe [den Plan](https://stadt.example/plan).", "paragraph", "Siehe den Plan."),
        ("![Der Steg](https://stadt.example/a.jpg)", "paragraph", "Der Steg"),
        ('[Plan](/plan "Der Plan")', "paragraph", "Plan"),
        ("Er kam [sic](leise) an", "paragraph", "Er kam sic an"),
        ("Er kam [sic] (leise) an", "paragraph", "Er kam [sic] (leise) an"),
        ("**Fett** und **auch** so", "paragraph", "Fett und auch so"),
        ("## [Plan](/plan)", "heading2", "Plan"),
    ],
)
def test_markdown(line: str, role: str, text: str) -> None:
    document = parse_text(f"{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]}\n")
    assert _roles(document)[1] == (role, text)
    assert _blocks(document)[1] == line


def test_a_fenced_block_is_code() -> None:
    lines = ["So geht es:", "```python", "# no heading", "- no item", "print('**')", "```", "- Mehl"]
    assert _roles(parse_text("\n".join(lines))) == [
        ("paragraph", "So geht es:"),
        ("code", "```python"),
        ("code", "# no heading"),
        ("code", "- no item"),
        ("code", "print('**')"),
        ("code", "```"),
        ("list_item", "Mehl"),
    ]


@hunt
@given(texts)
def test_between_blocks_is_nothing_but_white_space(text: str) -> None:
    document = parse_text(text)
    at = 0
    for block, read in zip(document.blocks, document.texts, strict=True):
        assert not text[at : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip() != ""
        assert read.strip()
        at = block.end
    assert not text[at:].strip()


_SENTENCES_JA = (
    "湊町の港湾委員会は木曜日、夜間フェリーを二年間存続させると決めた。",
    "委員長は「古い船は浮かぶ博物館だ」と話していたが、冬の乗客の名簿を見て考えを変えたという。",
    "「どうやって帰ればいいのか！」と会場から声が上がり、拍手が起きた。",
    "新しい時刻表は五月一日に始まり、それまでは小さな船が夜十時に出る。",
)
_SENTENCES_ZH = (
    "青湾镇港务委员会周四表决，夜间渡轮将再保留两年。",
    "主席曾说：“这条旧船是一座会浮的博物馆。”第二天早上，船员把这句话写在了烟囱上。",
    "谁也没有想到票数会这样接近！",
    "新时刻表从五月一日起施行，在此之前由一条小船晚上十点开出。",
)


@pytest.mark.parametrize("sentences", [_SENTENCES_JA, _SENTENCES_ZH], ids=["ja", "zh"])
def test_one_long_line_without_spaces(sentences: tuple[str, ...]) -> None:
    """Cut behind full stops of full width; a sentence that quotes another stays whole up to its own end."""
    text = "".join(sentences * 8)
    document = parse_text(text)
    assert document.glued
    pieces = _blocks(document)
    assert "".join(pieces) == text
    assert len(pieces) >= len(sentences * 8)
    for sentence in sentences:
        assert any(sentence.startswith(piece) for piece in pieces)
    assert all(piece[-1] in "。！」”" for piece in pieces)


def test_a_quotation_goes_on_with_the_sentence_that_quotes() -> None:
    assert _SENTENCES_JA[2] in _blocks(parse_text("".join(_SENTENCES_JA * 8)))


@pytest.mark.parametrize("sentences", [_SENTENCES_JA, _SENTENCES_ZH], ids=["ja", "zh"])
def test_a_short_line_without_spaces_is_a_paragraph(sentences: tuple[str, ...]) -> None:
    document = parse_text("".join(sentences))
    assert not document.glued
    assert _blocks(document) == ["".join(sentences)]


@pytest.mark.parametrize("width", [40, 46])
@pytest.mark.parametrize("sentences", [_SENTENCES_JA, _SENTENCES_ZH], ids=["ja", "zh"])
def test_hard_wrapped_without_spaces(sentences: tuple[str, ...], width: int) -> None:
    """Lines break behind any sign; joined, no space stands where a line was broken."""
    paragraphs = ["".join(sentences), "".join(sentences[::-1]), "".join(sentences[1:])]
    wrapped = "\n\n".join("\n".join(text[at : at + width] for at in range(0, len(text), width)) for text in paragraphs)
    assert list(parse_text(wrapped).texts) == paragraphs


def test_sentences_of_two_scripts_on_one_line() -> None:
    english = "The harbour board of Tarnwick voted on Thursday to keep the ferry running."
    text = (english + _SENTENCES_JA[0]) * 12
    pieces = _blocks(parse_text(text))
    assert "".join(pieces) == text
    assert all(piece.endswith("。") for piece in pieces)
