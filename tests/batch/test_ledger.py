"""Law 3: a cleaned file and its ledger restore the input, whatever it was."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.batch.restore import restore
from cleaner.batch.work import Manner, Task, work
from cleaner.errors import NotText
from cleaner.parse.decode import decode
from cleaner.pipeline import Cleaner
from cleaner.sinks.places import OutputFormat, Place
from cleaner.sources.folders import Input
from cleaner.values import Options, Result, Span

_LINES = (
    "The council decided on Tuesday to repair the old bridge, because its piers had begun to lean, an engineer said.",
    "Read more",
    "Foto: dpa",
    "12.03.2025, 17:20 Uhr",
    "Share this article",
    "© Agency / Someone",
    "“Quoted”, she said, and went. (afp/dpa)",
    "Ein Satz mit Umlauten: äöü ß – und Gedankenstrich.",
    "",
    " ",
)


@functools.cache
def _cleaner() -> Cleaner:
    return Cleaner(Options(model=None))


_scrapes = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(st.sampled_from(_LINES) | st.text(max_size=30), max_size=12),
    st.sampled_from(["\n", "\r\n", "\n\n", "\r"]),
)
_encoded = st.one_of(
    st.builds(
        lambda text, codec: text.encode(codec, "replace"), _scrapes, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
    ),
    st.builds(
        lambda text: b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass"),
        st.text("ab \n\ud800\udbff\udc00\udfff\U0001f600", max_size=40),
    ),
    st.builds(lambda text, raw, more: text.encode() + raw + more.encode(), _scrapes, st.binary(max_size=6), _scrapes),
    st.binary(max_size=200),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=_encoded, form=st.sampled_from(["text", "json", "jsonl", "markdown"]), kind=st.sampled_from(["text", "text", "looks"]))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes, form: OutputFormat, kind: str) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    source, out = folder / "a.txt", folder / "out"
    source.write_bytes(content)
    task = Task(Input("a.txt", str(source), kind, None, "a"), Place("a.out", str(out / "a.out")))  # type: ignore[arg-type]
    outcome = work(_cleaner(), Manner(form, ledger=True), task)
    if outcome.error is not None:
        with pytest.raises(NotText):
            _cleaner().clean(content)
        return
    assert outcome.entry is not None
    (out / "ledger.jsonl").write_bytes(outcome.entry + b"\n")
    (restored,) = restore(str(out), str(folder / "back"), replace=False)
    assert restored.error is None
    assert (folder / "back" / "a.txt").read_bytes() == content


def test_a_page_comes_back(tmp_path: Path) -> None:
    page = b"<html><body class=x><p>The council decided to repair the old bridge, because it leaned.</p>\r\n<!-- x --></body></html>"
    (tmp_path / "a.html").write_bytes(page)
    task = Task(Input("a.html", str(tmp_path / "a.html"), "html", None, "a"), Place("a.txt", str(tmp_path / "out" / "a.txt")))
    outcome = work(_cleaner(), Manner(ledger=True), task)
    assert outcome.entry is not None
    (tmp_path / "out" / "ledger.jsonl").write_bytes(outcome.entry + b"\n")
    (restored,) = restore(str(tmp_path / "out"), str(tmp_path / "back"), replace=False)
    assert restored.error is None
    assert (tmp_path / "back" / "a.html").read_bytes() == page


class _Alternating:
    """Removes every second run of three characters, whatever it is."""

    options = Options()

    def clean_text(self, data: bytes, *, url: str | None = None, site: str | None = None) -> Result:
        source = decode(data).text
        spans = tuple(
            Span(start=start, end=min(start + 3, len(source)), label="body", kept=start % 2 == 0, reason="default", score=1.0)
            for start in range(0, len(source), 3)
        )
        return Result(text="".join(source[span.start : span.end] for span in spans if span.kept), source=source, spans=spans)


@settings(max_examples=150, deadline=None)
@given(content=_encoded, form=st.sampled_from(["text", "json"]))
def test_whatever_is_removed_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes, form: OutputFormat) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "a.txt").write_bytes(content)
    task = Task(Input("a.txt", str(folder / "a.txt"), "text", None, "a"), Place("a.out", str(folder / "out" / "a.out")))
    outcome = work(cast(Cleaner, _Alternating()), Manner(form, ledger=True), task)
    if outcome.entry is None:
        assert "no text" in (outcome.error or "")
        return
    (folder / "out" / "ledger.jsonl").write_bytes(outcome.entry + b"\n")
    (restored,) = restore(str(folder / "out"), str(folder / "back"), replace=False)
    assert restored.error is None
    assert (folder / "back" / "a.txt").read_bytes() == content
