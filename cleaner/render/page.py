"""The report for the browser: one file, nothing loaded from anywhere, everything escaped. The review page is the same with a desk."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import jinja2
import msgspec
from markupsafe import Markup

from cleaner.load.labels import labels
from cleaner.render.report import Report
from cleaner.render.visible import OBEYED
from cleaner.values import Result

Mode: TypeAlias = Literal["report", "runs", "review"]

_TEMPLATES = Path(__file__).resolve().parent / "templates"
#: the page's script, in the order in which its parts need each other
_SCRIPTS = tuple(
    f"{name}.js" for name in ("elements", "text", "state", "document", "lists", "overview", "filters", "keys", "review", "desk", "start")
)
#: documents in one block of data: what the browser reads when one of them is opened
_CHUNK = 20
_HEADINGS: dict[Mode, str] = {"report": "What was removed", "runs": "What changed", "review": "Review"}
#: beside what a browser obeys, what an HTML parser does
_NOT_IN_DATA = re.compile(f"[<>&]|{OBEYED.pattern}")


def page(documents: Iterable[tuple[str, Result]]) -> str:
    """A report of documents, given as pairs of an id and a result. See `report_page`."""
    report = Report()
    for id, result in documents:
        report.add(id, result)
    return report_page(report)


def report_page(report: Report, mode: Mode = "report", *, heading: str | None = None, note: str | None = None, version: int = 0) -> str:
    """One HTML page that holds everything it needs.

    Parameters: `heading` stands at its top, in place of the mode's own; `note` is a sentence beneath; `version` is the
    state of a desk.
    Returns the page; encode it as UTF-8.
    """
    chunks = [report.texts[at : at + _CHUNK] for at in range(0, len(report.texts), _CHUNK)] if mode != "review" else []
    style, script = _style(), _script()
    return (
        _environment()
        .get_template("page.html")
        .render(
            mode=mode,
            heading=heading or _HEADINGS[mode],
            note=note,
            policy=policy(connect=False) if mode != "review" else None,
            style=Markup(style),  # a file of the package # nosec B704
            script=Markup(script),  # a file of the package # nosec B704
            data=_data(index(report, mode, version)),
            chunks=map(_data, chunks),
        )
    )


def index(report: Report, mode: Mode, version: int = 0) -> dict[str, Any]:
    """What the page knows before a document is opened, as plain values."""
    return {
        "mode": mode,
        "version": version,
        "labels": report.labels,
        "choices": [[label.name, label.content, label.description] for label in labels().values()] if mode == "review" else [],
        "reasons": report.reasons,
        "sites": report.sites,
        "roles": report.roles,
        "totals": report.totals,
        "groups": report.groups,
        "groupDocuments": report.group_documents,
        "chunk": _CHUNK,
        "rows": report.rows,
    }


def policy(*, connect: bool) -> str:
    """The Content-Security-Policy: this style and this script, and nothing else from anywhere but, on request, its own server."""
    own = "connect-src 'self'; " if connect else ""
    return (
        f"default-src 'none'; style-src '{_hash(_style())}'; script-src '{_hash(_script())}'; {own}"
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _data(value: object) -> Markup:
    """A value as JSON that can stand in a page: nothing in it is obeyed by an HTML parser or whoever prints the file."""
    text = msgspec.json.encode(value).decode()
    # Everything that a parser of HTML would obey is escaped: tests/render/test_page.py, tests/browser.
    return Markup(text if text.isascii() and not re.search("[<>&\x7f]", text) else _NOT_IN_DATA.sub(_escaped, text))  # nosec B704


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\u{int.from_bytes(pair, 'big'):04x}" for pair in _pairs(found[0].encode("utf-16-be")))


def _pairs(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(0, len(data), 2)]


@functools.cache
def _file(name: str) -> str:
    """A style sheet or script of the package. Its hash stands in the page, and browsers read line ends as line feeds."""
    return (_TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@functools.cache
def _style() -> str:
    return _file("page.css")


@functools.cache
def _script() -> str:
    return '"use strict";\n{\n' + "\n".join(map(_file, _SCRIPTS)) + "}\n"


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@functools.cache
def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
