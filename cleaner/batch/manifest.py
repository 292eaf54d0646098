"""What a run was asked to do and what it came to, beside its output: the same input, options and version give the same but for times."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cleaner.batch.run import Tally
from cleaner.errors import OutputError
from cleaner.load.files import DATA
from cleaner.sinks.atomic import write_file
from cleaner.sinks.fence import Fence
from cleaner.sinks.journal import Header

#: failures that are named; all are counted
MOST_FAILURES = 1_000
#: in an output folder whose neighbours are inputs
HIDDEN = ".cleaner-manifest.json"
_KIND = "cleaner-manifest"


def manifest(header: Header, tally: Tally) -> dict[str, Any]:
    """The manifest of a run, as plain values.

    Parameters: `header` is the journal's, which has version and settings.
    """
    counts = tally.whole
    failures = sorted(counts.failures)
    return {
        "kind": _KIND,
        "version": header.version,
        "data_sha256": data_digest(),
        "model_sha256": model_digest(header.settings.get("model")),
        "settings": dict(sorted(header.settings.items())),
        "fields": {kind: dict(_parts(fields)) for kind, fields in sorted(counts.fields.items())},
        "whole": not (tally.interrupted or tally.full),
        "documents": counts.documents,
        "failed": counts.failed,
        "skipped": dict(sorted(tally.skipped.items())),
        "words": counts.words,
        "words_kept": counts.kept,
        "removed": dict(sorted(counts.removed.items())),
        "removed_by_reason": dict(sorted(counts.reasons.items())),
        "warnings": dict(sorted(counts.warnings.items())),
        "failures": [{"id": id, "reason": reason} for id, reason in failures[:MOST_FAILURES]],
        "times": {
            "ended": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "seconds": round(tally.seconds, 3),
            "documents_in_this_run": tally.own.documents,
            "documents_per_second": round(tally.own.documents / tally.seconds, 1) if tally.seconds > 0 else None,
        },
    }


def write_manifest(output: str, fence: Fence, content: dict[str, Any]) -> str:
    """Writes a manifest and returns where it lies.

    Raises `OutputError` where it cannot be written, or something that is no manifest stands in its place.
    """
    path = beside(output)
    try:
        fence.check(path)
    except OutputError:
        if not os.path.isdir(output):
            raise
        path = os.path.join(output, HIDDEN)
    if os.path.lexists(path) and not _is_manifest(path):
        raise OutputError(path, "exists and is no manifest of cleaner: move it away to have one written there")
    write_file(path, json.dumps(content, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n", replace=True)
    return path


def beside(output: str) -> str:
    """The manifest of an output: `out/` -> `out.manifest.json`, `out.jsonl.gz` -> `out.manifest.json`."""
    path = os.path.abspath(output) if os.path.isdir(output) else output
    if not os.path.isdir(path):
        stem, suffix = os.path.splitext(path)
        path = os.path.splitext(stem)[0] if suffix.lower() in (".gz", ".zst") else stem
    return f"{path.rstrip(os.sep)}.manifest.json"


@functools.cache
def data_digest() -> str:
    """SHA-256 over the rules, labels, languages and models that the package has."""
    whole = hashlib.sha256()
    for path in sorted(path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        whole.update(f"{path.relative_to(DATA).as_posix()}\0{_digest(path)}\n".encode())
    return whole.hexdigest()


def model_digest(model: str | None) -> str | None:
    """SHA-256 of a model: of the file, or of those that the package has for `default`; None where there is none."""
    if model is None or model == "none":
        return None
    if model != "default":
        return _digest(Path(model)) if Path(model).is_file() else None
    files = sorted(path for path in (DATA / "models").rglob("*") if path.is_file()) if (DATA / "models").is_dir() else []
    if not files:
        return None
    return hashlib.sha256("\n".join(f"{path.name} {_digest(path)}" for path in files).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parts(fields: Any) -> list[tuple[str, str]]:
    return [(name, getattr(fields, name)) for name in fields.__struct_fields__ if getattr(fields, name) is not None]


def _is_manifest(path: str) -> bool:
    try:
        content = json.loads(Path(path).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("kind") == _KIND
