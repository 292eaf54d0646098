"""`Cleaner` from end to end."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import bs4
import lxml.html
import pytest

import cleaner
from cleaner.errors import DeadlineExceeded, InputTooLarge, NotText, OptionError, UnsupportedInput
from cleaner.load.labels import labels
from cleaner.pipeline import Cleaner
from cleaner.values import Failure, Options, Result, Source
from tests.cleaners import PARAGRAPHS, gone, rules_alone
from tests.corpus.reading import CASES

_BODY = "\n\n".join(PARAGRAPHS)
_SCRAPE = f"""\
Home
News
Sport
Search

Night ferry stays after a debate of five hours

By Tom Wiegand
12 March 2025, 14:30

Share this article

{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

The old boat at the pier on Tuesday. Photo: Jane Hollis/Reuters

{PARAGRAPHS[2]}

{PARAGRAPHS[3]} (Reuters)

Sign up for our newsletter
© 2025 Tarnwick Courier. All rights reserved.
"""


def _without_model(**options: object) -> Cleaner:
    return Cleaner(Options(model=None, **options))  # type: ignore[arg-type]


def test_a_scrape_gives_its_body_and_what_its_lines_say() -> None:
    result = rules_alone().clean_text(_SCRAPE, url="https://courier.example/ferry")
    assert result.text == f"{_BODY}\n"
    assert result.title == "Night ferry stays after a debate of five hours"
    assert result.authors == ("Tom Wiegand",)
    assert result.date == "2025-03-12T14:30"
    assert result.language == "en"
    assert result.url == "https://courier.example/ferry"
    assert result.source == _SCRAPE
    assert result.warnings == ()
    removed = {result.source[span.start : span.end]: span.label for span in result.removed}
    assert removed["Share this article"] == "share"
    assert removed["(Reuters)"] == "agency_credit"
    assert removed["The old boat at the pier on Tuesday. Photo: Jane Hollis/Reuters"] == "caption"


def test_the_short_calls_are_the_long_ones() -> None:
    options = Options(model=None)
    page = f"<!DOCTYPE html><html><body><article><p>{'</p><p>'.join(PARAGRAPHS)}</p></article></body></html>"
    assert cleaner.clean_text(_SCRAPE, options=options) == Cleaner(options).clean_text(_SCRAPE)
    assert cleaner.clean(_SCRAPE, options=options) == Cleaner(options).clean(_SCRAPE)
    assert cleaner.clean_html(page, options=options) == Cleaner(options).clean(page)
    assert list(cleaner.clean_many([_SCRAPE], options=options)) == [Cleaner(options).clean(_SCRAPE)]


def test_pages_and_texts_are_told_apart() -> None:
    page = f"<!DOCTYPE html><html><body><article><p>{'</p><p>'.join(PARAGRAPHS)}</p></article></body></html>"
    assert rules_alone().clean(page).text == _BODY
    assert rules_alone().clean(page.encode()).text == _BODY
    assert rules_alone().clean_text(page).source == page
    assert rules_alone().clean(bytearray(_SCRAPE.encode())).text == f"{_BODY}\n"


@pytest.mark.parametrize(
    ("keep", "stays"),
    [
        ("caption", "The old boat at the pier on Tuesday. Photo: Jane Hollis/Reuters"),
        ("agency_credit", "(Reuters)"),
        ("headline", "Night ferry stays after a debate of five hours"),
        ("share", "Share this article"),
    ],
)
def test_keep(keep: str, stays: str) -> None:
    result = _without_model(keep={keep}).clean_text(_SCRAPE)
    assert stays not in rules_alone().clean_text(_SCRAPE).text
    assert stays in result.text
    [span] = [span for span in result.spans if stays in result.source[span.start : span.end]]
    assert (span.label, span.kept) == (keep, True)
    assert result.title == "Night ferry stays after a debate of five hours"


@pytest.mark.parametrize("model", [None, "default"])
def test_strip(model: str | None) -> None:
    source = _BODY.replace("The harbour", "TARNWICK (Reuters) - The harbour", 1)
    assert Cleaner(Options(model=model)).clean_text(source).text == source
    result = Cleaner(Options(model=model, strip=frozenset({"dateline"}))).clean_text(source)
    assert result.text == _BODY
    assert [(source[span.start : span.end], span.label) for span in result.removed if span.label != "space"] == [
        ("TARNWICK (Reuters) -", "dateline")
    ]


def test_nothing_is_removed_where_all_labels_are_kept() -> None:
    keep = {name for name, label in labels().items() if not label.content}
    result = _without_model(keep=keep).clean_text(_SCRAPE)
    assert result.text == _SCRAPE
    assert result.removed == ()


def _removed(result: Result) -> set[int]:
    """Places of the removed letters and digits."""
    return {at for span in result.removed for at in range(span.start, span.end) if result.source[at].isalnum()}


_PRECISE, _CAREFUL = _without_model(bias="precision"), _without_model(bias="recall")


def test_bias_is_an_order_over_the_corpus() -> None:
    removed = {"precision": 0, "balanced": 0, "recall": 0}
    for case in CASES:
        for bias, one in (("precision", _PRECISE), ("balanced", rules_alone()), ("recall", _CAREFUL)):
            removed[bias] += len(_removed(one.clean_text(case.source)))
    assert removed["precision"] > removed["balanced"] > removed["recall"] > 0


@pytest.mark.parametrize("source", ["x" * 101, b"x" * 405, "<p>" + "x" * 101])
def test_max_chars(source: str | bytes) -> None:
    with pytest.raises(InputTooLarge) as caught:
        _without_model(max_chars=100).clean(source)
    assert caught.value.limit == 100
    assert caught.value.length > 100


@pytest.mark.parametrize("source", ["x" * 100, b"x" * 100, "ü" * 100, ("ü" * 100).encode(), ("🚢" * 100).encode()])
def test_at_the_limit(source: str | bytes) -> None:
    assert len(_without_model(max_chars=100).clean_text(source).source) == 100


def test_a_little_too_long_in_bytes() -> None:
    with pytest.raises(InputTooLarge) as caught:
        _without_model(max_chars=100).clean_text(b"x" * 101)
    assert caught.value.length == 101


def test_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still but for one second a look."""
    seconds = itertools.count()
    monkeypatch.setattr("cleaner.pipeline.time.monotonic", lambda: float(next(seconds)))
    hurried, patient = _without_model(deadline=1.5), _without_model(deadline=60)
    with pytest.raises(DeadlineExceeded, match=r"longer than 1\.5 s") as caught:
        hurried.clean_text(_SCRAPE)
    assert caught.value.deadline == 1.5
    with pytest.raises(DeadlineExceeded):
        hurried.clean_html(f"<p>{PARAGRAPHS[0]}</p>")
    assert patient.clean_text(_SCRAPE) == rules_alone().clean_text(_SCRAPE)


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_to_clean(text: str) -> None:
    result = rules_alone().clean_text(text)
    assert result.text == text
    assert result.warnings == (("no-article",) if text else ())


def test_undecodable_bytes_are_a_warning() -> None:
    data = _SCRAPE.encode() + b"\xff\n"
    data = data.replace("–".encode(), b"-").replace(b"ferry", "fähre".encode())
    result = rules_alone().clean_text(data)
    assert result.warnings == ("undecodable-bytes",)
    assert "\ufffd" in result.source


def test_title_and_language_that_the_caller_knows() -> None:
    result = _without_model(title="The boat that stays", language="en-GB").clean_text(f"The boat that stays\n\n{_BODY}\n")
    assert (result.title, result.language) == ("The boat that stays", "en-GB")
    assert result.text == f"{_BODY}\n"


@pytest.mark.parametrize("language", ["xx", "sv", "de", ""])
def test_any_language_will_do(language: str) -> None:
    result = _without_model(language=language).clean_text(_BODY)
    assert result.text == _BODY
    assert result.language == (language or "en")


def test_many_threads_making_the_first_use() -> None:
    fresh = _without_model()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(fresh.clean_text, [_SCRAPE] * 16))
    assert results == [rules_alone().clean_text(_SCRAPE)] * 16


_SOURCES: list[object] = [
    _SCRAPE,
    b"%PDF-1.7",
    Source(content=_BODY, id="b", url="https://courier.example/b"),
    Source(content=None, id="nothing"),
    17,
    "",
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_clean_many(jobs: int) -> None:
    first, pdf, named, nothing, number, empty = rules_alone().clean_many(_SOURCES, jobs=jobs)
    assert first == rules_alone().clean_text(_SCRAPE)
    assert isinstance(named, Result)
    assert (named.text, named.url) == (_BODY, "https://courier.example/b")
    assert isinstance(empty, Result)
    for failure, index, name, kind in (
        (pdf, 1, None, NotText),
        (nothing, 3, "nothing", UnsupportedInput),
        (number, 4, None, UnsupportedInput),
    ):
        assert isinstance(failure, Failure)
        assert (failure.index, failure.id, type(failure.error)) == (index, name, kind)


@pytest.mark.parametrize("jobs", [1, 2])
def test_strings_of_other_libraries_become_plain_ones(jobs: int) -> None:
    class Address:
        def __str__(self) -> str:
            return "https://courier.example/b"

    body = PARAGRAPHS[0]
    page: Any = lxml.html.fromstring(f"<a href='https://courier.example/b'>The boat</a><p>{body}</p>")
    text, address, title = page.xpath("//p/text()")[0], page.xpath("//a/@href")[0], page.xpath("//a/text()")[0]
    assert type(text) is not str
    sources = [text, cast(Any, bs4.BeautifulSoup(f"<p>{body}</p>", "lxml")).p.string, cleaner.Source(content=text, url=address)]
    made = list(_without_model(title=title).clean_many(sources, jobs=jobs))
    made += [_without_model().clean_text(text, url=address), _without_model().clean_html(f"<p>{body}</p>", url=cast(Any, Address()))]
    for result in made:
        assert isinstance(result, Result)
        assert {type(value) for value in (result.source, result.text, result.url, result.title)} <= {str, type(None)}
        assert pickle.loads(pickle.dumps(result)) == result
        assert result.to_dict()["text"] == body
    assert [cast(Result, result).url for result in made[2:]] == ["https://courier.example/b"] * 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_sources_raise_comes_behind_the_results(jobs: int) -> None:
    def sources() -> Iterator[str]:
        yield from [_BODY] * 3
        raise ZeroDivisionError

    outcomes = rules_alone().clean_many(sources(), jobs=jobs)
    assert [cast(Result, next(outcomes)).text for _ in range(3)] == [_BODY] * 3
    with pytest.raises(ZeroDivisionError):
        next(outcomes)


@pytest.mark.parametrize("jobs", [1, 2])
def test_clean_many_keeps_the_order(jobs: int) -> None:
    sources = [f"{number}. {PARAGRAPHS[number % 4]}" * (1 + 20 * (number % 5 == 0)) for number in range(60)]
    results = list(rules_alone().clean_many(sources, jobs=jobs))
    assert [result.source for result in results if isinstance(result, Result)] == sources


@pytest.mark.parametrize(("jobs", "ahead"), [(1, 1), (2, 2 * 8 + 1)])
def test_clean_many_is_lazy_and_bounded(jobs: int, ahead: int) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for number in itertools.count():
            taken += 1
            yield f"{number}. {PARAGRAPHS[0]}"

    results = rules_alone().clean_many(endless(), jobs=jobs)
    assert taken == 0
    for number in range(1, 30):
        result = next(results)
        assert isinstance(result, Result)
        assert result.source.startswith(f"{number - 1}. ")
        assert taken <= number + ahead
    results.close()  # type: ignore[attr-defined]


def test_clean_many_yields_what_took_too_long() -> None:
    hurried = _without_model(deadline=1e-9)
    for jobs in (1, 2):
        [failure] = hurried.clean_many([_SCRAPE], jobs=jobs)
        assert isinstance(failure, Failure)
        assert isinstance(failure.error, DeadlineExceeded)


@pytest.mark.parametrize("jobs", [0, -1, 1.5, "2"])
def test_clean_many_with_no_number_of_processes(jobs: int) -> None:
    with pytest.raises(OptionError, match=r"option jobs=.*: must be a whole number above 0"):
        rules_alone().clean_many([], jobs=jobs)


def test_a_cleaner_reads_its_rules_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[rule]]\nid = "mine"\nlabel = "advert"\nlanguages = ["*"]\nlines = ["To the shipyard"]\n'
        'removes = ["To the shipyard"]\nkeeps = ["x"]\n',
        encoding="utf-8",
    )
    mine = _without_model(rules=(str(path),))
    path.unlink()
    source = "\n\n".join([*PARAGRAPHS[:2], "To the shipyard", *PARAGRAPHS[2:]])
    assert gone(mine.clean_text(source)) == ["To the shipyard"]
    assert rules_alone().clean_text(source).text == source
