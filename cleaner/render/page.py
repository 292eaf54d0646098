"""A page for the browser that shows what was removed and why: one file, nothing loaded from anywhere, everything escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from cleaner.load.labels import labels
from cleaner.render.lines import Line, Run, State, lines_of
from cleaner.render.visible import visible, visible_line
from cleaner.values import SPACE, Result

_TEMPLATES = Path(__file__).resolve().parent / "templates"
#: stands for labels that the package does not know, so that every removal has a colour and a switch
_OTHER = "other"


class Piece(msgspec.Struct, frozen=True):
    """A part of a line: text that stays, or a removal."""

    text: str
    #: the switch that hides it; empty for text that stays
    key: str = ""
    label: str = ""
    #: reason and score
    why: str = ""


class Row(msgspec.Struct, frozen=True):
    """A line of the source that has words."""

    pieces: tuple[Piece, ...]
    state: State
    role: str
    #: the label to show beside it: of a line that goes whole, where the line above did not say it already
    label: str
    #: the switch that hides the whole line; empty where some of it stays
    key: str
    #: whether a blank line stands before it in the source
    is_apart: bool


class Sheet(msgspec.Struct, frozen=True):
    """A document as the page shows it."""

    number: int
    name: str
    result: Result
    rows: tuple[Row, ...]
    words: int
    words_kept: int
    removals: int

    @property
    def share(self) -> int:
        """Words kept, in percent, never rounded to all or nothing."""
        if self.words_kept in (0, self.words):
            return 100 if self.words_kept else 0
        return min(99, max(1, round(100 * self.words_kept / self.words)))


class Entry(msgspec.Struct):
    """A label in the legend."""

    key: str
    description: str
    removals: int = 0
    words: int = 0


def page(documents: Iterable[tuple[str, Result]]) -> str:
    """One HTML page that holds everything it needs.

    Parameters: `documents` are pairs of a name and a result.
    Returns the page; encode it as UTF-8.
    """
    sheets = [_sheet(number, name, result) for number, (name, result) in enumerate(documents, 1)]
    style = _file("page.css") + _label_rules()
    script = _file("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            sheets=sheets,
            legend=_legend(sheets),
            words=sum(sheet.words for sheet in sheets),
            words_kept=sum(sheet.words_kept for sheet in sheets),
            removals=sum(sheet.removals for sheet in sheets),
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
        )
    )


@functools.cache
def _file(name: str) -> str:
    """A style sheet or script of the package. Its hash stands in the page, and browsers read line ends as line feeds."""
    return (_TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = visible_line
    return environment


def _shown(value: object) -> object:
    """What the template prints, made visible before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style and this script, and nothing else from anywhere."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@functools.cache
def _label_rules() -> str:
    """The style of each label: its colour, and the switch that hides it."""
    colours = {name: label.colour for name, label in labels().items()} | {_OTHER: "default"}
    rules = [
        f'[data-key="{name}"] {{ --colour: var(--{colour.replace("_", "-")}); }}\n'
        f'.hide-{name} main [data-key="{name}"] {{ display: none; }}\n'
        for name, colour in colours.items()
    ]
    return "".join(rules)


def _key(label: str) -> str:
    return label if label in labels() else _OTHER


def _sheet(number: int, name: str, result: Result) -> Sheet:
    return Sheet(
        number=number,
        name=visible_line(name),
        result=result,
        rows=tuple(_rows(result)),
        words=len(result.source.split()),
        words_kept=len(result.text.split()),
        removals=sum(not span.kept and span.label != SPACE for span in result.spans),
    )


def _rows(result: Result) -> Iterator[Row]:
    label_above = ""
    is_apart = False
    for line in lines_of(result):
        state = line.state
        if state == "blank":
            is_apart = True
            continue
        label = line.removals[0].label if state == "removed" else ""
        yield Row(
            pieces=tuple(map(_piece, line.runs)),
            state=state,
            role=line.runs[0].span.role,
            label=label if label != label_above else "",
            key=_whole_key(line) if state == "removed" else "",
            is_apart=is_apart,
        )
        label_above, is_apart = label, False


def _whole_key(line: Line) -> str:
    """The switch of a line that goes whole; none where its parts have different labels."""
    keys = {_key(span.label) for span in line.removals}
    return keys.pop() if len(keys) == 1 else ""


def _piece(run: Run) -> Piece:
    if not run.is_removal:
        return Piece(run.text)
    span = run.span
    return Piece(run.text, _key(span.label), visible_line(span.label), visible_line(f"{span.reason} · {span.score:g}"))


def _legend(sheets: Iterable[Sheet]) -> list[Entry]:
    """What was removed, by label, the most words first."""
    entries: dict[str, Entry] = {}
    for sheet in sheets:
        for span in sheet.result.spans:
            if span.kept or span.label == SPACE:
                continue
            key = _key(span.label)
            known = labels().get(key)
            entry = entries.setdefault(key, Entry(key, known.description if known else "labels that this version does not know"))
            entry.removals += 1
            entry.words += len(sheet.result.source[span.start : span.end].split())
    return sorted(entries.values(), key=lambda entry: (-entry.words, entry.key))
