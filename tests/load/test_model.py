"""Model files: what is read, and what is refused with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleaner.errors import DataFileError
from cleaner.load.model import DEFAULT_MODEL, load_text_model


@pytest.fixture
def arrays() -> dict[str, Any]:
    with np.load(DEFAULT_MODEL, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def test_the_shipped_model_is_small() -> None:
    assert DEFAULT_MODEL.stat().st_size < 4_000_000
    assert load_text_model(DEFAULT_MODEL).thresholds.keys() == {"balanced", "precision", "recall"}


def test_a_file_of_another_format(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "old.npz"
    np.savez(path, **(arrays | {"format": np.array(99)}))
    with pytest.raises(DataFileError, match="format 99, this version reads 3: train it again"):
        load_text_model(path)


def test_a_model_for_other_labels(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    np.savez(path, **(arrays | {"text.labels": np.array(["body", "weather"])}))
    with pytest.raises(DataFileError, match=r"other labels \(body, weather\)"):
        load_text_model(path)


def test_an_array_is_missing(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "part.npz"
    np.savez(path, **{name: array for name, array in arrays.items() if name != "text.words.table"})
    with pytest.raises(DataFileError, match=r"no array 'text.words.table'"):
        load_text_model(path)


def test_a_file_from_before_labels_in_order_were_counted(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "before.npz"
    np.savez(path, **{name: array for name, array in arrays.items() if name != "text.follows"})
    assert not load_text_model(path).follows.any()
    assert load_text_model(DEFAULT_MODEL).follows.any()


def test_what_follows_what_is_for_all_labels(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    np.savez(path, **(arrays | {"text.follows": arrays["text.follows"][:-1]}))
    with pytest.raises(DataFileError, match=r"text.follows.* has the shape"):
        load_text_model(path)


def test_objects_are_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "objects.npz"
    np.savez(path, format=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DataFileError, match="is no model file"):
        load_text_model(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a zip", b"weights"])
def test_no_model_at_all(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "none.npz"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match="is no model file"):
        load_text_model(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        load_text_model(tmp_path / "nowhere.npz")
