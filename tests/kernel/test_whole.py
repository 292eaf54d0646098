"""With and without the kernel, documents come out the same; and where there is a compiler, there is a kernel."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from cleaner import kernel
from tests.golden.outputs import outputs
from tests.kernel.twins import needs_kernel

_PLAIN = (
    "import hashlib, tests.golden.outputs as golden\nfor row in golden.outputs(): print(hashlib.sha256(repr(row).encode()).hexdigest())"
)


@needs_kernel
def test_the_corpus_comes_out_the_same_without_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PLAIN], env=os.environ | {"CLEANER_KERNEL": "0"}, capture_output=True, text=True, check=True, timeout=300
    )
    rows = list(outputs())
    with_kernel = [hashlib.sha256(repr(row).encode()).hexdigest() for row in rows]
    different = [row["id"] for row, mine, other in zip(rows, with_kernel, ran.stdout.split(), strict=True) if mine != other]
    assert not different


def test_all_modules_are_known() -> None:
    sources = sorted(path.stem for path in Path(kernel.__file__).parent.glob("*.pyx"))
    assert sorted(kernel.MODULES) == sources


def test_where_there_is_a_compiler_it_is_compiled() -> None:
    asked = os.environ.get("CLEANER_KERNEL", "1") != "0"
    assert kernel.COMPILED or not asked or shutil.which("gcc") is None, "pip install -e . again: the kernel was not compiled"
