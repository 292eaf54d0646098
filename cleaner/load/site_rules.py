"""Site rules: what a site's pages have in common, as a TOML file for people. docs/site-rules.md is the format."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from cleaner.errors import DataFileError, OutputError, RuleError
from cleaner.load.files import read_toml
from cleaner.load.labels import labels
from cleaner.load.line_shapes import ANY, read_shape
from cleaner.load.toml_text import toml_value

Where: TypeAlias = Literal["start", "inside", "end", "any"]
Holds: TypeAlias = Literal["body", "residue"]

VERSION = 1
#: so many examples are kept of each rule
EXAMPLES = 2
#: how sure a rule is that was written by hand
_BY_HAND = 0.95
#: how sure a rule is that was seen on no page, and what being seen on every page adds
_LEAST_SURE, _SURE = 0.6, 0.39
_FIELDS = ("id", "text", "path", "holds", "label", "where", "max_words", "seen", "reviewed", "off", "examples")
_HEAD = """\
# Site rules: lines that a site's pages have in common, and where its pages hold their text.
# Made by `cleaner learn`, meant to be read and edited; docs/site-rules.md is the format.
# `off = true` turns a rule off for good: learning again keeps that, and rules without `seen`, which are yours.
"""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What lines and selectors have in common."""

    #: `<site>/<digits>`, stable as long as what is looked at stays; the reason of a removal is `site:<id>`
    id: str
    #: one of `cleaner labels`
    label: str
    #: documents of the site that had it, of those that were looked at; None for a rule written by hand
    seen: int | None = None
    #: whether it follows from reviewers' decisions, so that it goes when they take these back
    reviewed: bool = False
    #: whether the user has turned the rule off
    off: bool = False
    #: lines that it removes, as they stood there
    examples: tuple[str, ...] = ()


class LineRule(_Table, frozen=True, kw_only=True):
    """A line that goes wherever it stands on the site's pages."""

    #: the line; `{number}` is any number, date or time, `{any}` one word or more
    text: str
    #: where in the document it goes: before the first real paragraph, between paragraphs, after the last one
    where: Where = "any"
    #: longer lines are not meant; None for any length
    max_words: int | None = None
    #: on pages the element it must lie in, unless the layout has changed; None for any
    path: str | None = None


class SelectorRule(_Table, frozen=True, kw_only=True):
    """Elements of the site's pages that hold the body, or never do."""

    #: path of tags with ids and classes, from the outer to the inner, such as `div#main > article.story > p`
    path: str
    holds: Holds


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What is known of one site."""

    #: host, folder, or `unnamed-…` for a site that is known by its lines alone
    name: str
    #: documents that were looked at, near duplicates counted once
    documents: int = 0
    line: tuple[LineRule, ...] = ()
    selector: tuple[SelectorRule, ...] = ()


class SiteRules(msgspec.Struct, frozen=True):
    """What was learned from the documents of sites."""

    #: sorted by name
    sites: tuple[Site, ...] = ()

    def __hash__(self) -> int:
        # Rules can be tens of thousands and are hashed with every call of `clean`; equality is exact.
        return hash((len(self.sites), sum(len(site.line) for site in self.sites)))

    def toml(self) -> str:
        """The rules as the text of a site rule file, the same for the same rules."""
        pieces = [_HEAD, f"version = {VERSION}\n"]
        for site in sorted(self.sites, key=lambda site: site.name):
            pieces.append(f"\n[[site]]\nname = {toml_value(site.name)}\ndocuments = {site.documents}\n")
            pieces += (_table("line", rule) for rule in sorted(site.line, key=_order))
            pieces += (_table("selector", rule) for rule in sorted(site.selector, key=_order))
        return "".join(pieces)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the rules to a file; it appears whole or not at all.

        Raises `OutputError` where it cannot be written.
        """
        target = os.fspath(path)
        temporary = f"{target}.{os.getpid()}.cleaner-tmp"
        try:
            Path(temporary).unlink(missing_ok=True)
            with open(temporary, "x", encoding="utf-8", newline="\n") as file:
                file.write(self.toml())
            os.replace(temporary, target)
        except OSError as error:
            raise OutputError(target, f"cannot be written ({error.strerror or error})") from error
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)

    def merged(self, other: SiteRules) -> SiteRules:
        """Rules of two crawls together: counts are added, and what is off in either stays off."""
        sites = {site.name: site for site in self.sites}
        for site in other.sites:
            mine = sites.get(site.name)
            sites[site.name] = site if mine is None else _merged(mine, site)
        return SiteRules(tuple(sites[name] for name in sorted(sites)))

    def relearned(self, fresh: SiteRules, *, reviewed: bool = False) -> SiteRules:
        """`fresh` with what the user has done to these rules: rules turned off, labels changed, rules of their own.

        Parameters: `reviewed` says that `fresh` has the rules that follow from reviewers' decisions; else those of these rules stay.
        """
        sites = {site.name: site for site in fresh.sites}
        for old in self.sites:
            new = sites.get(old.name, Site(name=old.name, documents=old.documents))
            line = _edited(old.line, new.line, reviewed)
            selector = _edited(old.selector, new.selector, reviewed)
            if old.name in sites or line or selector:
                sites[old.name] = msgspec.structs.replace(new, line=line, selector=selector)
        return SiteRules(tuple(sites[name] for name in sorted(sites)))


def sureness(rule: LineRule | SelectorRule, site: Site) -> float:
    """How sure a rule is, 0 to 1: by the share of the site's documents that had it."""
    if rule.seen is None or site.documents < 1:
        return _BY_HAND
    return round(_LEAST_SURE + _SURE * min(1.0, rule.seen / site.documents), 4)


def load_site_rules(path: str | os.PathLike[str]) -> SiteRules:
    """The rules of a file.

    Raises `DataFileError` for an unreadable file and `RuleError` for a rule that cannot be used.
    """
    file = Path(path)
    tables = read_toml(file)
    if tables.pop("version", None) != VERSION:
        raise DataFileError(file, f"is no site rule file of this version (version = {VERSION} is missing): make it anew with cleaner learn")
    listed = tables.pop("site", [])
    if tables or not isinstance(listed, list):
        raise DataFileError(file, "a site rule file holds [[site]] tables and nothing else")
    sites: dict[str, Site] = {}
    for number, table in enumerate(listed, 1):
        site = _site(file, table, number)
        if site.name in sites:
            raise RuleError(file, "this site stands twice: join the two tables", f"site {site.name}")
        sites[site.name] = site
    return SiteRules(tuple(sites[name] for name in sorted(sites)))


def _site(file: Path, table: Any, number: int) -> Site:
    name = table.get("name") if isinstance(table, dict) else None
    part = f"site {name}" if isinstance(name, str) else f"site {number}"
    try:
        site = msgspec.convert(table, Site)
    except msgspec.ValidationError as error:
        raise RuleError(file, str(error), part) from error
    seen: set[str] = set()
    for rule in (*site.line, *site.selector):
        where = f"rule {rule.id}"
        if rule.label not in labels():
            raise RuleError(file, f"no label {rule.label!r}; there are {', '.join(labels())}", where)
        if rule.id in seen:
            raise RuleError(file, "this id stands twice: give each rule its own", where)
        seen.add(rule.id)
        if isinstance(rule, LineRule) and not any(map(str.isalnum, read_shape(rule.text).replace(ANY, ""))):
            raise RuleError(file, "text has no word: every line would equal it", where)
        if isinstance(rule, SelectorRule) and not rule.path.strip():
            raise RuleError(file, "path is empty: every element would equal it", where)
        if isinstance(rule, LineRule) and rule.path is not None and not rule.path.strip():
            raise RuleError(file, "path is empty: leave it out for lines in any element", where)
    return site


def _merged(one: Site, other: Site) -> Site:
    return Site(
        name=one.name,
        documents=one.documents + other.documents,
        line=_joined(one.line, other.line),
        selector=_joined(one.selector, other.selector),
    )


def _joined(one: Iterable[Any], other: Iterable[Any]) -> tuple[Any, ...]:
    rules = {rule.id: rule for rule in one}
    for rule in other:
        mine = rules.get(rule.id)
        if mine is not None:
            rule = msgspec.structs.replace(
                mine,
                seen=None if mine.seen is None or rule.seen is None else mine.seen + rule.seen,
                off=mine.off or rule.off,
                examples=tuple(sorted({*mine.examples, *rule.examples}))[:EXAMPLES],
            )
        rules[rule.id] = rule
    return tuple(sorted(rules.values(), key=_order))


def _edited(old: Iterable[Any], fresh: Iterable[Any], reviewed: bool) -> tuple[Any, ...]:
    rules = {rule.id: rule for rule in fresh}
    for rule in old:
        found = rules.get(rule.id)
        own = rule.seen is None and not (rule.reviewed and reviewed)
        if own or (rule.off and found is None):
            rules[rule.id] = rule
        elif found is not None and rule.off:
            rules[rule.id] = msgspec.structs.replace(found, off=True, label=rule.label)
    return tuple(sorted(rules.values(), key=_order))


def _order(rule: LineRule | SelectorRule) -> tuple[str, str, str]:
    return (rule.label, rule.text if isinstance(rule, LineRule) else rule.path, rule.id)


def _table(kind: str, rule: LineRule | SelectorRule) -> str:
    values = msgspec.to_builtins(rule)
    names = sorted(values, key=lambda name: _FIELDS.index(name))
    return f"\n[[site.{kind}]]\n" + "".join(f"{name} = {toml_value(values[name])}\n" for name in names)
