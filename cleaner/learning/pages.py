"""A document as learning sees it: its lines, packed, so that a hundred thousand fit into memory."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec
import xxhash

from cleaner.learning.views import View, packed, unpacked
from cleaner.values import Document

#: of a longer document so many characters are kept from either end: what a site repeats stands there
_KEPT_FROM_EACH_END = 10_000
_LEVEL = 1


class Page(msgspec.Struct, frozen=True, gc=False):
    """A document of a site."""

    #: 63-bit digest of its lines: equal documents have one key, and the smallest keys are a sample of all documents
    key: int
    #: its lines, and (HTML) for each the path of its element, compressed
    lines: bytes
    paths: bytes
    #: where it came from, empty where that is not known
    url: str
    #: for each line what the cleaner makes of it, `views.packed`; empty where it was not asked
    view: bytes = b""

    def texts(self) -> list[str]:
        """The lines, from the first to the last."""
        return zlib.decompress(self.lines).decode().split("\n")

    def elements(self) -> list[str]:
        """For each line the path of its element; empty for plain text."""
        return zlib.decompress(self.paths).decode().split("\n") if self.paths else []

    def views(self) -> list[View] | None:
        """For each line what the cleaner makes of it; None where it was not asked."""
        return unpacked(self.view) if self.view else None

    def with_view(self, document: Document, views: Sequence[View]) -> Page:
        """The page of a document, with what the cleaner makes of each of its blocks."""
        low, high = _middle(document.texts)
        return msgspec.structs.replace(self, view=packed([*views[:low], *views[high:]]))


def make_page(document: Document, url: str, paths: Sequence[str] = ()) -> Page:
    """A document's page. `paths` has the path of every block's element, or nothing."""
    lines = [text.replace("\n", " ") for text in document.texts]
    low, high = _middle(lines)
    elements = [*paths[:low], *paths[high:]]
    packed = "\n".join([*lines[:low], *lines[high:]]).encode("utf-8", "replace")
    return Page(
        xxhash.xxh3_64_intdigest("\n".join(lines).encode("utf-8", "replace")) >> 1,
        zlib.compress(packed, _LEVEL),
        zlib.compress("\n".join(elements).encode("utf-8", "replace"), _LEVEL) if elements else b"",
        url,
    )


def _middle(lines: Sequence[str]) -> tuple[int, int]:
    """The first and one past the last of the lines that are left out of a long document."""
    if sum(map(len, lines)) <= 2 * _KEPT_FROM_EACH_END:
        return len(lines), len(lines)
    low, size = 0, 0
    while low < len(lines) and size + len(lines[low]) <= _KEPT_FROM_EACH_END:
        size += len(lines[low])
        low += 1
    high, size = len(lines), 0
    while high > low and size + len(lines[high - 1]) <= _KEPT_FROM_EACH_END:
        high -= 1
        size += len(lines[high])
    return low, high
