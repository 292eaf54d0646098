"""Law 2: the text is the kept spans, and white space goes only with what stood beside it."""

from __future__ import annotations

import re

from hypothesis import example, given

from cleaner.values import SPACE, Result
from tests.cleaners import PARAGRAPHS, CleanerOf, both_ways
from tests.laws.strategies import hunt, pages, texts

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CLOSING = frozenset(".,;:!?)]}»“”…")


@both_ways
@hunt
@given(texts)
@example(f"{PARAGRAPHS[0]}\n")
def test_the_text_is_the_kept_spans_joined(cleaner_of: CleanerOf, text: str) -> None:
    result = cleaner_of().clean_text(text)
    assert result.text == "".join(text[span.start : span.end] for span in result.spans if span.kept)
    if not result.removed:
        assert result.text == text


@both_ways
@hunt
@given(pages)
def test_the_text_of_a_page_is_the_kept_spans_joined(cleaner_of: CleanerOf, page: str) -> None:
    result = cleaner_of().clean_html(page)
    assert result.text == "".join(result.source[span.start : span.end] for span in result.spans if span.kept)


@both_ways
@hunt
@given(texts)
@example(f"{PARAGRAPHS[0]}\nTeilen\n\n{PARAGRAPHS[1]}")
@example(f"{PARAGRAPHS[0]}\n\nTeilen\nDrucken\n\n\n{PARAGRAPHS[1]}\r\nTeilen\r\n")
@example(f"Teilen\n\n{PARAGRAPHS[0]} (dpa)")
@example(f"  {PARAGRAPHS[0]}  \n")
@example("Teilen\nDrucken\n")
@example(f"{PARAGRAPHS[0]} \nTeilen\x85\n{PARAGRAPHS[1]}")
def test_of_the_separators_beside_a_removal_the_strongest_stays(cleaner_of: CleanerOf, text: str) -> None:
    _check_white_space(cleaner_of().clean_text(text))


def _check_white_space(result: Result) -> None:
    """Walks from one kept run of words to the next and compares what stands between them with what stood there."""
    source = result.source
    at = 0
    gaps: list[str] = [""]
    kept = ""
    has_removal = has_text_before = False
    for span in result.spans:
        text = source[span.start : span.end]
        assert span.start == at
        at = span.end
        if span.label == SPACE or (span.kept and not text.strip()):
            assert not text.strip()
            gaps[-1] += text
            kept += text if span.kept else ""
        elif not span.kept:
            assert text == text.strip()
            gaps.append("")
            has_removal = True
        else:
            bare = text.strip()
            lead, tail = text[: text.index(bare[0])], text[len(text.rstrip()) :]
            gaps[-1] += lead
            kept += lead
            _check_gap(gaps, kept, has_removal, bare[0], source, is_first=not has_text_before)
            gaps, kept, has_removal, has_text_before = [tail], tail, False, True
    _check_gap(gaps, kept, has_removal, "", source, is_first=not has_text_before)


def _check_gap(gaps: list[str], kept: str, has_removal: bool, following: str, source: str, *, is_first: bool) -> None:
    if not has_removal:
        assert kept == "".join(gaps), "white space went where nothing else did"
    elif is_first:
        assert kept == "", "white space stays at the start beside a removal"
    elif not following:
        final = re.search("(?:\r\n|[\n\r])\\Z", gaps[-1])
        assert kept == (final[0] if final else ""), "of the white space at the end only a final newline stays"
    else:
        strongest = max(map(_strength, gaps))
        if not kept:
            assert strongest == 0 or (strongest == 1 and following in _CLOSING), "what parted the two is gone"
        else:
            assert kept in gaps, "white space that stood nowhere"
            assert _strength(kept) == strongest, "a weaker separator stays"


def _strength(gap: str) -> int:
    """Blank line over line break over space over nothing."""
    return min(2, len(_BREAK.findall(gap))) + bool(gap)
