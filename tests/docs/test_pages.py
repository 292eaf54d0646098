"""What README and docs/ show is done as it stands there, by a reader who has nothing but the demo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.fences import PAGES, ROOT, Fence, fences, steps
from tests.docs.parsing import check, make_targets
from tests.docs.reader import agrees, page_text, put_into

_MAKE = re.compile(r"`make ([a-z][a-z-]*)\b")
_LINK = re.compile(r"\]\((?!https?://)([^)\s]*)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
#: kinds of blocks that are neither run nor files: what is printed, sketches, formats
_SHOWN = frozenset(("text", "json", "toml", "yaml"))
_RUN = frozenset(("python", "sh", "console"))


@pytest.mark.parametrize("page", PAGES)
def test_every_step_of_a_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    for step, came in put_into(tmp_path / "reader", page):
        if step.shown is not None:
            assert agrees(step.shown, came), f"{step.text}\nprints\n{came}\n(python -m tests.docs.write {page})"


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_run_could_be(page: str) -> None:
    for step in steps(page_text(page)):
        check(step)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_what_it_is(page: str) -> None:
    text = page_text(page)
    assert len(fences(text)) == len(re.findall(r"^```\w", text, re.MULTILINE)) == len(re.findall(r"^```$", text, re.MULTILINE))
    assert {fence.kind for fence in fences(text)} <= _SHOWN | _RUN
    assert all(fence.kind in _RUN for fence in fences(text) if fence.reason or fence.module)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    text = page_text(page)
    for target in _LINK.findall(text):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), target
        assert not anchor or anchor in _anchors(file.read_text(encoding="utf-8")), target
    assert set(_MAKE.findall(text)) <= make_targets()


def test_the_reader_is_not_easily_pleased() -> None:
    assert agrees("one\n…\nfour\n", "one\ntwo\nthree\nfour\n")
    assert agrees("time: … s\n", "time: 1.2 s\n")
    assert not agrees("one\nfour\n", "one\ntwo\nfour\n")
    assert not agrees("one\n…\nfour\n", "one\ntwo\n")
    broken = "<!-- not run: no cluster -->\n```sh\ncat a | cleaner clean - --no-such-option\n```\n"
    with pytest.raises(Exception, match="no-such-option"):
        check(next(steps(broken)))
    assert fences(broken)[0]._replace(start=0) == Fence("sh", "cat a | cleaner clean - --no-such-option\n", 0, "no cluster", None)


def _anchors(text: str) -> set[str]:
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in _HEADING.findall(text)}
