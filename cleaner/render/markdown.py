"""The body as Markdown, its blocks marked by their roles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from cleaner.values import Result, Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
#: what a block that is marked already begins with
_OWN_MARKER = {"list_item": re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]"), "quote": re.compile(r">"), "table_row": re.compile(r"\|")} | {
    f"heading{level}": re.compile(r"#{1,6}\s") for level in range(1, 7)
}
#: list signs that people type and Markdown does not know
_TYPED_BULLET = re.compile(r"[•·–‣▪◦][ \t]+")
#: what would be read as a sign at the start of a paragraph that is none
_NUMBER = re.compile(r"\d{1,9}(?=[.)]\s)")
_MISREAD_SIGN = re.compile(r"[-+*]\s|>|#{1,6}\s|\||(?:[-=_*~`]\s*){3,}$|[~`]{3}")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_BACKTICKS = re.compile(r"`+")
_CELLS = re.compile(r"\s*\t\s*|\s+\|\s+|\s{2,}")
#: blocks of these roles stand line by line where the source has them so
_TIGHT = frozenset({"list_item", "table_row", "quote", "code"})


class _Part(msgspec.Struct):
    """A block of the body on its way to Markdown."""

    text: str
    role: str
    #: white space behind it in the body
    gap: str
    #: white space before it in its own line
    indent: str


def markdown(result: Result) -> str:
    """The body as Markdown: headings, lists, quotes, code and tables marked as such.

    Blocks that the source marks already are left as they stand.
    """
    parts = list(_parts(result))
    pieces: list[str] = []
    at = 0
    while at < len(parts):
        role = parts[at].role
        end = at + 1
        while end < len(parts) and parts[end].role == role:
            end += 1
        if pieces:
            pieces.append("\n\n")
        pieces.append(_group(role, parts[at:end]))
        at = end
    text = "".join(pieces)
    return f"{text}\n" if text and parts[-1].gap else text


def _parts(result: Result) -> Iterator[_Part]:
    """The blocks of the body. What was cut out of a block leaves one block, not two."""
    loose = _has_blank_lines(result)
    part: _Part | None = None
    indent = ""
    for span in result.spans:
        if not span.kept:
            continue
        whole = result.source[span.start : span.end]
        text = whole.strip()
        if not text:
            if part is None:
                indent = whole
            else:
                part.gap += whole
            continue
        lead = whole[: whole.index(text[0])] if not whole.startswith(text[0]) else ""
        gap = whole[len(lead) + len(text) :]
        before = (part.gap if part is not None else indent) + lead
        if part is not None and part.role == span.role and _goes_on(before, span, loose=loose):
            part.text += (before if part.role == "code" else " " if before.strip(" \t") == "" and before else before) + text
            part.gap = gap
            continue
        if part is not None:
            part.gap = before
            yield part
        part = _Part(text, span.role, gap, _BREAK.split(before)[-1])
    if part is not None:
        yield part


def _has_blank_lines(result: Result) -> bool:
    """Whether the source parts its paragraphs by blank lines, so that a single line break parts none."""
    gaps = [
        _breaks(text)
        for span, after in itertools.pairwise(result.spans)
        if span.kept and after.kept and span.role == after.role == "paragraph" and (text := result.source[span.start : span.end]).strip()
    ]
    return bool(gaps) and min(gaps) > 1


def _breaks(space: str) -> int:
    """Line breaks at the end of a text."""
    return len(_BREAK.findall(space[len(space.rstrip()) :]))


def _goes_on(gap: str, span: Span, *, loose: bool) -> bool:
    breaks = len(_BREAK.findall(gap))
    return breaks == 0 or (breaks == 1 and loose and span.role == "paragraph")


def _group(role: str, parts: Sequence[_Part]) -> str:
    """Neighbours of one role."""
    if role == "code":
        return _code(parts)
    if role == "table_row":
        return _table(parts)
    texts = [_marked(part) for part in parts]
    if role not in _TIGHT:
        return "\n\n".join(texts)
    pieces: list[str] = []
    for part, text in zip(parts, texts, strict=True):
        pieces += [text, "\n\n" if len(_BREAK.findall(part.gap)) > 1 else "\n"]
    return "".join(pieces[:-1])


def _marked(part: _Part) -> str:
    """A block with the sign of its role."""
    text, role = part.text, part.role
    own = _OWN_MARKER.get(role)
    if own is not None and own.match(text):
        return part.indent + text if role == "list_item" else text
    if role.startswith("heading"):
        return f"{'#' * int(role.removeprefix('heading'))} {' '.join(text.split())}"
    if role == "list_item":
        return f"{part.indent}- {_TYPED_BULLET.sub('', text, count=1) if _TYPED_BULLET.match(text) else text}"
    if role == "quote":
        return "\n".join(f"> {line}".rstrip() for line in _BREAK.split(text))
    return _unmistaken(text)


def _unmistaken(text: str) -> str:
    """A paragraph whose first characters look like a sign of Markdown, with a backslash before them."""
    number = _NUMBER.match(text)
    if number:
        return f"{number[0]}\\{text[number.end() :]}"
    return f"\\{text}" if _MISREAD_SIGN.match(text) else text


def _code(parts: Sequence[_Part]) -> str:
    """Lines of code as they stand, fenced if they are not."""
    pieces = [parts[0].text]
    for before, part in itertools.pairwise(parts):
        pieces += [before.gap or "\n", part.text]
    text = "".join(pieces)
    if _FENCE.match(text):
        return text
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{parts[0].indent}{text}\n{fence}"


def _table(parts: Sequence[_Part]) -> str:
    """Rows as a table; the first one is its head, since Markdown knows no table without."""
    own = _OWN_MARKER["table_row"]
    if all(own.match(part.text) for part in parts):
        return "\n".join(part.text for part in parts)
    rows = [_cells(part.text) for part in parts]
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _cells(row: str) -> list[str]:
    if row.startswith("|"):
        row = row.strip("| \t")
    return [cell.strip() for cell in _CELLS.split(_BREAK.sub(" ", row))]
