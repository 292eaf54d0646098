"""A short run of the fuzzer, always the same. `scripts/fuzz.py` is the long one."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.fuzz.mutation import Mutator
from tests.fuzz.targets import TARGETS

_SEED = 20_261_122


@pytest.mark.parametrize("name", TARGETS)
def test_no_law_is_broken(name: str, tmp_path: Path) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    if name == "warc":
        pytest.importorskip("fastwarc")
    target = TARGETS[name]
    mutator = Mutator(target.seeds(), target.words, _SEED)
    warnings.simplefilter("error", RuntimeWarning)
    for number in range(target.tried):
        content = mutator.next()
        try:
            target.check(content, tmp_path)
        except Exception as error:
            (kept := Path(tmp_path) / "broken.bin").write_bytes(content)
            raise AssertionError(
                f"input {number} breaks a law, it is kept in {kept}: python scripts/fuzz.py {name} --input {kept}"
            ) from error


@pytest.mark.parametrize("name", TARGETS)
def test_sound_inputs_break_no_law(name: str, tmp_path: Path) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    if name == "warc":
        pytest.importorskip("fastwarc")
    seeds = TARGETS[name].seeds()
    for content in (*seeds[:2], *seeds[-1:], b""):
        TARGETS[name].check(content, tmp_path)


def test_the_same_seed_gives_the_same_inputs() -> None:
    one, other = (Mutator([b"a text", b"another one"], [b"word"], 7) for _ in range(2))
    made = [one.next() for _ in range(200)]
    assert made == [other.next() for _ in range(200)]
    assert len(set(made)) > 150
