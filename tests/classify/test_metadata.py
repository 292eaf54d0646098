"""Title, authors and date as removed lines say them."""

from __future__ import annotations

import pytest

from cleaner.classify.metadata import parse_date
from tests.classify.conftest import Clean, rule
from tests.cleaners import PARAGRAPHS

_BODY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-09-05", "2025-09-05"),
        ("date 2025-09-05", "2025-09-05"),
        ("2025-09-05 13:27", "2025-09-05T13:27"),
        ("2024-11-18T06:45:00+01:00", "2024-11-18T06:45"),
        ("12.03.2025", "2025-03-12"),
        ("12.3.25", "2025-03-12"),
        ("1. 2. 2025", "2025-02-01"),
        ("Stand: 05.09.2025 13:27", "2025-09-05T13:27"),
        ("05.09.2025, 13.27 Uhr", "2025-09-05T13:27"),
        ("12/03/2025 - 14:30", "2025-03-12T14:30"),
        ("03/12/2025", "2025-12-03"),
        ("03/25/2025", "2025-03-25"),
        ("Publié le 12/03/2025 à 14h30", "2025-03-12T14:30"),
        ("12-03-2025", "2025-03-12"),
        ("12.03.98", "1998-03-12"),
        ("12. März 2025", "2025-03-12"),
        ("12. Mrz. 2025", "2025-03-12"),
        ("Mittwoch, 12. März 2025, 9:05 Uhr", "2025-03-12T09:05"),
        ("Published: 14:05, 12 March 2025", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Mar. 12th, 2025 at 2:30 p.m.", "2025-03-12T14:30"),
        ("March 12, 2025 12:10 AM", "2025-03-12T00:10"),
        ("12th March 2025", "2025-03-12"),
        ("12 mars 2025", "2025-03-12"),
        ("1er août 2025", "2025-08-01"),
        ("12 de marzo de 2025", "2025-03-12"),
        ("12 de março de 2025", "2025-03-12"),
        ("12 marzo 2025", "2025-03-12"),
        ("12 maart 2025", "2025-03-12"),
        ("12 marca 2025", "2025-03-12"),
        ("12 mars 2025 kl. 14.30", "2025-03-12T14:30"),
        ("2025年9月5日", "2025-09-05"),
        ("2025年09月05日 13:27 来源：柳湾日报", "2025-09-05T13:27"),
        ("公開日：2025年10月2日（木）11時20分", "2025-10-02T11:20"),
        ("2025 年 9 月 5 日", "2025-09-05"),
        ("2025年 9月 5日", "2025-09-05"),
        ("2025/10/02(木) 5:00", "2025-10-02T05:00"),
        ("2025-09-05 13:27:00 来源：青河日报", "2025-09-05T13:27"),
        ("２０２５年１０月２日（木）", "2025-10-02"),
        ("2025年10月2日 午後5時00分", "2025-10-02T17:00"),
        ("2025年10月2日 午前 5時00分", "2025-10-02T05:00"),
        ("2025年9月5日 下午1:27", "2025-09-05T13:27"),
        ("2025年9月5日 下午13:27", "2025-09-05T13:27"),
        ("2025년 9월 5일 오후 3:05", "2025-09-05T15:05"),
        ("2025年13月2日", None),
        ("2025年2月29日", None),
        ("10月2日", None),
        ("12025年9月5日", None),
        ("29.02.2024", "2024-02-29"),
        ("29.02.2025", None),
        ("2025-13-01", None),
        ("32.01.2025", None),
        ("12.03.", None),
        ("März 2025", None),
        ("12. März", None),
        ("vor 3 Stunden", None),
        ("3:1 (1:0)", None),
        ("192.168.0.1", None),
        ("12. Marsch 2025", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Von Petra Ahlers", ("Petra Ahlers",)),
        ("VON PETRA AHLERS", ("PETRA AHLERS",)),
        ("Von Petra Ahlers und Tom Wiegand", ("Petra Ahlers", "Tom Wiegand")),
        ("Von Petra Ahlers, Tom Wiegand & Ute Kamp", ("Petra Ahlers", "Tom Wiegand", "Ute Kamp")),
        ("Von Petra Ahlers | Tom Wiegand.", ("Petra Ahlers", "Tom Wiegand")),
        ("Von Jörg-Uwe Öhlmann", ("Jörg-Uwe Öhlmann",)),
        ("Von dpa", ()),
        ("Von 3 Leuten", ()),
    ],
)
def test_authors_that_a_rule_names(clean: Clean, byline: str, authors: tuple[str, ...]) -> None:
    named = rule("byline", "byline", line=r"^von (?P<author>.+)$")
    result = clean(f"{byline}\n\n{_BODY}\n", named)
    assert result.authors == authors
    assert result.text == f"{_BODY}\n"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Petra Ahlers", ("Petra Ahlers",)),
        ("Petra Ahlers, Korrespondentin in Tall", ("Petra Ahlers",)),
        ("Redaktion", ()),
        ("redaktion@kurier.example", ()),
    ],
)
def test_authors_that_a_line_holds(clean: Clean, byline: str, authors: tuple[str, ...]) -> None:
    assert clean(f"{byline}\n\n{_BODY}\n", rule("byline", "byline", lines=[byline])).authors == authors


def test_every_author_once(clean: Clean) -> None:
    named = rule("byline", "byline", line=r"^von (?P<author>.+)$")
    assert clean(f"Von Ute Kamp\nVon Petra Ahlers\n\n{_BODY}\n\nVon Ute Kamp\n", named).authors == ("Ute Kamp", "Petra Ahlers")


def test_the_first_date_that_is_one(clean: Clean) -> None:
    stamps = rule("stamp", "timestamp", line=r"^stand: (?P<date>.+)$")
    assert clean(f"Stand: gestern\nStand: 12.03.2025, 9:05 Uhr\nStand: 13.03.2025\n\n{_BODY}\n", stamps).date == "2025-03-12T09:05"


def test_what_is_kept_tells_nothing(clean: Clean) -> None:
    """A date in the body is the body's."""
    result = clean(f"{_BODY}\n\nSince 12.03.2025 nobody has seen Petra Ahlers.\n")
    assert (result.date, result.authors, result.title) == (None, (), None)


def test_what_is_kept_by_option_still_tells(clean: Clean) -> None:
    stamps = rule("stamp", "timestamp", line=r"^12\.03\.2025$")
    result = clean(f"12.03.2025\n\n{_BODY}\n", stamps, keep={"timestamp"})
    assert result.date == "2025-03-12"
    assert result.text == result.source
