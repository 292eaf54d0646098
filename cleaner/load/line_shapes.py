"""The shape of a line: what is left of it when numbers, dates, letter case and punctuation at its edges don't count."""

from __future__ import annotations

import functools
import re

from cleaner.load.languages import languages, month_numbers
from cleaner.load.rules import normalise

#: any number, date or time, in a shape
NUMBER = "0"
#: one word or more, in a frame
ANY = "\ufffc"
#: how both are written in a site rule file
_WRITTEN = {NUMBER: "{number}", ANY: "{any}"}
#: dates in words are looked for in lines of so many characters: paragraphs are many, and no template's date stands in one
_LONGEST_WITH_DATES = 160
#: 12.03.2025, 1 204, 14:30, 2-3
_JOINED = re.compile(r"0(?:(?:[.,:/'’–-]| ?[–-] ?)0)+")


def line_shape(line: str) -> str:
    """The shape of a line; two lines of one shape say the same.

    Lower case, one space, no punctuation at the edges; a number, a time or a date in figures or words is one `0`.
    """
    shape = normalise(line)
    if NUMBER not in shape:
        return shape
    shape = _JOINED.sub(NUMBER, shape)
    return _dates().sub(NUMBER, shape) if " " in shape and len(shape) <= _LONGEST_WITH_DATES else shape


def written_shape(shape: str) -> str:
    """A shape or a frame as people read it: `{number}` and `{any}` for what changes."""
    for sign, name in _WRITTEN.items():
        shape = shape.replace(sign, name)
    return shape


def read_shape(written: str) -> str:
    """The shape or frame that a person wrote; letter case, punctuation at the edges and figures don't matter."""
    number, any_words = (f"{sign}{sign}{sign}" for sign in (NUMBER, ANY))
    text = written.replace(_WRITTEN[NUMBER], number).replace(_WRITTEN[ANY], any_words)
    return re.sub(f"{ANY}+", ANY, line_shape(text))


@functools.cache
def _dates() -> re.Pattern[str]:
    """Dates in words whose numbers are `0` already: `12. März 2025`, `Wed, March 12th, 2025`, `0. mai`."""
    months = _alternatives(month_numbers())
    days = _alternatives(day.lower() for language in languages().values() for day in language.weekdays)
    weekday = rf"(?:\b{days}\.?,?(?: (?:den|dem|the|le|el|il|de))? )?"
    ordinal = r"0(?:\.|st|nd|rd|th|er|º|ª|o)?"
    with_month = rf"{ordinal}(?: (?:de|of|d'))? {months}\b\.?(?:,? (?:de |del )?0)?|\b{months}\.? {ordinal}(?:,? 0)?"
    return re.compile(rf"{weekday}(?:{with_month})(?:(?:,| um| at| -| –)? 0(?: uhr)?)?")


def _alternatives(names: object) -> str:
    listed = sorted(set(names), key=lambda name: (-len(name), name))  # type: ignore[call-overload]
    return "(?:" + "|".join(map(re.escape, listed)) + ")"
