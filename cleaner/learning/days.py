"""The day that a document is of, as far as its address or its first and last lines say."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from cleaner.load.languages import month_numbers

_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_ISO = re.compile(r"\b(20\d\d)-([01]\d)-([0-3]\d)")
#: 2025年9月5日, 2025년 9월 5일
_SIGNED = re.compile(r"(?<!\d)(20\d\d)\s?[年년]\s?([01]?\d)\s?[月월]\s?([0-3]?\d)(?!\d)")
_DOTTED = re.compile(r"\b([0-3]?\d)\.\s?([01]?\d)\.(20\d\d)")
#: a date of the document stands among so many of its first lines, or of its last
_FIRST, _LAST = 12, 6
#: and in a line of at most so many characters
_LONGEST = 120


def day_of(url: str, lines: Sequence[str]) -> str | None:
    """The day, as `2025-03-12`, or None."""
    found = _IN_ADDRESS.search(url)
    if found:
        return "-".join(found.groups())
    for line in (*lines[:_FIRST], *lines[-_LAST:]):
        if len(line) <= _LONGEST and any(map(str.isdecimal, line)):
            day = _day_in(line)
            if day is not None:
                return day
    return None


def _day_in(line: str) -> str | None:
    found = _ISO.search(line)
    if found:
        return "-".join(found.groups())
    found = _SIGNED.search(line)
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    found = _DOTTED.search(line)
    if found:
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    found = _in_words().search(line.lower())
    day = found and (found["before"] or found["behind"])
    return f"{found['year']}-{month_numbers()[found['month']]:02}-{int(day):02}" if found and day else None


@functools.cache
def _in_words() -> re.Pattern[str]:
    months = "|".join(map(re.escape, sorted(month_numbers(), key=lambda name: (-len(name), name))))
    return re.compile(
        rf"(?:\b(?P<before>[0-3]?\d)(?:\.|st|nd|rd|th|er|º)?(?: de| of)? )?\b(?P<month>{months})\b\.?"
        r"(?: (?P<behind>[0-3]?\d)(?:st|nd|rd|th)?,)?(?: de| del)? (?P<year>20\d\d)"
    )
