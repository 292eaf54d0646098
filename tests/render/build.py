"""Results made by hand: what the renderers show must not depend on today's rules."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from cleaner.values import Result, Span

_MARK = re.compile(r"⟦(\w+):(.*?)⟧", re.DOTALL)


def result(marked: str, *, role: str = "paragraph", title: str | None = None, warnings: tuple[str, ...] = ()) -> Result:
    """The result in which what stands between `⟦label:` and `⟧` is removed."""
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for found in _MARK.finditer(marked):
        pieces += [(line, "", role) for line in marked[at : found.start()].splitlines(keepends=True)]
        pieces.append((found[2], found[1], role))
        at = found.end()
    pieces += [(line, "", role) for line in marked[at:].splitlines(keepends=True)]
    return of_pieces(pieces, title=title, warnings=warnings)


def blocks(*pieces: tuple[str, str]) -> Result:
    """A result that keeps all: pairs of a role and a text with the white space behind it."""
    return of_pieces([(text, "", role) for role, text in pieces])


def of_pieces(pieces: list[tuple[str, str, str]], *, title: str | None = None, warnings: tuple[str, ...] = ()) -> Result:
    """A result of triples: text, label if it is removed, role."""
    spans: list[Span] = []
    at = 0
    for text, label, role in pieces:
        if not text:
            continue
        reason, score = ("default", 0.9) if not label else ("default", 1.0) if label == "space" else (f"rule:xx-{label}", 0.95)
        spans.append(Span(start=at, end=at + len(text), label=label or "body", kept=not label, reason=reason, score=score, role=role))
        at += len(text)
    return Result(
        text="".join(text for text, label, _ in pieces if not label),
        source="".join(text for text, _, _ in pieces),
        spans=tuple(spans),
        title=title,
        warnings=warnings,
    )


#: characters that renderers trip over, beside ordinary ones
_CHARACTERS = st.one_of(
    st.sampled_from(list("ab cdé\n\n  \t\r-[]{}<>&\"'#|*`\\")),
    st.sampled_from(["\x1b", "\x00", "\x9b", "\u202e", "\u2066", "\ud800", "\ufeff", "\u2028", "\x0c", "日", "🏴", "\u0301"]),
    st.characters(),
)
_PIECES = st.tuples(
    st.text(_CHARACTERS, min_size=1, max_size=30),
    st.sampled_from(["", "", "teaser_list", "caption", "space", "no_such_label"]),
    st.sampled_from(["paragraph", "heading2", "list_item", "code", "quote", "table_row"]),
)
#: any result at all
results = st.lists(_PIECES, max_size=12).map(of_pieces)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></del></p>",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "[red]markup[/red]",
    "\u202eright to left\u202c",
    "\ud800lone",
    "{{ 7*7 }}{% raw %}",
    ":smile:",
)

ARTICLE = (
    "⟦navigation:Menü⟧⟦space:\n⟧⟦navigation:Suche⟧⟦space:\n⟧"
    "Der Steg über die Tall wird am Montag abgerissen. ⟦photo_credit:Foto: Sauter⟧⟦space: ⟧Er war beliebt.\n"
    "Gebaut hatte ihn eine Schulklasse.⟦space:\n⟧⟦related_link:Lesen Sie auch: Warum die Stadt prüft⟧\n"
    "Der neue wird breiter.\n⟦share:Teilen⟧⟦space:\n⟧"
)
