"""A report in the making: documents gathered one by one, in memory that a browser can take too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cleaner.load.address import site_of
from cleaner.load.decisions import sound
from cleaner.load.labels import labels
from cleaner.render.risk import risk, word_count
from cleaner.render.sheets import KEPT_MARK, MARKS, Label, Mark, Piece, Row, Run, Text, Totals, pieces_of
from cleaner.values import SPACE, Result

#: more documents than this, or more characters of them, are counted and not shown: a browser has to hold them all
MOST_DOCUMENTS = 5_000
MOST_CHARACTERS = 60_000_000
#: so much of a repeated removal stands in the list of them
_LONGEST_SAMPLE = 400


class _Table:
    """Names and their places, in the order in which they came."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.places = {name: place for place, name in enumerate(names)}

    def __getitem__(self, name: str) -> int:
        return self.places.setdefault(name, len(self.places))


class Report:
    """Gathers documents for a report.

    Parameters: `shown` is how many documents a page shows, `characters` how many of theirs; the others are counted only. `changes`
    is for a comparison: what is kept counts as a change, where a reviewer's `keep` is no removal.
    """

    def __init__(self, *, shown: int = MOST_DOCUMENTS, characters: int = MOST_CHARACTERS, changes: bool = False) -> None:
        self._shown, self._characters, self._changes = shown, characters, changes
        self._full = False
        self._labels: dict[str, Label] = {}
        self._label_places = _Table()
        self._reasons, self._sites, self._roles = _Table(), _Table([""]), _Table(["paragraph"])
        self._groups: dict[bytes, int] = {}
        self._samples: list[str] = []
        #: by group: documents of the whole corpus that have it
        self.group_documents: list[int] = []
        self.rows: list[Row] = []
        self.texts: list[Text] = []
        self.totals = Totals(by_label={}, warnings={})

    def add(self, id: str, result: Result, site: str | None = None) -> None:
        """Adds a cleaned document. `site` is where it belongs, where that is not to be read off its address or id."""
        where = site_of(id, result.url) if site is None else site
        self.add_pieces(id, where, result, pieces_of(result), word_count(result.source), word_count(result.text))

    def add_pieces(self, id: str, site: str, result: Result, pieces: Iterable[Piece], words: int, kept: int) -> None:
        """Adds a document whose runs are given. Parameters: `words` and `kept` are what it had before and has now."""
        listed = tuple(pieces)
        row = self.row(id, site, result, listed, words, kept)
        self._count(row)
        source = sound(result.source)
        if not self._full and len(self.rows) < self._shown and len(source) <= self._characters:
            self._characters -= len(source)
            self.rows.append(row)
            self.texts.append(self.text(source, listed))
        else:
            self._full = True  # what is shown is the beginning, without holes in it
            self.totals.left_out += 1

    def row(self, id: str, site: str, result: Result, pieces: Iterable[Piece], words: int, kept: int) -> Row:
        """A document's row in the index."""
        share = 1 - kept / words if words else 0.0
        return Row(
            id=sound(id),
            title=_sound(result.title),
            site=self._sites[sound(site)],
            words=words,
            kept=kept,
            warnings=tuple(map(sound, result.warnings)),
            language=_sound(result.language),
            url=_sound(result.url),
            authors=tuple(map(sound, result.authors)),
            date=_sound(result.date),
            marks=tuple(self._mark(result.source, piece, share) for piece in pieces if piece.kind in MARKS),
        )

    def text(self, source: str, pieces: Iterable[Piece]) -> Text:
        """A document's text for the page."""
        return Text(
            source,
            tuple(
                Run(
                    piece.end,
                    self._label(piece.label),
                    piece.kind,
                    self._reasons[sound(piece.reason)],
                    round(piece.score * 10_000),
                    self._roles[piece.role],
                )
                for piece in pieces
            ),
        )

    @property
    def labels(self) -> list[Label]:
        """The labels that documents have, by place."""
        return list(self._labels.values())

    @property
    def reasons(self) -> list[str]:
        """The reasons, by place."""
        return list(self._reasons.places)

    @property
    def sites(self) -> list[str]:
        """The sites, by place; the first is no site."""
        return list(self._sites.places)

    @property
    def roles(self) -> list[str]:
        """The roles, by place."""
        return list(self._roles.places)

    @property
    def groups(self) -> list[str]:
        """The words of removals, by group; shortened."""
        return self._samples

    def know(self, label: Label) -> int:
        """The place of a label that the package's do not have."""
        place = self._label_places[label.name]
        self._labels.setdefault(label.name, label)
        return place

    def _label(self, name: str) -> int:
        if name not in self._labels:
            known = labels().get(name)
            if known is not None:
                return self.know(Label(name, known.description, known.colour, known.content))
            description = "white space beside a removal" if name == SPACE else "a label that this version does not know"
            return self.know(Label(sound(name), description, "default"))
        return self._label_places[name]

    def _mark(self, source: str, piece: Piece, share: float) -> Mark:
        text = source[piece.start : piece.end]
        how_much = 0.0 if piece.reason == "reviewed" else risk(text, piece.score, share)
        return Mark(
            piece.start,
            piece.end,
            self._label(piece.label),
            piece.kind,
            self._reasons[sound(piece.reason)],
            round(piece.score * 10_000),
            word_count(text),
            self._group(text),
            round(how_much * 1_000),
        )

    def _group(self, text: str) -> int:
        even = " ".join(sound(text).split())
        key = hashlib.blake2b(even.encode(), digest_size=12).digest()
        place = self._groups.get(key)
        if place is None:
            if self._full:
                return -1  # groups are those of the documents shown, counted over all
            place = self._groups[key] = len(self._samples)
            self.group_documents.append(0)
            self._samples.append(even if len(even) <= _LONGEST_SAMPLE else f"{even[: _LONGEST_SAMPLE - 1]}…")
        return place

    def _count(self, row: Row) -> None:
        totals = self.totals
        totals.documents += 1
        totals.words += row.words
        totals.kept += row.kept
        for mark in row.marks:
            if mark.kind == KEPT_MARK and not self._changes:
                continue
            totals.marks += 1
            marks, words = totals.by_label.get(mark.label, (0, 0))
            totals.by_label[mark.label] = (marks + 1, words + mark.words)
        for group in {mark.group for mark in row.marks if mark.group >= 0}:
            self.group_documents[group] += 1
        for warning in set(row.warnings):
            totals.warnings[warning] = totals.warnings.get(warning, 0) + 1


def _sound(text: str | None) -> str | None:
    return None if text is None else sound(text)
