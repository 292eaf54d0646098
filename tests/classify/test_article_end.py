"""An article's last paragraphs, below a box of teasers."""

from __future__ import annotations

import cleaner

_BODY = (
    "Der alte Speicher in Hafenau wird umgebaut. Der Gemeinderat hat dem Plan am Dienstag mit elf zu vier Stimmen zugestimmt, "
    "nachdem er zwei Jahre lang darüber gestritten hatte.\n"
    "Im Erdgeschoss soll ein Markt entstehen, darüber sind Wohnungen vorgesehen. Die Kosten schätzt die Verwaltung auf sechs "
    "Millionen Euro, von denen das Land die Hälfte übernimmt."
)
_BOX = """Mehr zum Thema
Warum der Steg gesperrt bleibt
So wohnt es sich am Wasser
"""
_LAST = (
    "Kritik kommt vom Heimatverein. Er fürchtet um die Kräne vor dem Haus, die unter Schutz stehen und nach dem Plan versetzt "
    "werden sollen."
)


def _cleaned(text: str) -> str:
    return cleaner.clean_text(text, options=cleaner.Options(model=None)).text


def test_paragraph_above_the_agencys_credit_stays() -> None:
    text = _cleaned(f"{_BODY}\n{_BOX}{_LAST}\nina/dpa\n")
    assert _LAST in text
    assert "Steg" not in text
    assert "dpa" not in text


def test_paragraphs_above_a_note_on_the_article_stay() -> None:
    second = (
        "Gebaut wird frühestens im Mai. Bis dahin will die Gemeinde klären, wohin die Boote der Fischer in der Bauzeit sollen, und "
        "wer für den Umzug zahlt."
    )
    note = "Über dieses Thema berichtete der Hafenfunk am 12. März 2025 um 18:00 Uhr."
    text = _cleaned(f"{_BODY}\n{_BOX}{_LAST}\n{second}\n{note}\n")
    assert _LAST in text
    assert second in text
    assert "Hafenfunk" not in text


def test_summary_of_a_teaser_at_the_end_goes() -> None:
    text = _cleaned(f"{_BODY}\n{_BOX}{_LAST}\n")
    assert text == f"{_BODY}\n"


def test_credit_of_the_body_does_not_reach_past_the_box() -> None:
    text = _cleaned(f"{_BODY}\nina/dpa\n{_BOX}{_LAST}\n")
    assert text == f"{_BODY}\n"
