"""Writes model files; `load.model` and `load.html_model` read them."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.sinks.atomic import write_file


def save_model(arrays: Mapping[str, npt.NDArray[Any]], path: str | os.PathLike[str]) -> None:
    """Writes a model file whole or not at all; one that exists is replaced. Raises `OutputError` where it cannot be written."""
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    write_file(os.fspath(path), packed.getvalue(), replace=True)
