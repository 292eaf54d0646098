"""Law 6, stage by stage: at ten times the size a stage takes ten times as long, and not a hundred times.

Times are the processor's own, the best of several, so that other work on the machine does not matter much.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from typing import Any

import pytest

from cleaner.classify.document import classify
from cleaner.classify.html_features import html_arrays
from cleaner.classify.html_network import network
from cleaner.classify.html_page import classify_page
from cleaner.classify.metadata import find_metadata
from cleaner.classify.model import block_model
from cleaner.classify.reviewed import Reviewed
from cleaner.classify.rules import lower
from cleaner.classify.shape import measure
from cleaner.classify.sites import SiteBook
from cleaner.classify.structure import segment
from cleaner.decide import decide, overlaid
from cleaner.learning.learn import learn
from cleaner.learning.near_duplicates import Sketches
from cleaner.learning.sketches import sketch
from cleaner.load.labels import removed_labels
from cleaner.load.site_rules import LineRule, Site, SiteRules
from cleaner.parse.decode import decode, encode
from cleaner.parse.html import parse_html
from cleaner.parse.text import parse_text
from cleaner.render.ledger import Layout, make_entry
from cleaner.render.markdown import markdown
from cleaner.render.page import page as report
from cleaner.render.record import jsonl
from cleaner.values import Options, Result, Source
from tests.benchmarks.nasty import PAGES, TEXTS, page, scrape
from tests.cleaners import rules_alone, with_model
from tests.decisions import decision
from tests.laws.strategies import LINES

pytestmark = pytest.mark.growth

#: characters at 1×; 10× and 100× are made of it
_BASE = 4_000
#: of the time, by the size: 1 is linear, 2 a square
_STEEPEST = 1.35
#: shorter times are no measure; tries at each size
_SHORTEST, _TRIES = 0.02, 3
#: seconds after which no more tries are made
_ENOUGH = 3.0

Stage = Callable[[str], Callable[[], object]]
_GOES = removed_labels(Options())


def _judged(text: str) -> Any:
    document = parse_text(text)
    return document, classify(document, lower(text), rules_alone().book(None))


def _decode(text: str, encoding: str) -> Callable[[], object]:
    content = text.encode(encoding, "replace") + b"\xff"
    return lambda: encode(decode(content))


def _structure(text: str) -> Callable[[], object]:
    document = parse_text(text)
    shapes = measure(document)
    hits = rules_alone().book(None).find(document, lower(text), shapes)
    return lambda: segment(document, shapes, hits)


def _rules(text: str) -> Callable[[], object]:
    document = parse_text(text)
    lowered, shapes, book = lower(text), measure(document), rules_alone().book(None)
    return lambda: book.find(document, lowered, shapes)


def _classify(text: str) -> Callable[[], object]:
    document, lowered = parse_text(text), lower(text)
    return lambda: classify(document, lowered, rules_alone().book(None), title=text[:60])


def _model(text: str) -> Callable[[], object]:
    document, judgement = _judged(text)
    return lambda: list(block_model("default").verdicts(document, judgement, "balanced"))


def _decide(text: str) -> Callable[[], object]:
    document, judgement = _judged(text)
    return lambda: decide(document, judgement.verdicts, _GOES)


def _metadata(text: str) -> Callable[[], object]:
    document, judgement = _judged(text)
    spans = decide(document, judgement.verdicts, _GOES)
    return lambda: find_metadata(document, spans, rules_alone().book(None))


def _sites(text: str) -> Callable[[], object]:
    document = parse_text(text)
    rules = [LineRule(id=f"a.example/{number}", text=f"{line} {{number}}", label="share") for number, line in enumerate(LINES[:20])]
    framed = [LineRule(id=f"a.example/f{number}", text=f"Von {{any}} {number}", label="byline") for number in range(20)]
    book = SiteBook(SiteRules((Site(name="a.example", documents=3, line=(*rules, *framed)),)))
    return lambda: book.find(document, site="a.example")


def _reviewed(text: str) -> Callable[[], object]:
    spans = rules_alone().clean_text(text).spans
    one = decision("Menü", source=text, scope="identical")
    book = Reviewed([one, decision("Teilen", source=text, scope="identical", label="share"), decision("Suche", source=text)])
    return lambda: overlaid(text, spans, book.verdicts(text), _GOES)


def _html_arrays(markup: str) -> Callable[[], object]:
    parsed, model = parse_html(markup), network(None)
    assert model is not None
    lowered = lower(parsed.document.source)
    return lambda: html_arrays(parsed, lowered, model.table)


def _html_network(markup: str) -> Callable[[], object]:
    parsed, model = parse_html(markup), network(None)
    assert model is not None
    arrays = html_arrays(parsed, lower(parsed.document.source), model.table)
    return lambda: model.judge(arrays)


def _html_page(markup: str) -> Callable[[], object]:
    parsed, model = parse_html(markup), network(None)
    assert model is not None
    lowered = lower(parsed.document.source)
    return lambda: classify_page(parsed, lowered, rules_alone().book(None), model)


def _view(view: Callable[[Result], object]) -> Stage:
    def stage(text: str) -> Callable[[], object]:
        result = rules_alone().clean_text(text)
        return lambda: view(result)

    return stage


def _ledger(text: str) -> Callable[[], object]:
    result, content = rules_alone().clean_text(text), text.encode()
    layout = Layout("utf-8", b"", ())
    written = result.text.encode()
    return lambda: make_entry("a", "a", holds="text", compression=None, content=content, written=written, layout=layout, result=result)


def _learn(text: str) -> Callable[[], object]:
    """Documents of 2,000 characters of one site: more text, more of them."""
    pages = [Source(content=text[at : at + 2_000], site="a.example") for at in range(0, len(text), 2_000)]
    return lambda: learn(pages)


def _near_duplicates(text: str) -> Callable[[], object]:
    """Texts of 200 characters, every fourth of which stands there twice."""
    parts = [text[at : at + 200] for at in range(0, len(text), 200)]
    sketched = [sketch([part]) for part in (*parts, *parts[::4])]

    def run() -> object:
        sketches = Sketches()
        for number, one in enumerate(sketched):
            if one is not None:
                sketches.add(str(number), 40, one)
        return sketches.duplicates()

    return run


TEXT_STAGES: dict[str, Stage] = {
    "decode UTF-8 with faults": lambda text: _decode(text, "utf-8"),
    "decode an unknown encoding": lambda text: _decode(text, "cp1252"),
    "decode UTF-16": lambda text: _decode(text, "utf-16"),
    "text layout": lambda text: lambda: parse_text(text),
    "text layout, one line": lambda text: lambda: parse_text(text.replace("\n", " ")),
    "rules": _rules,
    "structure": _structure,
    "classify": _classify,
    "model": _model,
    "decide": _decide,
    "metadata": _metadata,
    "site rules": _sites,
    "decisions": _reviewed,
    "diff inline": _view(lambda result: result.diff("inline")),
    "diff side by side": _view(lambda result: result.diff("side")),
    "diff unified": _view(lambda result: result.diff("unified")),
    "report page": _view(lambda result: report([("a", result)])),
    "markdown": _view(markdown),
    "record": _view(lambda result: jsonl("a", result)),
    "ledger": _ledger,
    "learn": _learn,
    "sketch": lambda text: lambda: sketch(text.split("\n")),
    "near duplicates": _near_duplicates,
}
PAGE_STAGES: dict[str, Stage] = {
    "html walk": lambda markup: lambda: parse_html(markup),
    "html features": _html_arrays,
    "html network": _html_network,
    "html page": _html_page,
}


@pytest.mark.parametrize("name", TEXT_STAGES)
def test_stages_of_texts(name: str) -> None:
    _check(lambda times: TEXT_STAGES[name](scrape(times * _BASE)))


@pytest.mark.parametrize("name", PAGE_STAGES)
def test_stages_of_pages(name: str) -> None:
    _check(lambda times: PAGE_STAGES[name](page(times * _BASE)))


@pytest.mark.parametrize("name", TEXTS)
def test_nasty_texts(name: str) -> None:
    def stage(times: int) -> Callable[[], object]:
        text = TEXTS[name](times * _BASE)
        return lambda: with_model().clean_text(text)

    _check(stage)


@pytest.mark.parametrize("name", PAGES)
def test_nasty_pages(name: str) -> None:
    def stage(times: int) -> Callable[[], object]:
        markup = PAGES[name](times * _BASE)
        return lambda: with_model().clean_html(markup)

    _check(stage)


def _check(stage: Callable[[int], Callable[[], object]]) -> None:
    """Asserts the growth from 10× to 100×; at 1× what a call costs whatever its size would hide it."""
    stage(1)()
    middle, large = stage(10), stage(100)
    steepness = math.inf
    for _ in range(2):
        steepness = min(steepness, math.log10(_seconds(large) / _seconds(middle)))
        if steepness < _STEEPEST:
            return
    raise AssertionError(f"time grows as the size to the power of {steepness:.2f}")


def _seconds(run: Callable[[], object]) -> float:
    """The processor's seconds of a run, the best of several; short ones are repeated."""
    best, spent = math.inf, 0.0
    for _ in range(_TRIES):
        gc.collect()
        count, begin = 0, time.process_time()
        while True:
            run()
            count += 1
            taken = time.process_time() - begin
            if taken >= _SHORTEST:
                break
        best = min(best, taken / count)
        spent += taken
        if spent > _ENOUGH:
            break
    return best
