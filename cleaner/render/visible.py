"""Characters that a terminal or a browser would obey instead of showing: made visible as escapes."""

from __future__ import annotations

import re

#: control characters, marks that turn the reading direction, lone surrogates, non-characters, invisible tags. Zero-width joiners
#: and soft hyphens stay: ordinary text has them, and they change nothing that is read. A flag spelled in tags stays whole.
OBEYED = re.compile(
    "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BREAKS = str.maketrans({"\n": "\\n", "\t": "\\t"})


def visible(text: str) -> str:
    """The text with escapes such as `\\x1b` in place of what would be obeyed; line feeds and tabs stay."""
    return OBEYED.sub(_escape, text)


def visible_line(text: str) -> str:
    """The same for names and other short texts, with line feeds and tabs escaped too."""
    return visible(text).translate(_BREAKS)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if len(character) > 1:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
