"""Law 3: source and spans restore the input. (What is written to a disk: tests/batch/test_ledger.py.)"""

from __future__ import annotations

from hypothesis import assume, given

from cleaner.errors import NotText
from cleaner.parse.decode import decode, encode
from tests.cleaners import CleanerOf, both_ways
from tests.laws.strategies import files, hunt, texts


@both_ways
@hunt
@given(texts)
def test_kept_and_removed_together_are_the_input(cleaner_of: CleanerOf, text: str) -> None:
    result = cleaner_of().clean_text(text)
    kept = [(span.start, text[span.start : span.end]) for span in result.spans if span.kept]
    removed = [(span.start, text[span.start : span.end]) for span in result.removed]
    assert "".join(piece for _, piece in sorted(kept + removed)) == text


@both_ways
@hunt
@given(files)
def test_bytes_come_back_from_their_text(cleaner_of: CleanerOf, data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotText:
        assume(False)
        return
    assert encode(decoded) == data
    result = cleaner_of().clean_text(data)
    assert result.source == decoded.text
    assert ("undecodable-bytes" in result.warnings) == bool(decoded.undecodable)
