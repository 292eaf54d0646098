"""Site rules on a document: which site it is from, and which of its lines are the site's."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from cleaner.classify.document import RULE_THRESHOLD
from cleaner.load.address import host
from cleaner.load.line_shapes import ANY, NUMBER, line_shape, read_shape
from cleaner.load.site_rules import LineRule, SelectorRule, Site, SiteRules, Where, sureness
from cleaner.parse.paths import lies_in
from cleaner.values import Bias, Document, Verdict

#: a document without an address is a site's if it has so many of its lines, and so much of what its pages have on average
_LEAST_LINES, _LEAST_SHARE = 3, 0.3
#: lines that more sites have say nothing about which one it is
_MOST_SITES = 20
#: a real paragraph has so many words, and characters
_PARAGRAPH_WORDS, _PARAGRAPH_LENGTH = 12, 50
#: on a page without a real paragraph, a list of goods or titles, rules must be that sure: what some pages have may be what it lists
_SURE_WITHOUT_TEXT = 0.9
#: shapes of lines of so many characters are remembered, so many of them; remembering changes speed only
_REMEMBERED_LENGTH, _REMEMBERED = 200, 1 << 16
#: a line is that much longer than its shape at the most: white space, signs at its edges, the digits of its numbers
_LONGER = 2.0

#: a rule, how sure it is, and the reason it gives
_Found: TypeAlias = tuple[LineRule, float, str]
#: the fixed words before and after a frame's open part
_Frame: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], _Found]


class Findings(msgspec.Struct, frozen=True):
    """What site rules say of a document."""

    verdicts: tuple[Verdict, ...] = ()
    #: `layout-changed` where none of the elements that held the site's texts is there: what the rules say of elements is not heard
    warnings: tuple[str, ...] = ()


class SiteBook:
    """Site rules made ready. Safe to share between threads.

    Parameters: `bias` says how sure a rule must be to be heard.
    """

    def __init__(self, rules: SiteRules, bias: Bias = "balanced") -> None:
        heard = RULE_THRESHOLD[bias]
        self._matchers = {site.name: _Matcher(site, heard) for site in rules.sites}
        # A person may have written the host with its `www.`.
        self._hosts = {host(name) or name: name for name in sorted(self._matchers, reverse=True)}
        self._sites: dict[str, list[str]] = defaultdict(list)
        for name, matcher in self._matchers.items():
            for shape in matcher.whole:
                self._sites[shape].append(name)

    def find(
        self, document: Document, *, url: str | None = None, site: str | None = None, paths: Callable[[], Sequence[str]] | None = None
    ) -> Findings:
        """Verdicts on the lines that are the site's.

        Parameters: `site` is the name of the document's site where that is known, else its `url` says it, or its lines do; `paths` gives
        the path of every block's element, where they are known, and is asked only where the site has rules on elements.
        """
        matcher = self._matcher(document, url, site)
        if matcher is None:
            return Findings()
        return matcher.find(document, paths() if paths is not None and matcher.has_elements else ())

    def _matcher(self, document: Document, url: str | None, site: str | None) -> _Matcher | None:
        for name in (site, host(site), host(url)):
            known = name if name in self._matchers else self._hosts.get(name or "")
            if known is not None:
                return self._matchers[known]
        votes: Counter[str] = Counter()
        for shape in {_shape(text) for text in document.texts if len(text) <= _REMEMBERED_LENGTH}:
            names = self._sites.get(shape, ())
            if len(names) <= _MOST_SITES:
                votes.update(names)
        name, lines = min(votes.items(), key=lambda vote: (-vote[1], vote[0]), default=("", 0))
        if lines < _LEAST_LINES or lines < _LEAST_SHARE * self._matchers[name].usual:
            return None
        return self._matchers[name]


class _Matcher:
    """The rules of one site."""

    def __init__(self, site: Site, heard: float) -> None:
        #: shape -> rule and how sure it is
        self.whole: dict[str, _Found] = {}
        #: how many lines of the rules a page of the site has, on average
        self.usual = 0.0
        self._framed: dict[str, list[_Frame]] = defaultdict(list)
        self._longest = 0.0
        #: how its shapes begin; None where a frame may begin with anything
        self._starts: set[str] | None = set()
        #: whether a shape begins with a number, and so perhaps with a date in words
        self._dated = False
        selectors = [(rule, sureness(rule, site)) for rule in site.selector if not rule.off]
        self._bodies = [rule.path for rule, _ in selectors if rule.holds == "body"]
        #: whether there are rules on elements, or on lines in them
        self.has_elements = bool(selectors) or any(rule.path is not None and not rule.off for rule in site.line)
        self._residue = [(rule, score) for rule, score in selectors if rule.holds == "residue" and score >= heard]
        for rule in site.line:
            score = sureness(rule, site)
            if rule.off or score < heard:
                continue
            shape = read_shape(rule.text)
            found = (rule, score, f"site:{rule.id}")
            self._dated = self._dated or shape.startswith(NUMBER)
            if shape.startswith(ANY):
                self._starts = None
            elif self._starts is not None:
                self._starts.add(shape[:2])
            if ANY in shape:
                head, tail = (tuple(part.split()) for part in shape.split(ANY, 1))
                self._framed[head[0] if head else tail[-1]].append((head, tail, found))
                self._longest = max(self._longest, float("inf") if rule.max_words is None else 20.0 * rule.max_words)
            else:
                self.whole[shape] = found
                self.usual += min(1.0, rule.seen / site.documents) if rule.seen is not None and site.documents else 0.0
                self._longest = max(self._longest, _LONGER * len(shape) + 20)

    def find(self, document: Document, paths: Sequence[str]) -> Findings:
        """Verdicts on the site's lines, and on blocks in elements that never held any of its texts; `paths` may be empty."""
        lines = self._lines(document)
        if not paths:
            return Findings(self._in_place(document, lines))
        elements = set(paths)
        if self._bodies and not any(lies_in(path, body) for path in elements for body in self._bodies):
            return Findings(self._in_place(document, lines), ("layout-changed",))
        lines = {number: found for number, found in lines.items() if found[0].path is None or lies_in(paths[number], found[0].path)}
        verdicts = self._in_place(document, lines)
        return Findings((*verdicts, *self._in_elements(document, paths, {verdict.start for verdict in verdicts})))

    def _lines(self, document: Document) -> dict[int, _Found]:
        """The blocks that are lines of the site, wherever they stand."""
        found: dict[int, _Found] = {}
        whole, framed, longest = self.whole, self._framed, self._longest
        starts, may_be_date = self._starts, self._dated
        for number, text in enumerate(document.texts):
            if len(text) > longest:
                continue
            # Most lines begin like none of the site's; a shape begins as its line does, but for dates in words.
            start = text[:2]
            if (
                starts is not None
                and start.isalpha()
                and start.lower()[:2] not in starts
                and not (may_be_date and any(map(str.isdecimal, text)))
            ):
                continue
            shape = _shape(text) if len(text) <= _REMEMBERED_LENGTH else line_shape(text)
            hit = whole.get(shape)
            if hit is None and framed:
                hit = self._in_frame(shape)
            if hit is not None:
                found[number] = hit
        return found

    def _in_place(self, document: Document, found: Mapping[int, _Found]) -> tuple[Verdict, ...]:
        """Verdicts on those of the site's lines that stand where they may."""
        if not found:
            return ()
        has_text = any(_is_paragraph(number, text, found) for number, text in enumerate(document.texts))
        places: Callable[[int], Where] | None = None
        verdicts: list[Verdict] = []
        for number, (rule, score, reason) in found.items():
            if not has_text:
                if score < _SURE_WITHOUT_TEXT:
                    continue
            elif rule.where != "any":
                places = places or _places(document, found)
                if rule.where != places(number):
                    continue
            block = document.blocks[number]
            verdicts.append(Verdict(block.start, block.end, rule.label, reason, score))
        return tuple(verdicts)

    def _in_elements(self, document: Document, paths: Sequence[str], taken: Container[int]) -> Iterator[Verdict]:
        """Verdicts on blocks in elements that never held any of the site's texts; those that begin at `taken` have one."""
        by_path = {path: next((rule for rule in self._residue if lies_in(path, rule[0].path)), None) for path in set(paths)}
        for block, path in zip(document.blocks, paths, strict=True):
            found = by_path[path]
            if found is not None and block.start not in taken:
                yield Verdict(block.start, block.end, found[0].label, f"site:{found[0].id}", found[1])

    def _in_frame(self, shape: str) -> _Found | None:
        words = tuple(shape.split())
        if not words:
            return None
        frames: list[_Frame] = [*self._framed.get(words[0], ()), *self._framed.get(words[-1], ())]
        for head, tail, found in frames:
            most = found[0].max_words
            if (
                len(head) + len(tail) < len(words) <= (most or len(words))
                and words[: len(head)] == head
                and words[len(words) - len(tail) :] == tail
            ):
                return found
        return None


def _is_paragraph(number: int, text: str, found: Container[int]) -> bool:
    """Whether a block is a real paragraph that no rule has found."""
    return len(text) >= _PARAGRAPH_LENGTH and number not in found and text.count(" ") + 1 >= _PARAGRAPH_WORDS


def _places(document: Document, found: Container[int]) -> Callable[[int], Where]:
    """Says where a block stands: before, between or after the real paragraphs, of which there is one at least."""
    real = [number for number, text in enumerate(document.texts) if _is_paragraph(number, text, found)]
    first, last = real[0], real[-1]
    return lambda number: "start" if number < first else "end" if number > last else "inside"


@functools.lru_cache(_REMEMBERED)
def _shape(text: str) -> str:
    return line_shape(text)


class SiteRule(msgspec.Struct, frozen=True):
    """A rule and the site it is of: what explains a removal."""

    site: Site
    rule: LineRule | SelectorRule


def rule_of(rules: SiteRules, reason: str) -> SiteRule | None:
    """The rule that a reason such as `site:kurier.example/3fa9c1d2` names."""
    kind, _, name = reason.partition(":")
    if kind != "site":
        return None
    for site in rules.sites:
        rules_of_site: tuple[LineRule | SelectorRule, ...] = (*site.line, *site.selector)
        for rule in rules_of_site:
            if rule.id == name:
                return SiteRule(site, rule)
    return None
