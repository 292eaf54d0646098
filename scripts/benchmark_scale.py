"""`cleaner clean` on many records, on one core and on several: rate, CPU time of each process, memory of each worker.

python scripts/benchmark_scale.py [--records 100000] [--jobs 4] [--input FILE]

Records are the texts of corpus/cases, put together to 7 kB and varied, so that no two are the same. Where the machine does other things
too, its clock says little: CPU seconds are printed beside it. Of N workers, the rate cannot be more than N times what a worker does in a
second of its own, nor than what the process that reads and writes can do; both are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cleaner.parse.decode import decode

_ROOT = Path(__file__).resolve().parent.parent
#: characters of a record
_LENGTH = 7_000
_TICKS = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """What a process has used."""

    #: seconds
    cpu: float
    #: bytes, the most it ever had
    memory: int


def write_records(path: Path, count: int) -> None:
    """A JSONL file of so many records."""
    texts = [decode(case.read_bytes()).text for case in sorted((_ROOT / "corpus/cases").glob("*/source.txt"))]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            parts: list[str] = []
            at = number
            while sum(map(len, parts)) < _LENGTH:
                parts.append(texts[at % len(texts)])
                at += 7
            lines = [f"{line} {number}" if len(line) > 60 else line for line in "\n".join(parts)[:_LENGTH].split("\n")]
            file.write(json.dumps({"id": f"record-{number}", "text": "\n".join(lines)}, ensure_ascii=False) + "\n")


def measured(path: Path, output: Path, jobs: int) -> tuple[float, list[Process]]:
    """Runs the command; returns its seconds and its processes, the first of which is that which reads and writes."""
    command = [sys.executable, "-m", "cleaner", "clean", str(path), "-o", str(output), "--jobs", str(jobs), "--force", "-q"]
    begin = time.perf_counter()
    ran = subprocess.Popen(command, start_new_session=True, env={**os.environ, "PYTHONPATH": str(_ROOT)})
    used: dict[int, Process] = {}
    while ran.poll() is None:
        used |= _session(ran.pid)
        time.sleep(0.05)
    if ran.returncode:
        raise SystemExit(f"exit code {ran.returncode}")
    seconds = time.perf_counter() - begin
    first = used.pop(ran.pid)
    return seconds, [first, *sorted(used.values(), reverse=True)]


def _session(leader: int) -> dict[int, Process]:
    """The processes of a session, by their ids."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != leader:
                continue
            status = (entry / "status").read_text()
        except (OSError, ValueError, IndexError):
            continue  # it has ended meanwhile
        peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
        if peak:
            found[int(entry.name)] = Process((int(fields[11]) + int(fields[12])) / _TICKS, peak * 1024)
    return found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--input", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.input or Path(folder, "in.jsonl")
        if options.input is None:
            write_records(path, options.records)
        with path.open("rb") as file:
            records = sum(1 for _ in file)
        one, (alone, *_) = measured(path, Path(folder, "one.jsonl"), 1)
        print(f"{records:,} records; load {os.getloadavg()[0]:.1f}")
        print(f"1 process:    {records / one:,.0f}/s by the clock, {records / alone.cpu:,.0f} in a CPU second, {alone.memory >> 20} MiB")
        many, (parent, *workers) = measured(path, Path(folder, "many.jsonl"), options.jobs)
        jobs, workers = options.jobs, workers[: options.jobs]
        total, peak = sum(worker.cpu for worker in workers), max(worker.memory for worker in workers)
        print(f"{jobs} processes:  {records / many:,.0f}/s by the clock: {one / many / jobs:.2f} × {jobs} × one's rate")
        print(f"  workers: {records / total:,.0f} in a CPU second, {total / alone.cpu:.2f} × what one needs; at most {peak >> 20} MiB each")
        print(f"  who reads and writes: {parent.cpu:.1f} CPU s, so at most {records / parent.cpu:,.0f}/s; {parent.memory >> 20} MiB")
        bound = min(records / parent.cpu, jobs * records / (total + parent.cpu))
        print(f"  on {jobs} cores with nothing else to do: {bound * alone.cpu / records / jobs:.2f} × {jobs} × one's rate at most")
        same = Path(folder, "one.jsonl").read_bytes() == Path(folder, "many.jsonl").read_bytes()
        print(f"  the same bytes: {same}")


if __name__ == "__main__":
    main()
