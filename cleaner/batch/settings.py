"""What decides a run's output: the part of its journal that `--resume` compares."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

import msgspec

from cleaner.batch.work import Manner
from cleaner.errors import DataFileError
from cleaner.load.fields import Fields
from cleaner.sinks.journal import Header
from cleaner.sources.folders import STANDARD_INPUT
from cleaner.values import Options


def header(version: str, inputs: Sequence[str], options: Options, manner: Manner, fields: Fields | None = None) -> Header:
    """The header of a run's journal.

    Parameters: `fields` are those of records that the user has named.
    Raises `DataFileError` where a rule file or model cannot be read.
    """
    return Header(
        version,
        {
            "inputs": " ".join(path if path == STANDARD_INPUT else os.path.realpath(path) for path in inputs),
            "format": manner.format,
            "records": manner.records or "as they came",
            "ledger": "yes" if manner.ledger else "no",
            "keep": " ".join(sorted(options.keep)) or "nothing",
            "strip": " ".join(sorted(options.strip)) or "nothing",
            "bias": options.bias,
            "rules": " ".join(map(_digest, options.rules)) or "none",
            "decisions": " ".join(map(_digest, options.decisions)) or "none",
            "site_rules": _digest_of_sites(options),
            "model": options.model or "none",
            **({} if options.model in (None, "default") else {"model file": _digest(str(options.model))}),
            "extractor": options.extractor,
            "title": options.title or "not given",
            "language": options.language or "not given",
            "max_chars": str(options.max_chars),
            "fields": ", ".join(f"{name} {value}" for name, value in msgspec.to_builtins(fields or Fields()).items()) or "guessed",
        },
    )


def _digest_of_sites(options: Options) -> str:
    rules = options.site_rules
    if rules is None:
        return "none"
    return _digest(rules) if isinstance(rules, str) else hashlib.sha256(rules.toml().encode()).hexdigest()[:16]


def _digest(path: str) -> str:
    """A rule file, or a model, by its name and its content."""
    try:
        with open(path, "rb") as file:
            return f"{os.path.basename(path)}:{hashlib.sha256(file.read()).hexdigest()[:16]}"
    except OSError as error:
        raise DataFileError(path, f"cannot be read: {error.strerror or error}") from error
