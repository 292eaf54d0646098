"""Which blocks of a page are its gold body: the aim that the block model is trained for."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from cleaner.pipeline import Cleaner

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_CJK}]|[^\\W{_CJK}]+")
#: words in a row that must stand in the body too
_RUN = 4
#: letters that a line must have to be looked up on a page
_LEAST_LETTERS = 4
#: a label of the text's cleaner is learned from where it is so sure of it
_SURE = 0.7


def words(text: str) -> list[str]:
    """The words of a text in lower case; every Chinese or Japanese sign is one."""
    return _WORD.findall(text.lower())


def body_shares(texts: Sequence[str], body: str) -> list[float]:
    """The share of each block that stands in the body, by runs of four words; short blocks count with what stands beside them.

    Parameters: `texts` are a page's blocks, `body` the gold body.
    """
    gold = words(body)
    runs = {tuple(gold[at : at + _RUN]) for at in range(len(gold) - _RUN + 1)}
    lines = {tuple(words(line)) for line in body.splitlines()}
    split = [words(text) for text in texts]
    stream = [word for block in split for word in block]
    covered = [False] * len(stream)
    for at in range(len(stream) - _RUN + 1):
        if tuple(stream[at : at + _RUN]) in runs:
            covered[at : at + _RUN] = [True] * _RUN
    shares = []
    at = 0
    for block in split:
        count = len(block)
        if not count:
            shares.append(-1.0)
        elif count < _RUN:
            shares.append(1.0 if tuple(block) in lines or all(covered[at : at + count]) else 0.0)
        else:
            own = [False] * count
            for start in range(count - _RUN + 1):
                if tuple(block[start : start + _RUN]) in runs:
                    own[start : start + _RUN] = [True] * _RUN
            shares.append(1.0 if tuple(block) in lines else sum(own) / count)
        at += count
    return shares


def snippet_shares(texts: Sequence[str], present: Iterable[str], absent: Iterable[str]) -> list[float]:
    """1 for blocks that hold a snippet of the body, 0 for those that hold one of the rest, -1 for all others."""
    flat = [" ".join(text.split()) for text in texts]
    shares = [-1.0] * len(texts)
    for snippets, share in ((absent, 0.0), (present, 1.0)):
        for snippet in snippets:
            wanted = " ".join(snippet.split())
            for block, text in enumerate(flat):
                if wanted and wanted in text:
                    shares[block] = share
    return shares


def line_labels(texts: Sequence[str], lines: Sequence[str], labels: Sequence[str]) -> list[str | None]:
    """The label of each block of a page whose lines were labelled, None where no line holds it."""
    found: list[str | None] = [None] * len(texts)
    starts: list[int] = []
    letters: list[str] = []
    length = 0
    for text in texts:
        starts.append(length)
        letters.append("".join(sign for sign in text if sign.isalnum()).lower())
        length += len(letters[-1])
    flat = "".join(letters)
    owner = [block for block, text in enumerate(letters) for _ in text]
    at = 0
    for line, label in zip(lines, labels, strict=True):
        key = "".join(sign for sign in line if sign.isalnum()).lower()
        if len(key) < _LEAST_LETTERS:
            continue
        place = flat.find(key, at)
        if place < 0 or place > at + 20_000:
            if len(key) < 3 * _LEAST_LETTERS:
                continue
            place = flat.find(key)
            if place < 0:
                continue
        at = place + len(key)
        for block, count in Counter(owner[place:at]).items():
            if 2 * count >= len(letters[block]):
                found[block] = label
    return found


def text_labels(texts: Sequence[str], shares: Sequence[float], cleaner: Cleaner) -> list[str | None]:
    """What the cleaner calls the residue of a page whose blocks it sees as lines of a text; None where it is not sure, or keeps a block.

    Parameters: `shares` say how much of each block is content, 0 to 1: a block of which anything is stays without a name.
    """
    lines = [" ".join(text.split()) for text in texts]
    found: list[str | None] = [None] * len(lines)
    ends = list(itertools.accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
    for span in cleaner.clean_text("\n".join(lines)).spans:
        if span.kept or span.score < _SURE:
            continue
        for block in range(bisect_left(ends, span.start), bisect_right(ends, span.end)):
            if shares[block] == 0 and span.start <= ends[block] - len(lines[block]):
                found[block] = span.label
    return found


def word_score(kept: Iterable[str], gold: Sequence[str]) -> float:
    """F1 of two texts' words as bags."""
    one, other = Counter(word for text in kept for word in words(text)), Counter(gold)
    if not one or not other:
        return float(not one and not other)
    hit = sum((one & other).values())
    return 2 * hit / (sum(one.values()) + sum(other.values()))
