"""A WARC of gold pages through `cleaner clean`, beside the same pages cleaned in memory: pages in a CPU second, both on one core.

python scripts/benchmark_warc.py [--pages 10000] [--gold ../shared/bench]

Pages are taken in turn from the gold sets; each has its number behind it, so that no two are the same. Both sides are processes of their
own, and their starts count.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

from cleaner import Cleaner

_GOLD = Path(__file__).resolve().parents[2] / "shared/bench"
#: pages that are held in memory, and taken over and over
_HELD = 400


def pages(bench: Path, count: int) -> Iterator[bytes]:
    """So many pages, each different from all others."""
    spec = importlib.util.spec_from_file_location("gold", bench / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    held = [page["html"] for name in gold.SETS for page in itertools.islice(gold.pages(name), _HELD // len(gold.SETS))]
    for number in range(count):
        yield held[number % len(held)] + f"<!-- {number} -->".encode()


def write_warc(path: Path, bench: Path, count: int) -> None:
    """An archive of responses (ISO 28500), each packed by itself as crawlers do."""
    with path.open("wb") as file:
        for number, page in enumerate(pages(bench, count)):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = (
                "WARC/1.1",
                "WARC-Type: response",
                f"WARC-Record-ID: <urn:uuid:{uuid.UUID(int=number)}>",
                "WARC-Date: 2026-01-01T00:00:00Z",
                f"WARC-Target-URI: https://site-{number % _HELD}.example/{number}",
                "Content-Type: application/http; msgtype=response",
                f"Content-Length: {len(block)}",
            )
            file.write(gzip.compress("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", 6, mtime=0))


def in_memory(bench: Path, count: int) -> None:
    """Cleans the pages where they are."""
    cleaner = Cleaner()
    for page in pages(bench, count):
        cleaner.clean_html(page)


def read_only(bench: Path, count: int) -> None:
    """What having the pages costs: it is taken off `in_memory`."""
    for _ in pages(bench, count):
        pass


def cpu_seconds(run: Callable[[], None]) -> float:
    """CPU seconds of a child and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _child(work: Callable[[Path, int], None], bench: Path, count: int) -> None:
    process = get_context("spawn").Process(target=work, args=(bench, count))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"exit code {process.exitcode}")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--gold", type=Path, default=_GOLD)
    options = parser.parse_args()
    count, bench = options.pages, options.gold
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "pages.warc.gz")
        write_warc(archive, bench, count)
        print(f"{count:,} pages, {archive.stat().st_size / 1e6:,.0f} MB packed; load {os.getloadavg()[0]:.1f}", flush=True)
        memory = cpu_seconds(lambda: _child(in_memory, bench, count)) - cpu_seconds(lambda: _child(read_only, bench, count))
        print(f"in memory:   {count / memory:,.1f} pages in a CPU second", flush=True)
        command = [sys.executable, "-m", "cleaner", "clean", str(archive), "-o", str(Path(folder, "out.jsonl"))]
        archived = cpu_seconds(lambda: _run(command))
        print(f"end to end:  {count / archived:,.1f} pages in a CPU second: {memory / archived:.2f} × the rate in memory")


if __name__ == "__main__":
    main()
