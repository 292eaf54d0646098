"""The labels: what a piece of a page is, and whether it stays."""

from __future__ import annotations

import functools

import msgspec

from cleaner.errors import OptionError
from cleaner.load.files import DATA, read_toml
from cleaner.values import SPACE, Options


class Label(msgspec.Struct, frozen=True):
    """One kind of content or residue."""

    name: str
    #: kept by default
    content: bool
    #: one line for a person
    description: str
    #: one of the sixteen colours of a terminal, or `default`
    colour: str
    #: labels of one group are near: users rarely need them told apart. Its name where it has no group
    group: str


@functools.cache
def labels() -> dict[str, Label]:
    """All labels by name, content first, in the order of labels.toml."""
    tables = read_toml(DATA / "labels.toml")
    return {name: msgspec.convert({"group": name} | table | {"name": name}, Label) for name, table in tables.items()}


def removed_labels(options: Options) -> frozenset[str]:
    """The labels that go under these options.

    Raises `OptionError` where `keep` or `strip` name a label that does not exist.
    """
    known = labels()
    for option in ("keep", "strip"):
        unknown = getattr(options, option) - known.keys()
        if unknown:
            raise OptionError(option, sorted(unknown), f"no such label; there are {', '.join(known)}")
    residue = {name for name, label in known.items() if not label.content}
    return frozenset(residue - options.keep | options.strip | {SPACE})
