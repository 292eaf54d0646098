"""The fields of a record that are read: named by the user, or guessed from the names that are usual."""

from __future__ import annotations

import functools
from collections.abc import Collection

import msgspec

from cleaner.errors import InputError
from cleaner.load.files import DATA, read_toml


class Fields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Names of a record's fields; None where there is none."""

    #: already-scraped text
    text: str | None = None
    #: a page; a record that has one is cleaned as a page, and as text only where it is empty
    html: str | None = None
    #: text or a page, told apart by looks
    looks: str | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    #: the name of its site, for site rules; guessed only where there is no address
    site: str | None = None

    @property
    def said(self) -> str:
        """What is read from where, for a person."""
        parts = [(self.html, "pages"), (self.text, "texts"), (self.looks, "texts or pages"), (self.id, "ids"), (self.url, "addresses")]
        return ", ".join(
            f"{what} from {name!r}" for name, what in (*parts, (self.title, "titles"), (self.site, "sites")) if name is not None
        )


class _Usual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: tuple[str, ...]
    html: tuple[str, ...]
    looks: tuple[str, ...]
    id: tuple[str, ...]
    url: tuple[str, ...]
    title: tuple[str, ...]
    site: tuple[str, ...]


@functools.cache
def _usual() -> _Usual:
    return msgspec.convert(read_toml(DATA / "fields.toml"), _Usual)


def fields_of(names: Collection[str], given: Fields) -> Fields:
    """The fields to read of records that have fields of these names.

    Parameters: `given` are those that the user has named, the others are guessed.
    Raises `InputError` where a named field is missing, or no text and no page is found.
    """
    for name in (given.text, given.html):
        if name is not None and name not in names:
            raise InputError(f"has no field {name!r}, it has {_listed(names)}: name another with --text-field or --html-field")
    usual = _usual()

    def first(candidates: tuple[str, ...]) -> str | None:
        return next((name for name in candidates if name in names), None)

    text, html, looks = given.text, given.html, given.looks
    if text is None and html is None and looks is None:
        text, html = first(usual.text), first(usual.html)
        looks = first(usual.looks) if text is None and html is None else None
    if text is None and html is None and looks is None:
        raise InputError(f"has no field that is known to hold text, it has {_listed(names)}: name one with --text-field or --html-field")
    url = given.url or first(usual.url)
    return Fields(
        text=text,
        html=html,
        looks=looks,
        id=given.id or first(usual.id),
        url=url,
        title=given.title or first(usual.title),
        site=given.site or (first(usual.site) if url is None else None),
    )


def looks_like_a_record(names: Collection[str]) -> bool:
    """Whether fields of these names are those of a record with a text."""
    usual = _usual()
    return any(name in names for name in (*usual.text, *usual.html, *usual.looks))


def _listed(names: Collection[str]) -> str:
    return ", ".join(map(repr, list(names)[:12])) + (" and others" if len(names) > 12 else "") if names else "none"
