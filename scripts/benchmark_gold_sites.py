"""What site rules are worth on gold pages: of every site with three pages or more, each page with the rules of the site's others.

python scripts/benchmark_gold_sites.py [--way html|text] [--model PATH-{fold}.npz|default|none] [--gold ../shared/bench] [--worst 10]

`html` cleans pages, `text` all of a page's visible text as a text. The models in the package were trained on these pages, which leaves
little to gain: `--model` names models that have not seen a page's fold.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner, Options
from cleaner.learning.html_targets import word_score, words
from cleaner.learning.learn import Parsed, parse
from cleaner.learning.learner import Learner
from cleaner.learning.views import View, view_of
from cleaner.load.site_rules import SiteRules
from cleaner.values import Result

#: sites of fewer pages are left out
LEAST_PAGES = 3
#: a page whose F1 changes by less is the same
_SAME = 0.0005


class GoldPage(NamedTuple):
    """A page of a site with several."""

    name: str
    set: str
    site: str
    fold: int
    url: str
    body: str
    html: bytes
    parsed: Parsed


class Row(NamedTuple):
    """F1 of words of a page, without and with the rules of its site's other pages."""

    page: GoldPage
    before: float
    after: float


def gold_pages(bench: Path, way: str, folds: list[int] | None) -> Iterator[GoldPage]:
    """The gold pages of sites with several; a site's pages are all of one fold."""
    spec = importlib.util.spec_from_file_location("gold", bench / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    listed = [json.loads(line) for name in gold.SETS for line in (gold.DATA / name / "gold.jsonl").open(encoding="utf-8")]
    count = Counter(page["site"] for page in listed)
    for name in gold.SETS:
        for page in gold.pages(name, folds):
            if count[page["site"]] < LEAST_PAGES:
                continue
            parsed = parse(page["html"], "html")
            if way == "text":
                parsed = parse(parsed.document.source, "text")
            yield GoldPage(
                f"{name}/{page['file']}", name, page["site"], page["fold"], page["url"] or "", page["body"] or "", page["html"], parsed
            )


def rows(sites: dict[str, list[GoldPage]], way: str, model: str) -> Iterator[Row]:
    """Every page of the sites that has a body, scored twice."""
    plain = {fold: Cleaner(_options(model, fold, None)) for fold in {pages[0].fold for pages in sites.values()}}
    every = [page for pages in sites.values() for page in pages]
    results = {page.name: _cleaned(plain[page.fold], page, way) for page in every}
    views: dict[str, list[View]] = (
        {} if model == "none" else {page.name: view_of(page.parsed.document, results[page.name]) for page in every}
    )
    for left_out in range(max(map(len, sites.values()))):
        learner = Learner()
        for pages in sites.values():
            if left_out < len(pages):
                for number, page in enumerate(pages):
                    if number != left_out:
                        _add(learner, page, views.get(page.name))
        rules = learner.rules()
        ruled: dict[int, Cleaner] = {}
        for pages in sites.values():
            if left_out < len(pages) and pages[left_out].body:
                page = pages[left_out]
                if page.fold not in ruled:
                    ruled[page.fold] = Cleaner(_options(model, page.fold, rules))
                after = _cleaned(ruled[page.fold], page, way)
                gold = words(page.body)
                yield Row(page, word_score(words(results[page.name].text), gold), word_score(words(after.text), gold))


def _add(learner: Learner, page: GoldPage, views: list[View] | None) -> None:
    view = None if views is None else lambda: views
    learner.add(page.parsed.document, id=page.name, url=page.url, site=page.site, paths=page.parsed.paths, view=view)


def _options(model: str, fold: int, rules: SiteRules | None) -> Options:
    return Options(model=None if model == "none" else model.format(fold=fold), site_rules=rules)


def _cleaned(cleaner: Cleaner, page: GoldPage, way: str) -> Result:
    if way == "html":
        return cleaner.clean_html(page.html, site=page.site)
    return cleaner.clean_text(page.parsed.document.source, site=page.site)


def main() -> None:
    """Measures and prints a table in Markdown."""
    parser = argparse.ArgumentParser(description="what site rules are worth on gold pages")
    parser.add_argument("--way", choices=["html", "text"], default="html")
    parser.add_argument("--model", default="default", help="path of a model, {fold} is the page's fold; default, or none")
    parser.add_argument("--gold", type=Path, default=Path(__file__).resolve().parents[2] / "shared/bench")
    parser.add_argument("--fold", type=int, action="append", help="pages of this fold alone; repeatable")
    parser.add_argument("--worst", type=int, default=0, help="so many pages that lose most, and that win most, are listed")
    asked = parser.parse_args()
    sites: dict[str, list[GoldPage]] = defaultdict(list)
    for page in gold_pages(asked.gold, asked.way, asked.fold):
        sites[page.site].append(page)
    measured = list(rows(sites, asked.way, asked.model))
    print("| set | pages | F1 without | with | pages better | worse |\n| --- | --- | --- | --- | --- | --- |")
    for name in (*dict.fromkeys(row.page.set for row in measured), "all"):
        own = [row for row in measured if name in (row.page.set, "all")]
        before, after = sum(row.before for row in own) / len(own), sum(row.after for row in own) / len(own)
        better, worse = (sum(sign * (row.after - row.before) > _SAME for row in own) for sign in (1, -1))
        print(f"| {name} | {len(own)} | {before:.4f} | {after:.4f} | {better} | {worse} |")
    ordered = sorted(measured, key=lambda row: row.after - row.before)
    for row in (*ordered[: asked.worst], *ordered[::-1][: asked.worst]):
        print(f"{row.after - row.before:+.3f} ({row.before:.3f})  {row.page.name} {row.page.site}, {len(sites[row.page.site])} pages")


if __name__ == "__main__":
    main()
