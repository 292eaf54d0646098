from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given

import cleaner
from cleaner.classify.reviewed import Reviewed
from cleaner.decide import overlaid
from cleaner.load.labels import removed_labels
from cleaner.values import Options, Verdict
from tests.decisions import SOURCE, decision
from tests.laws.strategies import hunt, texts
from tests.render.build import blocks

_GOES = removed_labels(Options())


def _found(book: Reviewed, source: str, **known: str) -> list[tuple[str, str]]:
    return [(source[verdict.start : verdict.end], verdict.label) for verdict in book.verdicts(source, **known)]


def test_in_the_same_text_the_very_place_is_meant() -> None:
    book = Reviewed([decision("Lesetipp der Woche", nth=1)])
    (verdict,) = book.verdicts(SOURCE)
    assert verdict.start == SOURCE.rindex("Lesetipp")
    assert (verdict.reason, verdict.score) == ("reviewed", 1.0)


@pytest.mark.parametrize(
    "shifted",
    [
        f"Anzeige\n\nMenü Suche\n{SOURCE}",
        SOURCE.replace("Wochenblatt Oberau", "Das Wochenblatt für Oberau und Umland"),
        SOURCE.replace("Am Montag beginnen die Arbeiten", "Wohl im Mai beginnen die Arbeiten"),
        SOURCE.replace("\n", "\r\n"),
        SOURCE.replace("\n", "\n\n"),
    ],
)
def test_a_shifted_text_is_known_again(shifted: str) -> None:
    book = Reviewed([decision("Lesetipp der Woche"), decision("(Bild: Grete Holl)", label="photo_credit")])
    assert _found(book, shifted) == [("Lesetipp der Woche", "promotion"), ("(Bild: Grete Holl)", "photo_credit")]
    assert book.verdicts(shifted)[0].start == shifted.index("Lesetipp")


def test_of_two_places_the_one_with_the_old_neighbours_is_meant() -> None:
    shifted = f"Lesetipp der Woche\nNeu im Programm\n{SOURCE}"
    (verdict,) = Reviewed([decision("Lesetipp der Woche", nth=1)]).verdicts(shifted)
    assert verdict.start == shifted.rindex("Lesetipp")


@pytest.mark.parametrize(
    "other",
    [
        "Ein anderer Text.\nLesetipp der Woche\nEr handelt von etwas ganz anderem, und das ausführlich und lange.",
        SOURCE.replace("Lesetipp der Woche", "Buch der Woche"),
        "Der Rat von Oberau hat am Dienstag beschlossen, die alte Schleuse zu erhalten, weil sie dicht ist.\nLesetipp der Woche\n",
        SOURCE.replace("Lesetipp der Woche\n", "Der Lesetipp der Woche ist ein Roman über Müller und Schleusen.\n"),
    ],
)
def test_another_document_or_other_words_are_not_meant(other: str) -> None:
    assert _found(Reviewed([decision("Lesetipp der Woche")]), other) == []


def test_identical_spans_are_meant_in_every_document() -> None:
    other = "Lesetipp der Woche\nEin Lesetipp der Woche war das nicht.\n  Lesetipp der Woche  \n"
    book = Reviewed([decision("Lesetipp der Woche", scope="identical")])
    assert [verdict.start for verdict in book.verdicts(other)] == [0, other.rindex("Lesetipp")]
    assert len(book.verdicts(SOURCE)) == 2


def test_identical_parts_of_lines_are_meant_at_word_borders() -> None:
    book = Reviewed([decision("(Bild: Grete Holl)", label="photo_credit", scope="identical")])
    assert _found(book, "Sie lachte. (Bild: Grete Holl)\n(Bild: Grete Holl)\n") == [("(Bild: Grete Holl)", "photo_credit")]


def test_a_site_is_meant_where_it_is_known() -> None:
    book = Reviewed([decision("Lesetipp der Woche", scope="site", site="oberau.example")])
    other = "Guten Tag.\nLesetipp der Woche\n"
    assert _found(book, other) == []
    assert _found(book, other, url="https://oberau.example/a") == _found(book, other, site="oberau.example") != []
    assert _found(book, other, url="https://www.unterau.example/a") == []


def test_the_later_decision_is_believed_and_leaves_the_rest_of_the_earlier() -> None:
    sentence = "Am Montag beginnen die Arbeiten, und bis zum Herbst soll das Tor wieder schließen."
    earlier, later = decision(sentence), decision("und bis zum Herbst", "keep", "body")
    assert _found(Reviewed([earlier, later]), SOURCE) == [
        ("Am Montag beginnen die Arbeiten, ", "promotion"),
        ("und bis zum Herbst", "body"),
        (" soll das Tor wieder schließen.", "promotion"),
    ]
    assert _found(Reviewed([later, earlier]), SOURCE) == [(sentence, "promotion")]


def test_one_document_is_believed_before_all_identical_spans() -> None:
    stays = decision("Lesetipp der Woche", "keep", "body")
    goes = decision("Lesetipp der Woche", scope="identical")
    assert [label for _, label in _found(Reviewed([stays, goes]), SOURCE)] == ["body", "promotion"]


def test_overlaid_verdicts_outrank_whatever_was_said() -> None:
    source = SOURCE.replace("\n", "\n\n")
    made = blocks(*(("paragraph", f"{line}\n\n") for line in SOURCE.splitlines()))
    at = source.index("Der Rat")
    spans = overlaid(source, made.spans, [Verdict(at, source.index("\n\nGebaut"), "teaser_list", "reviewed", 1.0)], _GOES)
    assert [source[span.start : span.end] for span in spans if span.reason == "reviewed"] == [
        "Der Rat von Oberau hat am Dienstag beschlossen, die alte Schleuse zu erhalten, weil sie dicht ist.",
        "Lesetipp der Woche",
    ]
    kept = "".join(source[span.start : span.end] for span in spans if span.kept)
    assert "Der Rat" not in kept
    assert "\n\n\n" not in kept


@hunt
@given(texts)
def test_nothing_laid_over_changes_nothing(text: str) -> None:
    spans = cleaner.clean_text(text, options=Options(model=None)).spans
    assert overlaid(text, spans, (), _GOES) == spans


@hunt
@given(texts, texts)
def test_overlaid_spans_tile(text: str, other: str) -> None:
    source = f"{text}\n{SOURCE}{other}"
    book = Reviewed([decision("Lesetipp der Woche", scope="identical"), decision("(Bild: Grete Holl)", "keep", "body", scope="identical")])
    spans = overlaid(source, cleaner.clean_text(source, options=Options(model=None)).spans, book.verdicts(source), _GOES)
    assert "".join(source[span.start : span.end] for span in spans) == source
    assert all(span.start < span.end for span in spans)


def test_a_decision_that_names_another_place_of_its_document_is_not_heard() -> None:
    one = decision("Lesetipp der Woche")
    far = len(SOURCE) + 50
    moved = [msgspec.structs.replace(one, start=at, end=at + len(one.text)) for at in (0, far)]
    assert Reviewed(moved).verdicts(SOURCE) == ()


def test_a_word_that_stands_everywhere_costs_no_square_of_time() -> None:
    one = decision("Lesetipp der Woche", scope="identical")
    source = "Lesetipp der Woche\nNoch ein Satz.\n" * 20_000
    begin = time.process_time()
    verdicts = Reviewed([one, msgspec.structs.replace(one, key="other", label="teaser_list")]).verdicts(source)
    assert len(verdicts) == 20_000
    assert {verdict.label for verdict in verdicts} == {"teaser_list"}
    assert time.process_time() - begin < 20
