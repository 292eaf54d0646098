"""Text that stands in a document twice goes the second time."""

from __future__ import annotations

import pytest

from tests.classify.conftest import Clean
from tests.cleaners import PARAGRAPHS, gone, reasons

A, B, C, D = PARAGRAPHS
_QUOTE = "there were four hundred of them, most of whom had no other way home from the hospital on the far side."


def test_a_paragraph_that_stands_twice(clean: Clean) -> None:
    result = clean("\n\n".join([A, B, C, B, D]))
    assert result.text == "\n\n".join([A, B, C, D])
    assert reasons(result) == {B: "duplicate"}
    assert [span.start for span in result.removed if span.label == "duplicate"] == [len("\n\n".join([A, B, C])) + 2]


@pytest.mark.parametrize("again", [B.upper(), f"„{B}“", f"{B} …"])
def test_case_and_quotes_do_not_matter(clean: Clean, again: str) -> None:
    assert gone(clean("\n\n".join([A, B, C, again, D]))) == [again]


@pytest.mark.parametrize("line", ["Nein, sagte sie.", "Wirklich nie?", "3:1 (1:0)", "Stille Nacht, heilige Nacht!"])
def test_short_lines_may_come_again(clean: Clean, line: str) -> None:
    assert gone(clean("\n\n".join([A, line, B, line, C, line, D]))) == []


def test_a_long_refrain_in_code_stays(clean: Clean) -> None:
    code = "\n".join(["```", "for boat in harbour: print(boat, boat.name)", "for boat in harbour: print(boat, boat.name)", "```"])
    assert gone(clean("\n\n".join([A, B, code, C, D]))) == []


@pytest.mark.parametrize("quote", [f"“{_QUOTE}”", _QUOTE, f"„{_QUOTE[:-1]}“."])
@pytest.mark.parametrize("place", [1, 4])
def test_a_pull_quote_of_the_body(clean: Clean, quote: str, place: int) -> None:
    paragraphs = [*PARAGRAPHS[:place], quote, *PARAGRAPHS[place:]]
    result = clean("\n\n".join(paragraphs))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert reasons(result) == {quote: "duplicate"}


_SHORT = [
    "The brewery by the old lock has brewed nothing since the spring flood.",
    "Its owner sold the copper kettles in June and kept the recipes in a drawer.",
    "A choir from the next village sings in the empty cellar on Thursdays now.",
    "Nobody minds the smell of malt, which has stayed in the walls.",
]


@pytest.mark.parametrize("first", [True, False])
def test_a_copy_of_the_whole_text_goes_and_not_its_paragraphs(clean: Clean, first: bool) -> None:
    copy = " ".join([A, *_SHORT, B])
    text = "\n\n".join([A, *_SHORT, B])
    result = clean("\n\n".join([copy, text] if first else [text, copy]))
    assert result.text == text
    assert reasons(result) == {copy: "duplicate"}


def test_several_pull_quotes_of_one_long_paragraph_go(clean: Clean) -> None:
    long = " ".join([A, B, _SHORT[0], C, _SHORT[1], D, _SHORT[2]])
    assert gone(clean("\n\n".join([A[:-1] + " indeed.", _SHORT[0], B[:-1] + " too.", _SHORT[1], long, _SHORT[2]]))) == _SHORT[:3]


@pytest.mark.parametrize(
    "line",
    [
        "The last crossing in January",
        "“No other way home”",
        "There were four hundred of them, she said, and none of them could swim.",
        "Four hundred of them!",
    ],
)
def test_what_only_takes_up_words_of_the_body_stays(clean: Clean, line: str) -> None:
    assert gone(clean("\n\n".join([A, B, line, C, D]))) == []


def test_a_heading_that_a_table_of_contents_lists_stays(clean: Clean) -> None:
    heading = "Why the ferry will not come back"
    listed = "\n".join([f"- {heading}", "- What the harbour master knew in the spring"])
    assert gone(clean("\n\n".join([A, listed, B, f"## {heading}", C, D]))) == []


def test_a_question_put_to_several_stays(clean: Clean) -> None:
    question = "How did you hear that the ferry would not sail any more?"
    assert gone(clean("\n\n".join([A, question, B, question, C, D]))) == []


def test_of_a_caption_and_a_sentence_the_sentence_stays(clean: Clean) -> None:
    caption = "Edith Marlowe called the old boat a museum that happens to float"
    result = clean("\n\n".join([A, caption, B, f"{caption}.", D]))
    assert result.text == "\n\n".join([A, B, f"{caption}.", D])


def test_who_wrote_two_posts_may_be_said_twice(clean: Clean) -> None:
    signature = "— Tarnwick Harbour Board (@tarnwick) May 1, 2025"
    assert gone(clean("\n\n".join([A, B, signature, C, D, signature, A.replace("Tarnwick", "Oakmere")]))) == []


def test_a_heading_that_was_listed_above_stays(clean: Clean) -> None:
    listed = ["How the board came to vote", "What the new timetable will be", "Who pays for the night ferry"]
    source = "\n\n".join([A, *listed, listed[0], B, listed[1], C, listed[2], D])
    assert gone(clean(source)) == []


def test_two_sentences_taken_up_again_are_no_pull_quotes(clean: Clean) -> None:
    first = "Nobody had expected the vote of the harbour board to be as close as that."
    second = "The chairwoman had refused the money twice and did not want to be asked again."
    assert gone(clean("\n\n".join([f"{first} {second} Then the list came.", A, first, second, C, D]))) == []


def test_what_is_said_again_far_below_is_no_pull_quote(clean: Clean) -> None:
    sentence = "Edith Marlowe had called the old boat a museum that happens to float."
    between = [D.replace("first of May", f"{day}th of May") for day in range(4, 30)]
    assert gone(clean("\n\n".join([f"{A} {sentence} {C}", *between, sentence]))) == []
