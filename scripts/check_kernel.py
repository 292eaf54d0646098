"""Runs the kernel's tests, and the fuzzer for a while, with a kernel that stops at every wrong access to memory and undefined step.

python scripts/check_kernel.py [--seconds 60]

A copy of the repository's files is compiled with GCC's address and undefined-behaviour sanitizers. Needs gcc with their libraries.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_SANITIZERS = ("asan", "ubsan")
_FLAGS = "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined"
#: what the fuzzer makes up that goes through the kernel
_FUZZED = ("text", "html")


def main() -> int:
    """Runs what it says above. Returns the process's exit code."""
    parser = argparse.ArgumentParser(description="runs the kernel's tests with sanitizers")
    parser.add_argument("--seconds", type=int, default=60, help="how long each kind of input is fuzzed")
    seconds: int = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, check=True, capture_output=True)  # whichever git one has # nosec B607
        for name in filter(None, listed.stdout.decode().split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_ROOT / name, folder / name)
        cythonize = Path(sys.executable).with_name("cythonize")
        sources = [str(path) for path in sorted((folder / "cleaner/kernel").glob("*.pyx"))]
        subprocess.run([str(cythonize), "--inplace", "--quiet", "-3", *sources], env=os.environ | {"CFLAGS": _FLAGS}, check=True)
        watched = os.environ | {
            "PYTHONPATH": temporary,
            "LD_PRELOAD": " ".join(_library(name) for name in _SANITIZERS),
            # Python itself keeps what it has until it ends.
            "ASAN_OPTIONS": "detect_leaks=0",
        }
        commands = [["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/kernel"]]
        commands += [["scripts/fuzz.py", kind, "--seconds", str(seconds), "--seed", "1"] for kind in _FUZZED]
        return max(subprocess.run([sys.executable, *command], cwd=folder, env=watched, check=False).returncode for command in commands)


def _library(name: str) -> str:
    """Where gcc has a sanitizer's library, which must be loaded before Python is."""
    command = ["gcc", f"-print-file-name=lib{name}.so"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
