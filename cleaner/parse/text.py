"""Plain text to blocks, however its lines are broken.

One paragraph a line, blank lines between paragraphs, hard-wrapped at some column, all on one line, and Markdown as extractors
write it: the layout is told from the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from cleaner.kernel import COMPILED
from cleaner.load.unspaced import CLOSERS, STOPS, UNSPACED, count_signs, has_unspaced, joined
from cleaner.values import Block, Document

#: line ends beside \n and \r\n (Unicode standard annex 14: mandatory breaks)
_RARE_ENDS = ("\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
#: hard-wrapped text has no line longer than this
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40
#: where lines may break behind any sign they end so many signs before the column at the most: some may not begin a line
_HANGING = 2
#: a text with at most this many lines, one of them this long, is glued together
_GLUED_LINES = 4
_GLUED_CHARACTERS = 1_500
#: what a letter of a script without spaces between words counts for, in characters
_SIGN = 3
_GLUED_SHARE = 0.9
#: where a sentence ends and the next begins; lower case after the stop means an abbreviation or an ordinal
_SENTENCE_END = re.compile(
    r"(?<=[)\]\"”“»][.!?…])\s+(?=[\"„“«»(\[]*[^\W\d_a-zß-öø-ÿ])|"
    r"(?<=[^\W\d_]{2}[.!?…])[\"”“’»)\]]*\s+(?=[\"„“«»(\[]*[^\W\d_a-zß-öø-ÿ])|(?<=[.!?…)][\"”“’»)])\s+(?=[\"„“«»(\[]*[^\W\d_a-zß-öø-ÿ])"
)
#: the same where no space stands between sentences; と and a comma go on with the sentence that quotes
_UNSPACED_END = re.compile(rf"(?<=[{STOPS}])[{CLOSERS}]*\s*(?=[^\s{STOPS}{CLOSERS}])(?!(?<=」)と|[、，,])")
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
#: a short word with a capital, a stop and no vowel is a title or an abbreviation (Dr. St. Mrs. Nr.), behind or before the gap
_ABBREVIATION = re.compile(r"\b[^\W\d_aeiouyäöüAEIOUYÄÖÜa-z][^\W\d_aeiouyäöü]{1,3}\.$")
_ABBREVIATION_NEXT = re.compile(r"[^\W\d_aeiouyäöüAEIOUYÄÖÜa-z][^\W\d_aeiouyäöü]{1,3}\.\s")
_LONGEST_ABBREVIATION = 6
#: of Markdown's signs those of list items and those that end their numbers, before a space; and the others
_BULLETS, _BEHIND_NUMBERS, _OTHERS = "-*+•·–", ".)", "#>|`~!"
_MARKERS = frozenset(f"{_BULLETS}{_OTHERS}0123456789")
#: these begin list items, but also dates (`12. März`) and footnotes (`* Name geändert`): they stay part of what is read
_AMBIGUOUS = frozenset("*–0123456789")
_ROLE = re.compile(
    r"(?P<heading>\#{1,6})\s+(?=\S)"
    r"|(?P<list_item>[-*+•·–]|\d{1,3}[.)])[ \t]+(?=\S)"
    r"|(?P<quote>>+)[ \t]?(?=\S)"
    r"|(?P<table_row>\|)(?=.*\|\s*$)"
)
_FENCE = re.compile(r"(?:```|~~~)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,500}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")


def parse_text(source: str) -> Document:
    """The blocks of a plain text, in its order."""
    read = line_blocks(source, Block, _GLUED_LINES, _WIDEST_WRAP, _BEHIND_NUMBERS, _BULLETS, _OTHERS) if COMPILED else None
    return _with_roles(source, *read, glued=False) if read is not None else plain_parse_text(source)


def plain_parse_text(source: str) -> Document:
    """`parse_text`, in Python but for the lines."""
    lines = line_spans(source)
    if _is_glued(source, lines):
        spans = [piece for line in lines for piece in _sentences(source, *line)]
        return _with_roles(source, *_blocks(source, spans), glued=True)
    return _with_roles(source, *_blocks(source, _unwrapped(source, lines)), glued=False)


def plain_line_spans(source: str) -> list[tuple[int, int]]:
    """(start, end) of every line that is not blank, without the white space around it."""
    spans: list[tuple[int, int]] = []
    for rare in _RARE_ENDS:
        if rare in source:
            # One sign for another, so that offsets stay true.
            source = source.replace(rare, "\n")
    at = 0
    for line in source.split("\n"):
        text = line.strip()
        if text:
            start = at + line.index(text[0]) if line[0] != text[0] else at
            spans.append((start, start + len(text)))
        at += len(line) + 1
    return spans


if COMPILED:
    from cleaner.kernel.layout import line_blocks
    from cleaner.kernel.layout import line_spans as line_spans
else:
    line_spans = plain_line_spans


def _is_glued(source: str, spans: list[tuple[int, int]]) -> bool:
    if not spans or len(spans) > _GLUED_LINES or _SIGN * len(source) < _GLUED_CHARACTERS:
        return False
    if len(source) < _GLUED_CHARACTERS and (source.isascii() or len(source) + (_SIGN - 1) * count_signs(source) < _GLUED_CHARACTERS):
        return False
    return max(end - start for start, end in spans) >= _GLUED_SHARE * len(source)


def _sentences(source: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [
        (found.start(), found.end())
        for found in _SENTENCE_END.finditer(source, start, end)
        if not _ABBREVIATION.search(source, max(start, found.start() - _LONGEST_ABBREVIATION), found.start())
        and not _ABBREVIATION_NEXT.match(source, found.end())
    ]
    if has_unspaced(source):
        cuts = sorted({*cuts, *((found.start(), found.end()) for found in _UNSPACED_END.finditer(source, start, end))})
    pieces, at = [], start
    for before, after in cuts:
        if before < at:
            continue
        closed = len(source[before:after].rstrip())
        pieces.append((at, before + closed))
        at = after
    pieces.append((at, end))
    return pieces


def _unwrapped(source: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with wrapped lines joined to paragraphs, if the text is hard-wrapped.

    A break was forced if the next line's first word would not have fitted: so greedy wrapping gives itself away.
    """
    if len(spans) < 4:
        return spans
    width = max([end - start for start, end in spans])
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return spans
    forced: list[bool] = []
    pairs = 0
    for (start, end), (following, stop) in itertools.pairwise(spans):
        if source.count("\n", end, following) > 1:
            forced.append(False)
            continue
        pairs += 1
        if _UNSPACED_LETTER.match(source, following):
            length = _HANGING
        else:
            word = source.find(" ", following, stop)
            length = (word if word > 0 else stop) - following
        forced.append(end - start + 1 + length > width and not _begins_item(source, following))
    if sum(forced) < 4 or sum(forced) < 0.5 * pairs:
        return spans
    joined = [spans[0]]
    for is_forced, span in zip(forced, spans[1:], strict=True):
        if is_forced:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _begins_item(source: str, start: int) -> bool:
    return source[start] in _MARKERS and _ROLE.match(source, start, start + 8) is not None


def _blocks(source: str, spans: Sequence[tuple[int, int]]) -> tuple[list[Block], list[str], list[int]]:
    """Blocks and what stands in them, and the numbers of those that are broken or may begin with a sign of Markdown."""
    texts = [source[start:end] for start, end in spans]
    marked = [number for number, text in enumerate(texts) if text[0] in _MARKERS or "\n" in text]
    return [Block(start, end) for start, end in spans], texts, marked


def _with_roles(source: str, blocks: list[Block], texts: list[str], marked: Iterable[int], *, glued: bool) -> Document:
    # A single sign is looked for many times as fast as two.
    has_links = "]" in source and "](" in source
    has_emphasis = ("*" in source and "**" in source) or ("_" in source and "__" in source)
    # Most lines are paragraphs that are read as they stand.
    if has_links or has_emphasis or "`" in source or "~" in source:
        marked = range(len(texts))
    in_code = False
    for number in marked:
        text = texts[number]
        role = "paragraph"
        if "\n" in text:
            text = joined(text)
        if text[0] in _MARKERS or in_code:
            if _FENCE.match(text):
                in_code, role = not in_code, "code"
            elif in_code:
                role = "code"
            else:
                role, text = _role(text)
        if (has_links or has_emphasis) and role != "code":
            if has_links and "](" in text:
                text = _LINK.sub(r"\1", text).strip()
            if has_emphasis and text:
                text = _EMPHASIS.sub(r"\2", text)
        if role != "paragraph":
            blocks[number] = Block(blocks[number].start, blocks[number].end, role)
        if text:
            texts[number] = text
    return Document(source=source, blocks=tuple(blocks), texts=tuple(texts), glued=glued)


def _role(text: str) -> tuple[str, str]:
    """What a line's first sign says it is, and the line without it."""
    found = _ROLE.match(text)
    if found is None or found.lastgroup is None:
        return "paragraph", text
    rest = text[found.end() :]
    if found.lastgroup == "heading":
        return f"heading{len(found['heading'])}", rest.rstrip("# ") or rest
    if found.lastgroup == "table_row":
        return "table_row", text.strip("| ")
    if found.lastgroup == "list_item" and text[0] in _AMBIGUOUS:
        return "list_item", text
    return found.lastgroup, rest
