"""Exit codes, and how failures are told."""

from __future__ import annotations

import re
import sys

#: some documents failed
SOME_FAILED = 1
#: wrong usage, or an unusable rule, model or option file
UNUSABLE = 2
INTERRUPTED = 130

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def failed(message: str) -> None:
    """Tells on standard error why something was not done."""
    print(f"cleaner: {one_line(message)}", file=sys.stderr)


def printable(text: str) -> str:
    """The text without characters that would steer a terminal: names of files can hold any."""
    return _CONTROL.sub(_escaped, text)


def one_line(text: str) -> str:
    """The same on one line: a name with a line break in it must not pass for two messages."""
    return printable(text).replace("\n", "\\n")


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    # A name's byte that is no UTF-8, as it is written in ids and outputs.
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return found[0].encode("unicode_escape").decode("ascii")
