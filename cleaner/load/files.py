"""Where the package's data files lie, and how a TOML file is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cleaner.errors import DataFileError

DATA = Path(__file__).resolve().parent.parent / "data"


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises `DataFileError` where the file cannot be read or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataFileError(path, f"is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except RecursionError as error:
        raise DataFileError(path, "is nested too deeply: write its lists and tables flat") from error
    except ValueError as error:  # TOMLDecodeError, and what Python says of numbers with thousands of digits
        raise DataFileError(path, f"is no valid TOML: {error}") from error
