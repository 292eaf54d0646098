"""What reviewers decided, laid over what was learned of sites: their lines go or stay, whatever the pages of the site have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import xxhash

from cleaner.learning.frames import fits
from cleaner.learning.statements import Statement, statements
from cleaner.load.address import site_named
from cleaner.load.decisions import Decision
from cleaner.load.line_shapes import ANY, line_shape, read_shape, written_shape
from cleaner.load.site_rules import LineRule, Site, SiteRules
from cleaner.parse.text import parse_text


class _Line(msgspec.Struct, frozen=True):
    """A whole line that a reviewer decided on."""

    #: as site rules compare lines, and as they write it
    shape: str
    text: str
    said: Statement


def with_decisions(rules: SiteRules, decisions: Iterable[Decision]) -> SiteRules:
    """Site rules, corrected by reviewers.

    - A line that was decided on for the whole site is a rule of that site, to go or to stay; of two decisions the later counts.
    - A line that was kept, in one document of a site or everywhere, stays on that site, or everywhere, where a rule would take it.
    - Otherwise, a rule has the label that a reviewer gave to its line.

    Parts of lines, and lines without a letter, make no rule of a site: they are honoured from the decisions themselves.
    Parameters: `rules` are learned, without any that follow from decisions.
    Returns rules that do not depend on the decisions' order.
    """
    sites = {site.name: site for site in rules.sites}
    names = {site_named(name): name for name in sorted(sites, reverse=True)}
    known = _Known(rules)
    made: dict[str, dict[str, LineRule]] = {name: {} for name in sites}
    labels: dict[tuple[str, str], str] = {}
    lines = list(_whole_lines(decisions))
    for line in lines:
        if line.said.scope == "site":
            continue
        own = names.get(site_named(line.said.site))
        for place, rule in known.taking(line.shape):
            # Where it is not known which site it was, it may have been any.
            if line.said.verdict == "keep":
                if place == own or own is None or line.said.scope == "identical":
                    made[place][line.shape] = _rule(place, line)
            elif place == own and ANY not in read_shape(rule.text):
                labels[place, rule.id] = line.said.label
    for line in lines:
        if line.said.scope == "site" and line.said.site:
            site = site_named(line.said.site)
            name = names.setdefault(site, site)
            made.setdefault(name, {})[line.shape] = _rule(name, line)
    return SiteRules(tuple(_corrected(sites.get(name, Site(name=name)), made[name], labels) for name in sorted(made)))


class _Known:
    """The lines that sites have rules on, to be looked up by shape."""

    def __init__(self, rules: SiteRules) -> None:
        self._whole: dict[str, list[tuple[str, LineRule]]] = {}
        self._frames: list[tuple[str, LineRule, str]] = []
        for site in rules.sites:
            for rule in site.line:
                shape = read_shape(rule.text)
                if ANY in shape:
                    self._frames.append((site.name, rule, shape))
                else:
                    self._whole.setdefault(shape, []).append((site.name, rule))

    def taking(self, shape: str) -> Iterator[tuple[str, LineRule]]:
        """The sites that have a rule for lines of a shape, and the rules."""
        yield from self._whole.get(shape, ())
        yield from ((name, rule) for name, rule, frame in self._frames if fits(frame, shape))


def _whole_lines(decisions: Iterable[Decision]) -> Iterator[_Line]:
    for said in statements(decisions):
        read = parse_text(said.text).texts
        if said.where != "line" or len(read) != 1 or not any(map(str.isalpha, read[0])):
            continue
        shape = line_shape(read[0])
        text = written_shape(shape)
        if read_shape(text) == shape:
            yield _Line(shape, text, said)


def _rule(site: str, line: _Line) -> LineRule:
    return LineRule(
        id=f"{site}/{xxhash.xxh3_64_hexdigest(line.text.encode())[:10]}",
        label=line.said.label,
        text=line.text,
        reviewed=True,
        examples=(line.said.text,),
    )


def _corrected(site: Site, made: dict[str, LineRule], labels: dict[tuple[str, str], str]) -> Site:
    own = [rule for rule in site.line if read_shape(rule.text) not in made]
    own = [msgspec.structs.replace(rule, label=labels.get((site.name, rule.id), rule.label)) for rule in own]
    return msgspec.structs.replace(site, line=tuple(sorted([*own, *made.values()], key=lambda rule: rule.id)))
