"""Bad input: a clear message, the right exit code, nothing lost, the other documents done."""

from __future__ import annotations

import errno
import gzip
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PROSE, Ran, Run, tree


def _beside(run: Run, tmp_path: Path, name: str, content: bytes, *more: object) -> tuple[Ran, dict[str, bytes]]:
    """Cleans a folder with that file and a good one."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / "zz-good.txt").write_text(PROSE)
    ran = run("clean", folder, "-o", tmp_path / "out", *more)
    assert "Traceback" not in ran.err
    made = tree(tmp_path / "out")
    assert made["zz-good.txt"] == PROSE.encode()
    return ran, made


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", b""),
        (b" \r\n\t \n", b" \r\n\t \n"),
        ("äöüß ".encode() + PROSE.encode() + b"\xff\n", f"äöüß {PROSE}\ufffd\n".encode()),
        (PROSE.encode("utf-16"), PROSE.encode()),
        ("Stra\u00dfe: ".encode("cp1252") + PROSE.encode() + b" \x96", f"Stra\u00dfe: {PROSE} \u2013".encode()),
        (b"\xff\xfe" + PROSE.encode("utf-16-le") + b"\x00\xd8", PROSE.encode() + "\ufffd".encode()),
        (PROSE.encode() + b"\0\0 and on", PROSE.encode() + b"\0\0 and on"),
    ],
    ids=["empty", "white space", "undecodable byte", "UTF-16", "cp1252", "lone surrogate", "NULs"],
)
def test_odd_texts_are_cleaned_and_come_back(run: Run, tmp_path: Path, content: bytes, expected: bytes) -> None:
    ran, made = _beside(run, tmp_path, "odd.txt", content, "--ledger")
    assert ran.code == 0
    assert made["odd.txt"] == expected
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "odd.txt").read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("binary.txt", bytes(range(256)) * 20, "no text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        ("broken.txt.gz", b"no gzip at all", "broken"),
        ("cut.txt.gz", gzip.compress(PROSE.encode() * 50, mtime=0)[:60], "broken"),
    ],
    ids=["binary", "picture", "no gzip", "cut gzip"],
)
def test_what_is_no_text_fails_alone(run: Run, tmp_path: Path, name: str, content: bytes, told: str) -> None:
    ran, made = _beside(run, tmp_path, name, content)
    assert ran.code == 1
    assert told in ran.err
    assert name in ran.err
    assert "failed: 1" in ran.err
    assert set(made) == {"zz-good.txt"}


def test_zstandard_without_its_extra(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    ran, _ = _beside(run, tmp_path, "a.txt.zst", b"\x28\xb5\x2f\xfd")
    assert ran.code == 1
    assert "pip install 'article-cleaner[zstd]'" in ran.err


def test_gzip_is_read(run: Run, tmp_path: Path) -> None:
    ran, made = _beside(run, tmp_path, "packed.txt.gz", gzip.compress(PROSE.encode()))
    assert ran.code == 0
    assert made["packed.txt"] == PROSE.encode()


def test_links_pipes_and_hidden_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    os.symlink("..", folder / "sub" / "loop")
    os.symlink("sub", folder / "again")
    os.symlink("nowhere.txt", folder / "dangling.txt")
    os.symlink("self.txt", folder / "self.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden.txt").write_text(PROSE)
    (folder / "sub" / "deep.txt").write_text(PROSE)
    ran, made = _beside(run, tmp_path, "a.txt", PROSE.encode())
    assert ran.code == 0
    assert "documents: 3" in ran.err
    assert len(made) == 3
    assert set(made) >= {"a.txt", "zz-good.txt"}
    for name in ("loop", "dangling.txt", "self.txt", "pipe.txt"):
        assert name in ran.err
    assert "1 hidden" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "locked").mkdir(parents=True)
    (tmp_path / "in" / "locked").chmod(0)
    (tmp_path / "in" / "secret.txt").write_text(PROSE)
    (tmp_path / "in" / "secret.txt").chmod(0)
    ran, _ = _beside(run, tmp_path, "a.txt", PROSE.encode())
    (tmp_path / "in" / "locked").chmod(stat.S_IRWXU)
    assert ran.code == 1
    assert "failed: 2" in ran.err
    assert "permission denied" in ran.err.lower()


def test_no_permission_as_root_sees_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = open

    def refuse(path: object, *more: object, **named: object) -> object:
        if str(path).endswith("secret.txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really(path, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    ran, made = _beside(run, tmp_path, "secret.txt", b"")
    assert ran.code == 1
    assert "secret.txt" in ran.err
    assert "Permission denied" in ran.err
    assert set(made) == {"zz-good.txt"}


def test_files_and_folders_that_vanish(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from cleaner.pipeline import Cleaner

    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "deep.txt").write_text(PROSE)
    (folder / "b.txt").write_text(PROSE)
    clean_text = Cleaner.clean_text

    def vanish(self: Cleaner, text: bytes, **named: str | None) -> object:
        shutil.rmtree(folder / "sub", ignore_errors=True)
        (folder / "b.txt").unlink(missing_ok=True)
        return clean_text(self, text, **named)

    monkeypatch.setattr(Cleaner, "clean_text", vanish)
    ran, _ = _beside(run, tmp_path, "a.txt", PROSE.encode())
    assert ran.code == 1
    assert "documents: 2" in ran.err
    assert "failed: 2" in ran.err
    assert "b.txt" in ran.err
    assert "sub" in ran.err


def test_what_does_not_exist(run: Run, tmp_path: Path) -> None:
    ran = run("clean", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "no such file" in ran.err
    assert not (tmp_path / "out").exists()
    (tmp_path / "a.txt").write_text(PROSE)
    ran = run("clean", tmp_path / "nowhere", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert ran.code == 1
    assert (tmp_path / "out" / "a.txt").exists()


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert ran.code == 0
    assert "no document" in ran.err


def test_a_broken_rule_file(run: Run, scrape: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[[rule]]\nid = "x"\nlabel = "nonsense"\nlanguages = ["*"]\nlines = ["a b"]\nremoves = ["a b"]\nkeeps = ["c"]\n')
    ran = run("clean", scrape, "-o", tmp_path / "out", "--rules", bad)
    assert ran.code == 2
    assert "bad.toml" in ran.err
    assert "rule x" in ran.err
    assert "nonsense" in ran.err
    assert not (tmp_path / "out").exists()
    bad.write_text("this is no TOML")
    assert run("clean", scrape, "-o", tmp_path / "out", "--rules", bad).code == 2


def test_a_full_disk_stops_the_run_and_leaves_nothing_half_written(
    run: Run, scrape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.replace

    def full(source: str, target: str) -> None:
        if "sub" in str(target):
            raise OSError(errno.ENOSPC, "No space left on device")
        really(source, target)

    monkeypatch.setattr(os, "replace", full)
    ran = run("clean", scrape, "-o", tmp_path / "out")
    assert ran.code == 1
    assert "No space left on device" in ran.err
    assert "--resume" in ran.err
    assert set(tree(tmp_path / "out")) == {"one.txt"}
    assert not list((tmp_path / "out").rglob("*.cleaner-tmp"))
    monkeypatch.setattr(os, "replace", really)
    ran = run("clean", scrape, "-o", tmp_path / "out", "--resume")
    assert ran.code == 0
    assert "finished earlier: 1" in ran.err
    assert "documents: 2" in ran.err


def test_a_full_disk_while_the_ledger_grows(run: Run, scrape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.pwrite
    left = 900

    def short(descriptor: int, data: bytes, offset: int) -> int:
        nonlocal left
        if left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = really(descriptor, data[:left], offset)
        left -= count
        return count

    monkeypatch.setattr(os, "pwrite", short)
    ran = run("clean", scrape, "-o", tmp_path / "out", "--ledger")
    assert ran.code == 1
    assert "No space left" in ran.err
    monkeypatch.setattr(os, "pwrite", really)
    assert run("clean", scrape, "-o", tmp_path / "out", "--ledger", "--resume").code == 0
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert {name: data for name, data in tree(scrape).items() if name != "table.csv"} == tree(tmp_path / "back")


def test_an_output_that_is_no_folder(run: Run, scrape: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    ran = run("clean", scrape, "-o", tmp_path / "file")
    assert ran.code == 2
    assert (tmp_path / "file").read_text() == "mine"
    assert run("clean", scrape, "-o", tmp_path / "file" / "below").code == 2


def test_names_that_are_no_utf8_and_names_with_control_characters(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text(PROSE)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (folder / "esc\x1b[31m.txt").write_bytes(bytes(300))
    ran, made = _beside(run, tmp_path, "a.txt", PROSE.encode(), "--ledger")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert "\\x1b" in ran.err
    assert len(made) == 4
    assert run("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert set(tree(tmp_path / "back")) == {"a.txt", "zz-good.txt", "caf\\xe9.txt"}


_SCRIPT = """
import sys, time
from cleaner.pipeline import Cleaner
clean_text = Cleaner.clean_text
def slow(self, text, **more):
    result = clean_text(self, text, **more)
    sys.stderr.write("begun\\n"); sys.stderr.flush()
    time.sleep(0.4)
    return result
Cleaner.clean_text = slow
if __name__ == "__main__":
    from cleaner.cli.app import main
    main()
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_keeps_what_is_finished(run: Run, tmp_path: Path, jobs: int) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{PROSE} {number}")
    script = tmp_path / "slow.py"
    script.write_text(_SCRIPT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, str(script), "clean", str(folder), "-o", str(out), "--jobs", str(jobs)],
        stderr=subprocess.PIPE, env=environment, start_new_session=True, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for _ in range(5):
        process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "--resume" in err
    assert "Traceback" not in err
    made = tree(out)
    assert 2 <= len(made) < 40
    assert all(data == f"{PROSE} {int(name[:2])}".encode() for name, data in made.items())
    assert not list(out.rglob("*.cleaner-tmp"))
    ran = run("clean", folder, "-o", out, "--resume")
    assert ran.code == 0
    assert "finished earlier" in ran.err
    assert len(tree(out)) == 40


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"{PROSE} {number}\n" * 3)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "clean", str(folder), "--format", "jsonl", "-q"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(60) == 1, err
    assert b"Traceback" not in err


def _shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    line = f"'{sys.executable}' -m cleaner {command}"
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, env=environment, check=False, timeout=60)


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("clean text.txt >/dev/full", 1, "standard output: No space left on device"),
        ("diff text.txt >/dev/full", 1, "standard output: No space left on device"),
        ("labels >/dev/full", 1, "standard output: No space left on device"),
        ("clean text.txt >&-", 1, "standard output: Bad file descriptor"),
        ("labels >&-", 1, "standard output: Bad file descriptor"),
        ("clean text.txt -o out.txt >&-", 0, "documents: 1"),
        ("clean - <&-", 1, "stdin: cannot be read: Bad file descriptor"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_streams_that_are_full_or_closed(tmp_path: Path, command: str, code: int, told: str) -> None:
    (tmp_path / "text.txt").write_text(PROSE)
    ran = _shell(tmp_path, command)
    assert ran.returncode == code, ran.stderr
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_closed_standard_error_sends_no_words_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(PROSE)
    ran = _shell(tmp_path, "clean text.txt 2>&-")
    assert (ran.returncode, ran.stdout) == (0, PROSE)


def test_a_name_is_told_on_one_line_and_as_it_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    try:
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/a\xff\ncleaner: all is well.txt")).write_bytes(bytes(300))
    except OSError:
        pytest.skip("the file system takes no such name")
    ran = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "a\\xff\\ncleaner: all is well.txt: the input is no text" in ran.err


def test_time_is_not_spent_on_a_walk_of_links(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("a", "b", "c"):
        (folder / name).mkdir(parents=True)
        for other in ("a", "b", "c"):
            os.symlink(f"../{other}", folder / name / f"to-{other}")
    begin = time.monotonic()
    ran, _ = _beside(run, tmp_path, "one.txt", PROSE.encode())
    assert ran.code == 0
    assert time.monotonic() - begin < 30
