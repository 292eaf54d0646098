from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from cleaner.errors import DataFileError, OutputError
from cleaner.load.decisions import Line, Undo, encode_line, read_lines
from cleaner.review.log import DecisionLog
from tests.decisions import decision, write

_ONE, _TWO = decision("Lesetipp der Woche"), decision("(Bild: Grete Holl)", label="photo_credit")


def test_what_is_appended_is_there_at_once_and_after_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    log = DecisionLog(str(path))
    undo = Undo(key="u", time="2026-03-01T10:00:00.000000Z", undoes=_ONE.key)
    lines: list[Line] = [_ONE, _TWO, undo]
    for number, line in enumerate(lines, 1):
        log.append(line)
        assert len(read_lines(path)) == number  # while it is still open
    log.close()
    again = DecisionLog(str(path))
    assert again.lines == lines
    again.close()


def test_half_a_line_from_a_crash_is_cut_off_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "decisions.jsonl", _ONE)
    with path.open("ab") as file:
        file.write(encode_line(_TWO)[:50])
    log = DecisionLog(str(path))
    log.append(_TWO)
    log.close()
    assert path.read_bytes() == encode_line(_ONE) + b"\n" + encode_line(_TWO) + b"\n"


def test_two_servers_do_not_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    log = DecisionLog(str(path))
    with pytest.raises(OutputError, match="another `cleaner review` writes it"):
        DecisionLog(str(path))
    log.close()
    DecisionLog(str(path)).close()


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b'{"minutes": "of the council"}\n')
    with pytest.raises(DataFileError, match="no decision"):
        DecisionLog(str(path))
    assert path.read_bytes() == b'{"minutes": "of the council"}\n'


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        DecisionLog(str(tmp_path / "gone" / "decisions.jsonl"))


def test_a_full_disk_takes_the_line_back(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = write(tmp_path / "decisions.jsonl", _ONE)
    process = context.Process(target=_append_under_limit, args=(str(path), path.stat().st_size + 40))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert read_lines(path) == [_ONE]
    assert path.read_bytes().endswith(b"\n")


def _append_under_limit(path: str, size: int) -> None:
    """In a process of its own, for the limit is the process's."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log = DecisionLog(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with pytest.raises(OutputError, match="cannot be written"):
        log.append(_TWO)
    assert len(log.lines) == 1
