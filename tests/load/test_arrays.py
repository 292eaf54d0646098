"""Model files of unknown origin: refused before they fill the memory or mislead."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleaner.classify.html_network import CHANCE, LAYERS, network
from cleaner.classify.html_shapes import check_weights
from cleaner.classify.model import block_model
from cleaner.errors import DataFileError
from cleaner.load.arrays import MOST_BYTES, read_arrays, real, whole
from cleaner.load.html_model import PACKAGE_MODEL, HtmlWeights, html_weights
from cleaner.load.model import DEFAULT_MODEL, load_text_model


def _all(name: str) -> bool:
    return True


def _header(shape: str, kind: str = "<f8") -> bytes:
    """An array's head that promises a shape, and a few bytes."""
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + b"\0" * 16


def _archive(path: Path, content: bytes, **more: Any) -> Path:
    with zipfile.ZipFile(path, "w", **more) as archive:
        archive.writestr("format.npy", content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        _header("(1099511627776,)"), _header("(-1,)"), _header("(2, 99999999999999999999)"), _header("()", "|O"), _header("(1,)"),
        _header("(" * 40 + ")" * 40), _header("(2,)", "<U400000000"), b"", b"\x93NUMPY", b"\x93NUMPY\x09\x00", pickle.dumps({"a": 1}),
    ],
)  # fmt: skip
def test_an_array_that_is_not_what_it_says(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="is no model file"):
        read_arrays(_archive(tmp_path / "model.npz", content), _all)


def test_zeros_that_would_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("format.npy", "w", force_zip64=True) as member:
        for _ in range((MOST_BYTES >> 20) + 1):
            member.write(bytes(1 << 20))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(DataFileError, match="more than the"):
        read_arrays(path, _all)


def test_other_packings_and_broken_ones(tmp_path: Path) -> None:
    sound = io.BytesIO()
    np.save(sound, np.arange(50))
    with pytest.raises(DataFileError, match="packed in a way"):
        read_arrays(_archive(tmp_path / "a.npz", sound.getvalue(), compression=zipfile.ZIP_BZIP2), _all)
    path = _archive(tmp_path / "b.npz", sound.getvalue(), compression=zipfile.ZIP_DEFLATED)
    content = bytearray(path.read_bytes())
    content[60:70] = b"\xff" * 10
    path.write_bytes(content)
    with pytest.raises(DataFileError, match="is no model file"):
        read_arrays(path, _all)


def test_numbers_that_are_none() -> None:
    arrays = {"a": np.array([0.0, np.nan]), "b": np.array([3, 9]), "c": np.array(["x"])}
    with pytest.raises(ValueError, match="beyond"):
        real(arrays, "a", (2,), 0, 1)
    with pytest.raises(ValueError, match="beyond 0 to 8"):
        whole(arrays, "b", (2,), 0, 8)
    with pytest.raises(ValueError, match="has the shape"):
        whole(arrays, "b", (), 0, 9)
    with pytest.raises(ValueError, match="kind"):
        whole(arrays, "c", (None,), 0, 9)
    assert whole(arrays, "b", (None,), 0, 9) is arrays["b"]


def _use(path: Path) -> None:
    for loaded in (load_text_model, block_model, html_weights, network):
        loaded.cache_clear()
    block_model(str(path)) if path.name.startswith("text") else network(str(path))


@pytest.mark.parametrize(
    ("model", "name", "change"),
    [
        ("text", "text.keep.columns", lambda array: array + 10_000),
        ("text", "text.keep.columns", lambda array: -array - 1),
        ("text", "text.keep.columns", lambda array: array[:, :0]),
        ("text", "text.keep.leaves", lambda array: array[:, :32]),
        ("text", "text.label.leaves", lambda array: array[:, :, :3]),
        ("text", "text.label.borders", lambda array: array * np.float32("nan")),
        ("text", "text.dense.columns", lambda array: array[::-1]),
        ("text", "text.dense.first", lambda array: array[:, :5]),
        ("text", "text.dense.hidden_bias", lambda array: array + (1 << 24)),
        ("text", "text.dense.steps", lambda array: array * np.float32("nan")),
        ("text", "text.words.table", lambda array: array[:100]),
        ("text", "text.words.unit", lambda array: np.array(np.inf)),
        ("text", "text.thresholds.value", lambda array: array * 0),
        ("text", "text.thresholds.name", lambda array: array[:1]),
        ("text", "text.width", lambda array: np.array([7, 8])),
        ("text", "text.labels", lambda array: np.array(b"\xff")),
        ("html", "html.words", lambda array: array[:5]),
        ("html", "html.names3", lambda array: array[:, :2]),
        ("html", "html.l1.weight", lambda array: array[:, :-1]),
        ("html", "html.out.weight", lambda array: array[:2]),
        ("html", "html.l2.unit", lambda array: array * 0),
        ("html", "html.mean", lambda array: array[:-1]),
        ("html", "html.spread", lambda array: -array),
        ("html", "html.chances", lambda array: array * 3),
        ("html", "html.characters", lambda array: array + 200),
        ("html", "html.labels", lambda array: np.array([255, 254], np.uint8)),
        ("html", "html.version", lambda array: np.array("x")),
        ("html", "html.c1.bias", lambda array: array.astype(str)),
    ],
)
def test_a_model_with_one_array_that_does_not_fit(model: str, name: str, change: Callable[[Any], Any], tmp_path: Path) -> None:
    with np.load(DEFAULT_MODEL if model == "text" else PACKAGE_MODEL, allow_pickle=False) as file:
        arrays = {each: file[each] for each in file.files}
    path = tmp_path / f"{model}.npz"
    np.savez(path, **arrays)
    _use(path)
    np.savez(path, **(arrays | {name: change(arrays[name])}))
    with pytest.raises(DataFileError):
        _use(path)


def test_every_array_of_a_page_model_is_looked_at(tmp_path: Path) -> None:
    with np.load(PACKAGE_MODEL, allow_pickle=False) as file:
        arrays = {each: file[each] for each in file.files}
    layers = {name.removesuffix(".unit") for name in arrays if name.endswith(".unit") and arrays[name].ndim}
    assert layers == {f"html.{name}" for name in LAYERS}
    for name in (f"{layer}.{part}" for layer in sorted(layers) for part in ("weight", "bias", "unit")):
        for spoiled in (arrays[name][:-1], arrays[name].astype(np.complex128), np.full(arrays[name].shape, np.nan)):
            with pytest.raises(ValueError, match=r"array .* has"):
                check_weights(_weights(arrays | {name: spoiled}), len(arrays["html.chances"]), CHANCE)


def _weights(arrays: dict[str, Any]) -> HtmlWeights:
    names = arrays["html.labels"].tobytes().decode().split()
    return HtmlWeights({name.removeprefix("html."): array for name, array in arrays.items()}, tuple(names))
