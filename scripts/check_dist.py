"""Builds wheel and sdist, looks into them, and cleans the demo from an empty environment that knows nothing of the repository.

python scripts/check_dist.py [--keep FOLDER]

The wheel is built from the sdist, so that one is tried as well. Needs `build`, and a package index for what is installed.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = "cleaner"
#: what is made of the kernel's sources
_BUILT = frozenset({".c", ".so", ".pyd"})


def main() -> int:
    """Says what is wrong. Returns the process's exit code."""
    parser = argparse.ArgumentParser(description="builds, looks into and tries the distributions")
    parser.add_argument("--keep", metavar="FOLDER", help="where wheel and sdist are left")
    keep: str | None = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _run([sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(_copy(folder / "source"))], folder)
        wheel, sdist = next(folder.glob("dist/*.whl")), next(folder.glob("dist/*.tar.gz"))
        faults = [*_faults_of_wheel(wheel), *_faults_of_sdist(sdist)]
        if not faults:
            _try(wheel, folder)
        if keep:
            shutil.copytree(folder / "dist", keep, dirs_exist_ok=True)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{wheel.name}, {sdist.name}: whole, and the demo runs from an empty environment")
    return 1 if faults else 0


def _copy(target: Path) -> Path:
    """What is versioned, and nothing else that lies about."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, check=True, capture_output=True)  # whichever git one has # nosec B607
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (_ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_ROOT / name, target / name)
    return target


def _wanted() -> set[str]:
    return {
        path.relative_to(_ROOT).as_posix()
        for path in (_ROOT / _PACKAGE).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in _BUILT
    }


def _faults_of_wheel(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        licence = [name for name in archive.namelist() if name.endswith("LICENSE")]
    compiled = {name for name in held if name.endswith((".so", ".pyd"))}
    faults = [f"the wheel lacks {name}" for name in sorted(_wanted() - held)]
    faults += [f"the wheel has {name}" for name in sorted(held - compiled - _wanted())]
    if shutil.which("gcc"):
        kernel = {path.relative_to(_ROOT).with_suffix("").as_posix() for path in (_ROOT / _PACKAGE).rglob("*.pyx")}
        faults += [f"the wheel lacks {name}, compiled" for name in sorted(kernel - {name.partition(".")[0] for name in compiled})]
    return faults if licence else [*faults, "the wheel has no licence"]


def _faults_of_sdist(sdist: Path) -> list[str]:
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    return [f"the sdist lacks {name}" for name in sorted((_wanted() | {"pyproject.toml", "README.md", "LICENSE"}) - held)]


def _try(wheel: Path, folder: Path) -> None:
    """Raises `CalledProcessError` where a step fails, `AssertionError` where a step gives something else than it should."""
    venv.create(folder / "empty", with_pip=True)
    scripts = folder / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    _run([str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], folder)
    elsewhere = folder / "elsewhere"
    shutil.copytree(_ROOT / "corpus/demo", elsewhere / "demo")
    command = str(scripts / "cleaner")
    _run([command, "clean", "demo", "-o", "out", "--ledger", "--quiet", "--report", "report.html"], elsewhere)
    _run([command, "restore", "out", "-o", "back"], elsewhere)
    _run([command, "rules", "explain", "demo/rundfunk/nachtzug.txt"], elsewhere)
    _run([command, "clean", "demo/gazette/ferry.txt", "--extractor", "trafilatura", "--quiet"], elsewhere)
    different = [
        path
        for path in (elsewhere / "demo").rglob("*.*")
        if not filecmp.cmp(path, elsewhere / "back" / path.relative_to(elsewhere / "demo"))
    ]
    assert not different, f"not restored: {different}"


def _run(command: list[str], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, env=_environment(), check=False, capture_output=True, text=True)
    if ran.returncode:
        print(ran.stdout, ran.stderr, sep="\n", file=sys.stderr)
        ran.check_returncode()


def _environment() -> dict[str, str]:
    """Nothing that points at the repository."""
    import os

    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}


if __name__ == "__main__":
    sys.exit(main())
