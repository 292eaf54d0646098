"""What pyproject.toml cannot say: the kernel, which is compiled where there is a compiler. Everything else stands there."""

import sys
from pathlib import Path

from setuptools import Extension, setup

# Fused multiply-add would round differently from one machine to the next.
_FLAGS = [] if sys.platform == "win32" else ["-O3", "-g0", "-ffp-contract=off"]

_KERNEL = Path("cleaner/kernel")
_SHARED = sorted(map(str, _KERNEL.glob("*.pxd")))

setup(
    ext_modules=[
        Extension(f"cleaner.kernel.{path.stem}", [str(path)], depends=_SHARED, extra_compile_args=_FLAGS, optional=True)
        for path in sorted(_KERNEL.glob("*.pyx"))
    ],
    options={"build_ext": {"parallel": True}},
)
