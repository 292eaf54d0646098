"""Scripts that are written without spaces between words: Chinese, Japanese, Thai. What a word is there, and where a sentence ends."""

from __future__ import annotations

import re

from cleaner.kernel import COMPILED

#: the inside of a class of their letters
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
#: where their sentences end, and what may close behind that
STOPS, CLOSERS = "。！？｡", "」』）】〕》〉”’\"'"
#: two signs count as a word (mean length of a Japanese or Chinese word, in signs)
SIGNS_A_WORD = 2
_LETTER = re.compile(f"[{UNSPACED}]")
#: the bytes that begin none of them in UTF-8: what is left without these tells fastest that a text holds no such letter
_OTHER_BYTES = bytes({*range(256)} - {0xE0, *range(0xE3, 0xEA), 0xEF})
_BREAK = re.compile(f"(?<=[{UNSPACED}\u3000-\u303f\uff00-\uffef])\\s*\n\\s*(?=[{UNSPACED}\u3000-\u303f\uff00-\uffef])")
#: signs of full width as their narrow forms: what looks at punctuation need know one form only
_NARROW = str.maketrans(
    {
        **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
        "。": ". ",
        "｡": ". ",
        "！": "! ",
        "？": "? ",
        "、": ",",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
        "【": "(",
        "】": ")",
        "〔": "(",
        "〕": ")",
    }
)


def plain_count_signs(text: str) -> int:
    """How many letters of such scripts a text holds."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _OTHER_BYTES):
        return 0
    return len(_LETTER.findall(text))


if COMPILED:
    from cleaner.kernel.text import count_signs as count_signs
else:
    count_signs = plain_count_signs


def has_unspaced(text: str) -> bool:
    """Whether any letter of such a script is in a text."""
    return count_signs(text) > 0


def count_words(text: str) -> int:
    """Words of a text, roughly: its runs between spaces, and one more for every two letters of such a script."""
    count = text.count(" ") + 1
    return count if text.isascii() else count + count_signs(text) // SIGNS_A_WORD


def narrowed(text: str) -> str:
    """A text with signs of full width in their narrow forms, a space behind every sentence."""
    return text.translate(_NARROW).rstrip(" ")


def joined(text: str) -> str:
    """A text of several lines on one: no space where a line of such a script was broken."""
    return " ".join(_BREAK.sub("", text).split())
