"""`cleaner rules explain`: which rule fired on which words, and why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options as shared
from cleaner.cli.ends import printable

if TYPE_CHECKING:
    from cleaner.load.rules import Rule
    from cleaner.load.site_rules import SiteRules
    from cleaner.pipeline import Cleaner
    from cleaner.values import Result, Span, Verdict

#: so much of a pattern is shown, and of what was removed
_SHOWN = 300
_REASONS = {
    "model": "the learned model judges so, by its words, its looks, its place and the lines around it",
    "structure": "where it stands and what it looks like: before, after or between the real paragraphs",
    "duplicate": "it stands in the document already",
    "extractor": "the extractor left it out",
    "default": "nothing spoke for it to go",
}


def rules_explain(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="A text, the name of a file, or - for standard input.")],
    keep: shared.Keep = None,
    strip: shared.Strip = None,
    bias: shared.BiasOption = "balanced",
    rules: shared.RuleFiles = None,
    site_rules: shared.SiteRules = None,
    model: shared.Model = "default",
    extractor: shared.Extractor = "cleaner",
    language: shared.Language = None,
    deadline: shared.Deadline = None,
) -> None:
    """Tell for every removal which rule made it, where that rule stands and what it found."""
    from cleaner import Cleaner
    from cleaner.values import SPACE

    options = shared.cleaning_options(keep, strip, bias, rules, site_rules, model, extractor, language, deadline)
    cleaner = Cleaner(options)
    result = _result(cleaner, text)
    by_id = {rule.id: rule for rule in cleaner.book(None).rules}
    removed = [span for span in result.removed if span.label != SPACE]
    for span in removed:
        for line in _explained(result, span, by_id, cleaner.site_rules):
            print(printable(line))
        print()
    for warning in result.warnings:
        print(f"warning: {warning}")
    if "no-article" in result.warnings:
        _tell_of_rules(cleaner, result, by_id)
    print(f"removed: {len(removed):,}", file=sys.stderr)


def _tell_of_rules(cleaner: Cleaner, result: Result, rules: dict[str, Rule]) -> None:
    """What rules say of words that stay because they are no article: a phrase of one's own is one, most often."""
    from cleaner.classify.document import classify
    from cleaner.classify.rules import lower
    from cleaner.parse.text import parse_text

    document = parse_text(result.source)
    verdicts = classify(document, lower(document.source), cleaner.book(result.language), bias=cleaner.options.bias).verdicts
    found = [verdict for verdict in verdicts if verdict.reason.startswith("rule:")]
    if found:
        print("Nothing looks like an article, so everything stays. Rules fit all the same:\n")
    for verdict in found:
        for line in _explained(result, verdict, rules, None, "fits   "):
            print(printable(line))
        print()


def _result(cleaner: Cleaner, text: str) -> Result:
    from cleaner.batch.work import clean_as
    from cleaner.errors import InputError
    from cleaner.sources.files import read
    from cleaner.sources.folders import Input, Unusable, find

    if text != "-" and not os.path.isfile(text):
        return cleaner.clean(text)
    thing = next(find([text], lambda _: None))
    if isinstance(thing, Unusable):
        raise InputError(f"{thing.path}: {thing.reason}")
    assert isinstance(thing, Input)
    try:
        return clean_as(cleaner, thing, read(thing.path, thing.compression, cleaner.options.max_chars))
    except InputError as error:
        raise InputError(f"{text}: {error}") from error
    except OSError as error:
        raise InputError(f"{text}: cannot be read: {error.strerror or error}") from error


def _explained(
    result: Result, span: Span | Verdict, rules: dict[str, Rule], site_rules: SiteRules | None, done: str = "removed"
) -> list[str]:
    words = result.source[span.start : span.end]
    kind, _, name = span.reason.partition(":")
    lines = [
        f"{span.label}  {span.reason}  score {span.score:g}",
        f"  {done}  {_short(words)}",
    ]
    if kind == "site" and site_rules is not None:
        return [*lines, *_because_of_site(site_rules, span.reason)]
    rule = rules.get(name) if kind == "rule" else None
    if rule is None:
        return [*lines, f"  because  {_REASONS.get(kind, span.reason)}"]
    lines += [f"  because  {_because(rule, words)}", f"  file     {rule.path}"]
    if span.label != rule.label:
        lines.append(f"  named    {span.label} by the lines it stands among; of its words alone the rule says {rule.label}")
    return lines


def _because_of_site(rules: SiteRules, reason: str) -> list[str]:
    from cleaner.classify.sites import rule_of
    from cleaner.load.site_rules import LineRule

    found = rule_of(rules, reason)
    if found is None:
        return []
    site, rule = found.site, found.rule
    seen = f", seen on {rule.seen:,} of {site.documents:,} documents" if rule.seen is not None else ""
    if isinstance(rule, LineRule):
        because = f"it is a line of {site.name}: {_short(rule.text)}"
    else:
        because = f"it lies in {rule.path}, which holds no text of {site.name}"
    return [f"  because  {because}{seen}", "  to keep  write off = true under its id in the site rule file"]


def _because(rule: Rule, words: str) -> str:
    from cleaner.load.rules import compiled, normalise

    if rule.kind == "span":  # its pattern may look at what stands beside the words
        return f"the words match the span pattern {_short(rule.pattern or '')}"
    if rule.pattern is not None:
        found = compiled(rule).search(words)
        if found is None:
            return f"it belongs to the section that a heading like {_short(rule.pattern)} opened"
        return f"{_short(words[found.start() : found.end()])!r} matches the {rule.kind} pattern {_short(rule.pattern)}"
    if rule.kind == "neighbour":
        assert rule.neighbour is not None
        before, after = (" or ".join(sorted(labels)) or "anything" for labels in (rule.neighbour.previous, rule.neighbour.next))
        return f"the line before it is {before}, the line after it {after}"
    if normalise(words) in rule.phrases:
        return f"it equals {normalise(words)!r}, one of the rule's {rule.kind}"
    if rule.kind == "words":
        return "it is made of the rule's words and of numbers only"
    return "it belongs to the section that one of the rule's headings opened"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
