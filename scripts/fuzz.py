"""Looks for inputs that break a law: mutated ones, always the same for the same seed.

    python scripts/fuzz.py html --seconds 600 --seed 7
    python scripts/fuzz.py html --input build/fuzz/html/3fa9c1d2.bin

Inputs that break a law are made smaller and kept in build/fuzz/TARGET, each with its traceback beside it; the exit code is 1 then. What
breaks a law, and which inputs are looked at, stands in tests/fuzz/targets.py.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import signal
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzz.mutation import Mutator  # noqa: E402
from tests.fuzz.target import Target  # noqa: E402
from tests.fuzz.targets import TARGETS  # noqa: E402

#: seconds of the processor after which an input counts as one that hangs (all are small), and of the clock, for one that waits
_HANGS, _WAITS = 20, 300
#: inputs that are tried to make one smaller
_TRIES = 300


class Hangs(BaseException):
    """An input took too long."""


def main() -> int:
    """Fuzzes a target, or looks at one input."""
    arguments = _parser().parse_args()
    target = TARGETS[arguments.target]
    warnings.simplefilter("error", RuntimeWarning)
    signal.signal(signal.SIGALRM, _alarm)
    signal.signal(signal.SIGPROF, _alarm)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if arguments.input is not None:
            return _look(target, arguments.input.read_bytes(), folder)
        return _hunt(arguments.target, target, arguments.seconds, arguments.seed, folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--input", type=Path, help="look at this one alone")
    return parser


def _look(target: Target, content: bytes, folder: Path) -> int:
    broken = _broken(target, content, folder)
    print(broken or "no law is broken")
    return 1 if broken else 0


def _hunt(name: str, target: Target, seconds: float, seed: int, folder: Path) -> int:
    mutator = Mutator(target.seeds(), target.words, seed)
    end = time.monotonic() + seconds
    kinds: set[str] = set()
    count = found = 0
    slowest = 0.0
    while time.monotonic() < end:
        content = mutator.next()
        count += 1
        begin = time.process_time()
        broken = _broken(target, content, folder)
        slowest = max(slowest, time.process_time() - begin)
        if broken is None:
            continue
        found += 1
        if _kind(broken) in kinds:
            continue
        kinds.add(_kind(broken))
        print(_keep(name, _smaller(target, content, broken, folder), broken), flush=True)
    print(f"{name}: {count:,} inputs, {found:,} that break a law in {len(kinds)} ways, the slowest took {slowest:.1f} s")
    return 1 if kinds else 0


def _broken(target: Target, content: bytes, folder: Path) -> str | None:
    """The traceback of an input that breaks a law."""
    signal.setitimer(signal.ITIMER_PROF, _HANGS)
    signal.setitimer(signal.ITIMER_REAL, _WAITS)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            target.check(content, folder)
    except KeyboardInterrupt:
        raise
    except BaseException:  # whatever it is: an error of RE2's or pyarrow's own counts too
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def _kind(broken: str) -> str:
    """Where it broke: of the same place one input is enough."""
    lines = broken.splitlines()
    places = [line for line in lines if line.startswith("  File ") and "/cleaner/" in line]
    return f"{places[-1] if places else ''} {lines[-1][:40]}"


def _smaller(target: Target, content: bytes, broken: str, folder: Path) -> bytes:
    """The input without what it does not take to break the law in the same place (Zeller and Hildebrandt 2002)."""
    piece, tries = max(1, len(content) // 2), 0
    while piece and tries < _TRIES:
        at, shrunk = 0, False
        while at < len(content) and tries < _TRIES:
            shorter = content[:at] + content[at + piece :]
            tries += 1
            again = _broken(target, shorter, folder)
            if again is not None and _kind(again) == _kind(broken):
                content, shrunk = shorter, True
            else:
                at += piece
        if not shrunk:
            piece //= 2
    return content


def _keep(name: str, content: bytes, broken: str) -> Path:
    folder = ROOT / "build" / "fuzz" / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:12]}.bin"
    path.write_bytes(content)
    path.with_suffix(".txt").write_text(broken, encoding="utf-8", errors="backslashreplace")
    return path


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Hangs(f"took more than {_HANGS} s of the processor, or {_WAITS} s in all")


if __name__ == "__main__":
    sys.exit(main())
