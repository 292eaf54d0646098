"""Finds the Java that Spark needs, 17 or later: $JAVA_HOME, then `java` on the path, then /usr/lib/jvm."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_LEAST = 17
_VERSION = re.compile(r'version "(\d+)')


def java_home() -> str | None:
    """The folder of a Java that is new enough; None where there is none."""
    return next((home for home in _candidates() if _version(Path(home, "bin/java")) >= _LEAST), None)


def _candidates() -> Iterator[str]:
    if os.environ.get("JAVA_HOME"):
        yield os.environ["JAVA_HOME"]
    on_path = shutil.which("java")
    if on_path is not None:
        yield str(Path(on_path).resolve().parent.parent)
    yield from map(str, sorted(Path("/usr/lib/jvm").glob("*")))


def _version(java: Path) -> int:
    if not java.is_file():
        return 0
    told = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False, timeout=60)
    found = _VERSION.search(told.stderr)
    return int(found[1]) if found else 0
