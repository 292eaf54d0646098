"""Title, authors and date, as the removed lines say them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from cleaner.classify.rules import RuleBook
from cleaner.classify.shape import first_name
from cleaner.load.languages import month_numbers
from cleaner.load.unspaced import count_words
from cleaner.values import Document, Span

#: labels of what may say it
_TELLING = frozenset({"headline", "timestamp", "byline"})
_LEAST_TITLE_WORDS = 3
#: an author's name as it stands is between so many characters
_SHORTEST_NAME, _LONGEST_NAME = 3, 60
#: the white space around it is not looked for: with it the pattern would be tried at every sign
_BETWEEN_NAMES = re.compile(r"[,，、;/|&·]|\b(?:und|and|et|y|e|en|i|och)\b", re.IGNORECASE)
#: what joins two authors, where a comma may as well part a name from a role
_JOINT = re.compile(r"\s*(?:/|&|·|\||\b(?:und|and|et|y|e|en|i|och)\b)\s*", re.IGNORECASE)
#: a longer line is about an author rather than naming one
_LONGEST_BYLINE = 90
#: what most dates cannot do without, and every time of day
_YEAR = re.compile(r"\d{4}")
_HOUR = re.compile(r"\d[:.h：時时点]", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?")
#: 2025年9月5日, 2025년 9월 5일; 2025/09/05
_SIGNED = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})(?!\d)|(?<![\d./-])(\d{4})/(\d{1,2})/(\d{1,2})(?![\d/])")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\b")
_CLOCK = re.compile(
    r"(?:(?P<half>午前|午後|上午|下午|晚上|오전|오후)\s?)?(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.h：時时点]\s?(?P<minute>[0-5]\d)(?:\s*(?P<m>[ap])\.?m\b)?",
    re.IGNORECASE,
)
#: before the hour: the day's second half
_LATE = frozenset({"午後", "下午", "晚上", "오후"})


class Metadata(msgspec.Struct, frozen=True):
    """What is known of a document beside its text."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    #: ISO 8601
    date: str | None = None
    language: str | None = None
    #: what the page calls the site it is on
    site_name: str | None = None


#: what is known of a document of which nobody said anything
_NOTHING = Metadata()


def find_metadata(document: Document, spans: Sequence[Span], book: RuleBook, known: Metadata = _NOTHING) -> Metadata:
    """Title, authors and date: what is known of them, or else read off the spans that were found to hold them."""
    source = document.source
    title, found_date = known.title or None, known.date or None
    authors: list[str] = []
    for span in [span for span in spans if span.label in _TELLING]:
        if span.label == "headline":
            if title is None and count_words(source[span.start : span.end]) >= _LEAST_TITLE_WORDS:
                title = _one_line(source[span.start : span.end])
        elif span.label == "timestamp":
            found_date = found_date or parse_date(source[span.start : span.end])
        elif not known.authors:
            for name in _names(source[span.start : span.end], span.reason, book):
                if name not in authors:
                    authors.append(name)
    return Metadata(title, known.authors or tuple(authors), found_date)


def parse_date(text: str) -> str | None:
    """The first date in a text as ISO 8601, with the time of day where one follows it; None where there is none.

    `05/09/2025` is read day first, as everywhere but in the United States, unless that is no date.
    """
    # What a pattern cannot do without is looked for first: that takes a fraction of its time.
    has_year = _YEAR.search(text) is not None
    iso = _ISO.search(text) if has_year and "-" in text else None
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
        return _iso(year, month, day, f" {iso[4]}:{iso[5]}" if iso[4] else text[iso.end() :])
    signs = _SIGNED.search(text) if has_year and ("/" in text or "年" in text or "년" in text) else None
    if signs:
        year, month, day = (int(part) for part in signs.groups() if part)
        return _iso(year, month, day, text[signs.end() :])
    numeric = _NUMERIC.search(text) if "." in text or "/" in text or "-" in text else None
    if numeric:
        day, month, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        rest = text[numeric.end() :]
        return _iso(year, month, day, rest) or _iso(year, day, month, rest)
    named = _named_date().search(text.lower()) if has_year else None
    if named:
        month = month_numbers()[named["month"] or named["first_month"]]
        return _iso(int(named["year"] or named["last_year"]), month, int(named["day"] or named["last_day"]), text[named.end() :])
    return None


@functools.cache
def _named_date() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, month_numbers()), key=lambda name: (-len(name), name))) or "january"
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª)?\s+(?:de\s+)?(?P<month>{months})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})\b"
        rf"|\b(?P<first_month>{months})\.?\s+(?P<last_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<last_year>\d{{4}})\b"
    )


def _iso(year: int, month: int, day: int, rest: str) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    rest = rest[:40]
    clock = _CLOCK.search(rest) if _HOUR.search(rest) else None
    if clock is None:
        return found.isoformat()
    hour = int(clock["hour"])
    if clock["m"]:
        hour = hour % 12 + (12 if clock["m"].lower() == "p" else 0)
    elif clock["half"] in _LATE and hour < 12:
        hour += 12
    return datetime(year, month, day, hour, int(clock["minute"])).isoformat(timespec="minutes")


def _one_line(text: str) -> str:
    return " ".join(text.split()).lstrip("# ").strip()


def _names(text: str, reason: str, book: RuleBook) -> Iterable[str]:
    """Names in a byline: what its rule calls the author, or else the first name in it and those joined to that by an `and`."""
    found = book.author(reason.partition(":")[2], text) if reason.startswith("rule:") else None
    pieces = _BETWEEN_NAMES.split(_one_line(found)) if found is not None else _joined_names(text)
    for piece in pieces:
        name = piece.strip(" .,:;|·()")
        if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and not name.islower() and not any(map(str.isdigit, name)):
            yield name


def _joined_names(text: str) -> Iterable[str]:
    if len(text) > _LONGEST_BYLINE:
        return
    match = first_name(text, 0)
    while match is not None:
        yield match[0]
        joint = _JOINT.match(text, match.end())
        match = first_name(text, joint.end()) if joint else None
        if match is not None and joint is not None and match.start() != joint.end():
            return
