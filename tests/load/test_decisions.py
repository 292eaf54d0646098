from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import DataFileError
from cleaner.load.decisions import (
    Decision,
    Line,
    Undo,
    anchors,
    digest_of,
    encode_line,
    is_decisions_file,
    landmarks_of,
    read_decisions,
    read_lines,
    standing,
)
from tests.decisions import SOURCE, decision, with_other_key, write

_TIP = decision("Lesetipp der Woche")
_CREDIT = decision("(Bild: Grete Holl)", label="photo_credit")
_STAYS = decision("Wochenblatt Oberau", "keep", "body")
_BACK = Undo(key="undo-1", time="2026-03-02T00:00:00.000000Z", undoes=_CREDIT.key)
_LINES: list[Line] = [_TIP, _CREDIT, _STAYS, _BACK]


@pytest.mark.parametrize("line", [b'{"kind":"\xff"}', b'{"kind":"undo","x":' + b"[" * 3_000 + b"]" * 3_000 + b"}", b"[" * 3_000])
def test_lines_that_no_reader_of_json_takes(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(line + b"\n")
    assert not is_decisions_file(path)
    with pytest.raises(DataFileError, match="line 1"):
        read_decisions([path])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert read_lines(write(tmp_path / "decisions.jsonl", *_LINES)) == _LINES


def test_a_decision_taken_back_does_not_stand(tmp_path: Path) -> None:
    path = write(tmp_path / "decisions.jsonl", *_LINES)
    assert read_decisions([path]) == (_TIP, _STAYS)


@given(st.permutations(_LINES), st.integers(0, 4), st.integers(0, 4))
def test_merged_files_say_the_same_in_any_order(lines: list[Line], cut: int, again: int) -> None:
    assert standing([*lines[:cut], *lines[cut:], *lines[:again]]) == (_TIP, _STAYS)


def test_several_files_are_one(tmp_path: Path) -> None:
    ours, theirs = write(tmp_path / "ours.jsonl", _STAYS, _CREDIT), write(tmp_path / "theirs.jsonl", _TIP, _CREDIT, _BACK)
    assert read_decisions([ours, theirs]) == read_decisions([theirs, ours]) == (_TIP, _STAYS)


def test_a_torn_last_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    whole = encode_line(_TIP) + b"\n"
    for length in range(len(encode_line(_STAYS)) + 1):
        path.write_bytes(whole + encode_line(_STAYS)[:length])
        assert read_decisions([path]) == (_TIP,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": "x"}', "no decision"),
        (b"nonsense", "no decision"),
        (encode_line(msgspec.structs.replace(_TIP, label="no_such")), "no label 'no_such'"),
        (encode_line(msgspec.structs.replace(_TIP, label="body")), "cannot be 'body'"),
        (encode_line(msgspec.structs.replace(_STAYS, label="advert")), "cannot be 'advert'"),
        (encode_line(msgspec.structs.replace(_TIP, end=_TIP.end + 1)), "do not fit"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes, says: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(encode_line(_STAYS) + b"\n" + line + b"\n")
    with pytest.raises(DataFileError, match="line 2") as raised:
        read_decisions([path])
    assert says in str(raised.value)
    assert "decisions.jsonl" in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"gone\.jsonl"):
        read_decisions([tmp_path / "gone.jsonl"])


def test_lone_surrogates_can_be_decided_on(tmp_path: Path) -> None:
    source = f"{SOURCE}\ud800 lone"
    one = decision("lone", source=source)
    assert one.before.endswith("\ufffd ")
    path = write(tmp_path / "decisions.jsonl", one)
    assert read_decisions([path]) == (one,)


def test_landmarks_are_the_longest_sentences_and_outlive_the_others() -> None:
    before, after = set(landmarks_of(SOURCE)), set(landmarks_of(f"Neu!\n{SOURCE.replace('Am Montag', 'Erst am Montag')}Ende."))
    assert len(before) >= 3
    assert len(before & after) == len(before) - 1
    assert landmarks_of("Kurz.\nSehr kurz.") == ()


def test_a_credit_is_a_decision_of_its_own() -> None:
    other = with_other_key(_CREDIT, "another")
    assert standing([_CREDIT, other, _BACK]) == (other,)


def test_anchors_hold_what_stands_beside() -> None:
    start = SOURCE.index("(Bild")
    text, before, after = anchors(SOURCE, start, start + 18)
    assert (text, before[-5:], after[:3]) == ("(Bild: Grete Holl)", "oll. ", "\nAm")
    assert isinstance(_TIP, Decision)
    assert digest_of(SOURCE) == _TIP.digest
