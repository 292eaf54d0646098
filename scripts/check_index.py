"""Checks that the index of the package's rules was made from the rule files as they are.

python scripts/check_index.py
"""

from __future__ import annotations

import sys
import zlib

import msgspec

from cleaner.load.package import INDEX, rules_digest
from cleaner.load.program_index import INDEX as PROGRAMS
from cleaner.load.program_index import code_digest


def main() -> int:
    """Says whether the index is fresh. Returns the process's exit code."""
    try:
        digest = msgspec.msgpack.decode(zlib.decompress(INDEX.read_bytes()))["digest"]
    except (OSError, zlib.error, msgspec.DecodeError) as error:
        print(f"{INDEX} cannot be read ({error}): run `make rules`")
        return 1
    if digest != rules_digest():
        print(f"{INDEX} is older than the rules: run `make rules`")
        return 1
    try:
        digest = msgspec.msgpack.decode(PROGRAMS.read_bytes())[0]
    except (OSError, msgspec.DecodeError) as error:
        print(f"{PROGRAMS} cannot be read ({error}): run `make rules`")
        return 1
    if digest != code_digest():
        print(f"{PROGRAMS} is older than the code that compiles patterns: run `make rules`")
        return 1
    print("rule index: fresh")
    return 0


if __name__ == "__main__":
    sys.exit(main())
