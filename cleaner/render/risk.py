"""How much a removal should be looked at: long, unsure, prose-like removals, and those from documents that lost much."""

from __future__ import annotations

import re

#: weights of the four signs; they add up to 1. Set by hand: what reads like an article's own text costs most when it is lost
_LENGTH, _PROSE, _DOUBT, _SHARE = 0.35, 0.3, 0.2, 0.15
#: a removal of so many words is as long as any
_LONG = 40
#: so short a line is no prose, whatever it ends with
_SHORTEST_PROSE = 8
#: twice this much doubt counts in full
_FULL_DOUBT = 0.5
#: only beyond this share of a document's words lost is the loss a sign
_USUAL_SHARE = 0.5
_WORD_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = frozenset(".!?…。！？")
_CLOSING = "\"'”“’»«)]）」』"


def word_count(text: str) -> int:
    """Words of a text; in scripts without spaces two signs count as one."""
    words = len(text.split())
    return words if text.isascii() else words + len(_WORD_WITHOUT_SPACES.findall(text)) // 2


def risk(text: str, score: float, share: float) -> float:
    """How much a removal should be looked at, 0 to 1.

    Parameters: `text` is what goes, `score` how sure the cleaner is (0 to 1), `share` the share of the document's words that go.
    """
    words = word_count(text)
    return (
        _LENGTH * min(1.0, words / _LONG)
        + _PROSE * _prose(text, words)
        + _DOUBT * min(1.0, (1 - score) / _FULL_DOUBT)
        + _SHARE * max(0.0, (share - _USUAL_SHARE) / (1 - _USUAL_SHARE))
    )


def _prose(text: str, words: int) -> float:
    """1 for what looks like sentences, a half for what looks like part of one, 0 for titles, names, numbers and buttons."""
    if words < _SHORTEST_PROSE:
        return 0.0
    ends = text.rstrip().rstrip(_CLOSING)[-1:] in _SENTENCE_END
    pieces = text.split()
    lower = sum(piece[:1].islower() for piece in pieces)
    flows = 2 * lower >= len(pieces) or len(pieces) < words // 2
    return 0.5 * ends + 0.5 * flows
