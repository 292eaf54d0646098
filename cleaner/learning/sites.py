"""A site's pages to the site's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import xxhash

from cleaner.classify.rules import book_of, lower, strongest
from cleaner.classify.shape import measure
from cleaner.learning.frames import FRAME_SHARE, find_frames, fits
from cleaner.learning.pages import Page
from cleaner.learning.reading import Sample, read_pages
from cleaner.learning.selectors import Selector, find_selectors
from cleaner.learning.site_lines import Occurrence, Template, find_candidates, find_templates
from cleaner.learning.views import View, usual_label
from cleaner.load.line_shapes import read_shape, written_shape
from cleaner.load.package import package_rules
from cleaner.load.site_rules import LineRule, SelectorRule, Site
from cleaner.values import Block, Document

#: one page has nothing in common with itself
LEAST_PAGES = 2
#: what a template line is taken for that no rule knows, by its place
_LABELS = {"start": "navigation", "inside": "promotion", "end": "promotion", "any": "promotion"}


def learn_site(name: str, pages: Sequence[Page]) -> Site:
    """What the pages of a site have in common, whatever their order.

    Parameters: `name` is the site's; `pages` are all of its documents, or a sample of them.
    """
    sample = read_pages(pages)
    if len(sample.lines) < LEAST_PAGES:
        return Site(name=name, documents=len(sample.lines))
    candidates = find_candidates(sample)
    texts = {shape: _text(sample, candidate.occurrences[0]) for shape, candidate in candidates.items()}
    known = _known_labels(texts)
    templates = find_templates(sample, candidates, known)
    frames = find_frames(sample, {template.shape for template in templates if template.seen >= FRAME_SHARE * len(sample.lines)})
    templates = [template for template in templates if not any(fits(frame.shape, template.shape) for frame in frames)]
    known |= _known_labels({frame.shape: frame.examples[0] for frame in frames})
    usual = _usual_labels(sample)
    places = {candidate.shape: candidate.where for candidate in candidates.values()}
    rules = [
        _rule(name, template, known.get(template.shape) or usual.get(template.shape) or _LABELS[places.get(template.shape, template.where)])
        for template in (*templates, *frames)
        if read_shape(written_shape(template.shape)) == template.shape
    ]
    return Site(
        name=name,
        documents=len(sample.lines),
        line=tuple(sorted(rules, key=lambda rule: rule.id)),
        selector=tuple(_selector_rule(name, selector) for selector in find_selectors(sample)),
    )


def _selector_rule(site: str, selector: Selector) -> SelectorRule:
    return SelectorRule(
        id=f"{site}/{xxhash.xxh3_64_hexdigest(selector.path.encode())[:10]}",
        label="body" if selector.holds == "body" else selector.label or "navigation",
        path=selector.path,
        holds=selector.holds,
        seen=selector.seen,
        examples=selector.examples,
    )


def _rule(site: str, template: Template, label: str) -> LineRule:
    text = written_shape(template.shape)
    return LineRule(
        id=f"{site}/{xxhash.xxh3_64_hexdigest(text.encode())[:10]}",
        label=label,
        text=text,
        where=template.where,
        max_words=template.max_words,
        path=template.path,
        seen=template.seen,
        examples=template.examples,
    )


def _text(sample: Sample, place: Occurrence) -> str:
    return sample.lines[place.page].texts[place.line]


def _usual_labels(sample: Sample) -> dict[str, str]:
    """What the cleaner, knowing nothing of the site, calls the lines that it takes away."""
    views: dict[str, list[View]] = defaultdict(list)
    for page in sample.lines:
        for shape, view in zip(page.shapes, page.views or (), strict=page.views is not None):
            views[shape].append(view)
    return {shape: label for shape, own in views.items() if sample.seen[shape] > 1 and (label := usual_label(own)) is not None}


def _known_labels(texts: Mapping[str, str]) -> dict[str, str]:
    """The labels of lines that the package's rules take whole, wherever they stand; `texts` has a line of each shape."""
    shapes = sorted(texts)
    if not shapes:
        return {}
    lines = [texts[shape] for shape in shapes]
    blocks: list[Block] = []
    at = 0
    for line in lines:
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    document = Document(source="\n".join(lines), blocks=tuple(blocks), texts=tuple(lines))
    hits = book_of(package_rules(), None).find(document, lower(document.source), measure(document))
    found = {shapes[block]: strongest(rules).label for block, rules in hits.lines.items()}
    return {**found, **{shapes[block]: rule.label for block, rule in hits.openers.items()}}
