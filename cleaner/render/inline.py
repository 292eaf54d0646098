"""The source with its removals in place: marked by signs, or struck through in colour with the reason in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Console
from rich.style import Style
from rich.text import Text

from cleaner.load.labels import labels
from cleaner.render.folding import Fold
from cleaner.render.lines import Line, Run, note
from cleaner.render.visible import visible, visible_line
from cleaner.values import Span

#: kept text beside a removal inside a line is shown up to this many characters; then only its near end
_LONG_RUN = 600
_NEAR_END = 140
#: no text column is wider, however wide the terminal
_WIDEST = 96
#: a narrower terminal has no room for reasons on the right: they follow the removal
_WITH_MARGIN = 92
_WIDEST_REASON = 40
#: a terminal would let it jump to its own columns
_TAB = "    "


def plain_lines(rows: Iterable[Line | Fold]) -> Iterator[str]:
    """The rows without colours, one line each, removals as `[-words-]{label reason score}`."""
    for row in squeezed(rows):
        yield f"… {row} …" if isinstance(row, Fold) else marked(row)


def marked(line: Line, *, notes: bool = True) -> str:
    """A line with its removals between signs, and behind each its note."""
    return "".join([_marked(run, notes=notes) if run.is_removal else visible(run.text) for run in line.runs])


def _marked(run: Run, *, notes: bool) -> str:
    return f"[-{visible(run.text)}-]{f'{{{visible_line(note(run.span))}}}' if notes else ''}"


def squeezed(rows: Iterable[Line | Fold]) -> Iterator[Line | Fold]:
    """The rows with no more than one blank line in a row."""
    was_blank = False
    for row in rows:
        is_blank = isinstance(row, Line) and row.state == "blank"
        if not (is_blank and was_blank):
            yield row
        was_blank = is_blank


def colour_of(label: str) -> str:
    """The terminal colour of a label."""
    known = labels().get(label)
    return known.colour if known else "default"


def struck(line: Line) -> Text:
    """A line with its removals struck through in the colour of their label, long kept runs cut to the part beside a removal."""
    text = Text()
    is_mixed = line.state == "mixed"
    for number, run in enumerate(line.runs):
        if run.is_removal:
            text.append(_shown(run.text), Style(color=colour_of(run.span.label), strike=True))
        elif is_mixed and len(run.text) > _LONG_RUN:
            _append_ends(text, run, is_first=number == 0, is_last=number == len(line.runs) - 1)
        else:
            text.append(_shown(run.text))
    return text


def _append_ends(text: Text, run: Run, *, is_first: bool, is_last: bool) -> None:
    """What of a long kept run stands beside a removal."""
    head = "" if is_first else run.text[:_NEAR_END].rpartition(" ")[0] or run.text[:_NEAR_END]
    tail = "" if is_last else run.text[-_NEAR_END:].partition(" ")[2] or run.text[-_NEAR_END:]
    words = len(run.text[len(head) : len(run.text) - len(tail)].split())
    text.append(_shown(head))
    text.append(f"{'' if is_first else ' '}… {words:,} words kept …{'' if is_last else ' '}", Style(dim=True))
    text.append(_shown(tail))


def _shown(text: str) -> str:
    return visible(text).replace("\t", _TAB)


class Margins:
    """How wide the columns of an inline diff are on this terminal."""

    def __init__(self, console: Console, removed: Iterable[Span]) -> None:
        spans = list(removed)
        self.label = max((len(visible_line(span.label)) for span in spans), default=0)
        self.has_reasons = console.width >= _WITH_MARGIN
        longest = max((len(_reason(span)) for span in spans), default=0)
        self.reason = min(_WIDEST_REASON, console.width // 3, longest) if self.has_reasons else 0
        rest = console.width - 1 - self.label - 3 - (self.reason + 2 if self.has_reasons else 0)
        self.text = max(20, min(_WIDEST, rest))


class _Note(msgspec.Struct, frozen=True):
    """What the margins say of a removal; empty where they would repeat what stands right above."""

    label: str
    reason: str
    colour: str


def _reason(span: Span) -> str:
    return visible_line(f"{span.reason} {span.score:g}")


def coloured_lines(console: Console, rows: Iterable[Line | Fold], removed: Iterable[Span]) -> Iterator[Text]:
    """The rows as lines of the terminal: label on the left, reason and score on the right.

    Parameters: `removed` are the removals of the whole result; they say how wide the margins are.
    """
    margins = Margins(console, removed)
    bar = "|" if console.options.ascii_only else "▌"
    label = reason = ""
    above: Line | Fold | None = None
    for row in squeezed(rows):
        if _wants_air(above, row):
            yield Text()
        if isinstance(row, Fold):
            yield Text(" " * (margins.label + 4)).append(f"… {row} …", Style(dim=True, italic=True))
        elif row.state == "blank":
            yield Text()
        else:
            if row.state == "kept":
                label = reason = ""
            notes: list[_Note] = []
            for span in row.removals:
                same_label, same_reason = span.label == label, span.label == label and _reason(span) == reason
                label, reason = span.label, _reason(span)
                if not same_reason:
                    notes.append(_Note("" if same_label else visible_line(label), reason, colour_of(label)))
            yield from _framed(console, row, notes, margins, bar)
        above = row


def _wants_air(above: Line | Fold | None, row: Line | Fold) -> bool:
    """Whether a blank line shall part two rows that have none between them: paragraphs, and what goes from what stays."""
    if above is None or (isinstance(above, Line) and above.state == "blank") or (isinstance(row, Line) and row.state == "blank"):
        return False
    if isinstance(above, Fold) or isinstance(row, Fold):
        return True
    if "removed" in (above.state, row.state):
        return above.state != row.state
    return above.runs[-1].span is not row.runs[0].span and row.runs[0].span.role == "paragraph"


def _framed(console: Console, line: Line, notes: list[_Note], margins: Margins, bar: str) -> Iterator[Text]:
    """A source line, wrapped, between its margins."""
    text = struck(line)
    left: list[Text] = []
    right: list[Text] = []
    for entry in notes:
        left.append(Text(entry.label.rjust(margins.label), Style(color=entry.colour, bold=True)))
        if margins.has_reasons:
            pieces = _folded_reason(entry.reason, margins.reason)
            left.extend(Text(" " * margins.label) for _ in pieces[1:])
            right.extend(Text(piece, Style(dim=True)) for piece in pieces)
        else:
            text.append(f"  {entry.reason}", Style(dim=True))
    removals = line.removals
    bar_style = Style(color=colour_of(removals[0].label)) if removals else Style()
    middle = text.wrap(console, margins.text, overflow="fold")
    for number in range(max(len(middle), len(left))):
        row = Text(" ")
        row.append_text(left[number] if number < len(left) else Text(" " * margins.label))
        row.append(f" {bar if removals else ' '} ", bar_style)
        words = middle[number] if number < len(middle) else Text()
        words.rstrip()
        row.append_text(words)
        if number < len(right):
            row.append(" " * (margins.text - words.cell_len + 2)).append_text(right[number])
        yield row


def _folded_reason(reason: str, width: int) -> list[str]:
    """A reason on as many lines as it needs; the score behind its end where it fits."""
    if len(reason) <= width:
        return [reason]
    name, _, score = reason.rpartition(" ")
    pieces = [name[at : at + width] for at in range(0, len(name), width)] or [""]
    if len(pieces[-1]) + 1 + len(score) <= width:
        return [*pieces[:-1], f"{pieces[-1]} {score}"]
    return [*pieces, score]
