"""Where the body is, by length, ends and company alone."""

from __future__ import annotations

import pytest

from tests.classify.conftest import Clean, rule
from tests.cleaners import PARAGRAPHS, gone

A, B, C, D = PARAGRAPHS
_MENU = ["Home", "News", "Sport", "Opinion", "Weather", "Search", "Sign in", "Subscribe"]
_TEASERS = [
    f"Council of {town} to vote on its bridge"
    for town in ("Oakmere", "Harrow", "Coldwick", "Brackley", "Tarn", "Elmstead", "Fenny", "Marlow")
]
#: the rules know two of the menu's lines: so the text is a scrape
_KNOWN = rule("menu", "navigation", lines=["Home", "Search", "Sign in"])


def test_menus_and_teasers_around_the_body_go(clean: Clean) -> None:
    source = "\n".join([*_MENU, "", "\n\n".join(PARAGRAPHS), "", *_TEASERS]) + "\n"
    result = clean(source, _KNOWN)
    assert result.text == "\n\n".join(PARAGRAPHS) + "\n"
    assert {span.reason for span in result.removed if span.label != "space"} == {"structure", "rule:menu"}


@pytest.mark.parametrize(
    "lines",
    [
        ["A vote in the night"],
        ["“We were asked for our opinion, and we gave it”"],
        ["Tarnwick 3:1 Oakmere", "Harrow 2:2 Coldwick", "Brackley 0:0 Elmstead"],
        ["- flour", "- sugar", "- butter", "- plums"],
        ["1. Walk to the pier.", "2. Wait.", "3. Go home."],
        ["Were you afraid?", "No.", "Never?", "Once, in winter."],
        ["| Boat | Seats |", "| --- | --- |", "| Heron | 12 |"],
    ],
)
def test_short_lines_inside_a_clean_body_stay(clean: Clean, lines: list[str]) -> None:
    source = "\n\n".join([A, B, "\n".join(lines), C, D])
    assert gone(clean(source, _KNOWN)) == []


@pytest.mark.parametrize("lines", [_TEASERS[:3], ["No.", "Never."], ["Edith Marlowe, chairwoman"]])
def test_short_lines_at_the_end_of_a_clean_body_stay(clean: Clean, lines: list[str]) -> None:
    assert gone(clean("\n\n".join([*PARAGRAPHS, *lines]), _KNOWN)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The boat left.\nNobody waved.\nIt was late.",
        "Der Fluss geht leise durch die Stadt,\ner trägt ein Boot aus Zeitungsblatt,\nein Kind, das keine Eile "
        "hat,\nschaut zu und isst sich langsam satt.",
        "One line",
    ],
)
def test_a_short_text_stays(clean: Clean, text: str) -> None:
    assert clean(text, _KNOWN).text == text


def test_a_standfirst_above_byline_and_date_stays(clean: Clean) -> None:
    lead = "The harbour board has changed its mind, and a nurse with a list is the reason."
    rules = (_KNOWN, rule("byline", "byline", line="^by (?P<author>.+)"), rule("date", "timestamp", line=r"^12\.03\.2025$"))
    source = "\n".join([*_MENU, "Night ferry stays after all", lead, "By Tom Wiegand", "12.03.2025", "\n\n".join(PARAGRAPHS)])
    result = clean(source, *rules)
    assert result.text.startswith(lead)
    assert next(span.label for span in result.spans if span.kept) == "lead"
    assert result.text == "\n".join([lead, "\n\n".join(PARAGRAPHS)])
    assert result.title == "Night ferry stays after all"


def test_a_heading_inside_the_body_is_one(clean: Clean) -> None:
    result = clean("\n\n".join([A, B, "What happens next", C, D]))
    assert [(result.source[span.start : span.end].strip(), span.label) for span in result.spans][2] == ("What happens next", "subheading")


def test_a_text_on_one_line_is_cut_inside(clean: Clean) -> None:
    teasers = rule("more", "related_link", line=r"^read more: .{3,60}$")
    others = [text.replace(" was ", " is ").replace(" had ", " has ").replace(" the ", " that ") for text in PARAGRAPHS]
    source = " ".join([A, B, "Read more: A boat sinks in the fog.", C, D, *others])
    result = clean(source, teasers)
    assert gone(result) == ["Read more: A boat sinks in the fog."]
    assert result.text == source.replace("Read more: A boat sinks in the fog. ", "")


_SCRAPE = "\n".join(_MENU)


@pytest.mark.parametrize("colon", [": ", "："])
def test_rows_of_facts_at_the_end_stay(clean: Clean, colon: str) -> None:
    facts = [
        f"{name}{colon}{value}"
        for name, value in [
            ("Name", "Heron"),
            ("Length", "31 metres"),
            ("Year built", "1962"),
            ("Seats on deck", "twelve"),
            ("Home port", "Tarnwick"),
        ]
    ]
    source = "\n\n".join([_SCRAPE, *PARAGRAPHS, "\n".join(facts)])
    assert clean(source, _KNOWN).text.endswith("\n".join(facts))


def test_titles_with_a_colon_go(clean: Clean) -> None:
    titles = [
        f"The long quarrel of {town} council: a bridge and its price" for town in ("Oakmere", "Harrow", "Coldwick", "Brackley", "Tarn")
    ]
    assert clean("\n\n".join([_SCRAPE, *PARAGRAPHS, "\n".join([*titles, "Search"])]), _KNOWN).text == "\n\n".join(PARAGRAPHS)


def test_a_standfirst_of_several_sentences_stays_whole(clean: Clean) -> None:
    lead = ["The night ferry of Tarnwick sails for another two years.", "Nobody had expected that vote.", "The board votes again in May."]
    source = "\n\n".join([_SCRAPE, *lead, "Sign in\nSearch", *PARAGRAPHS])
    assert clean(source, _KNOWN).text == "\n\n".join([*lead, *PARAGRAPHS])


_CREDIT = rule("credit", "photo_credit", lines=["Harbour Pictures"])
_OVER_CREDIT = rule("over", "caption", neighbour={"next": ["photo_credit"]}, min_words=7, max_words=30, sentence=True)


def test_a_sentence_over_a_credit_is_a_caption(clean: Clean) -> None:
    caption = "The crew painted it on the funnel the next morning."
    assert gone(clean("\n\n".join([A, B, caption, "Harbour Pictures", C, D]), _CREDIT, _OVER_CREDIT)) == [caption, "Harbour Pictures"]


def test_a_credit_over_its_own_caption_takes_no_sentence_along(clean: Clean) -> None:
    sentence = "The crew painted it on the funnel the next morning."
    caption = "The old boat that Edith Marlowe called a museum on its last crossing"
    assert sentence in clean("\n\n".join([A, B, sentence, "Harbour Pictures", caption, C, D]), _CREDIT, _OVER_CREDIT).text
