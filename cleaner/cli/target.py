"""Where `cleaner clean` writes, and in which form: what `-o` and `--format` say together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import msgspec

from cleaner.batch.work import OutputFormat
from cleaner.errors import OptionError
from cleaner.sinks.fence import Fence
from cleaner.sinks.folder import FolderSink
from cleaner.sinks.journal import Header
from cleaner.sinks.onefile import OneFileSink
from cleaner.sinks.places import Sink
from cleaner.sinks.single import NoSink, SingleSink, StreamSink
from cleaner.sources.folders import STANDARD_INPUT

SUFFIXES: dict[OutputFormat, str] = {"text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl"}
_FORMATS: dict[str, OutputFormat] = {suffix: form for form, suffix in SUFFIXES.items()}
_PACKED = (".gz", ".zst")


class Target(msgspec.Struct, frozen=True):
    """A kind of sink, not opened yet."""

    #: `folder`, `file` (one document), `lines` (all in one JSONL file), `stream` or `nothing`
    kind: str
    format: OutputFormat
    #: the folder or file
    path: str | None = None


def choose(paths: Sequence[str], output: str | None, form: str | None, *, dry: bool) -> Target:
    """The target that the options name.

    Raises `OptionError` where they contradict each other or the inputs.
    """
    if form == "parquet" or (output or "").lower().endswith(".parquet"):
        raise OptionError("format", "parquet", "Parquet is not in this version; take jsonl")
    asked = next((name for name in SUFFIXES if name == form), None)
    one = len(paths) == 1 and not os.path.isdir(paths[0])
    if output is None:
        if one or asked == "jsonl":
            return Target("stream", asked or "text")
        if dry:
            return Target("nothing", asked or "text")
        raise OptionError("output", None, "name a folder with -o: only one document, or --format jsonl, goes to standard output")
    if output == STANDARD_INPUT:
        raise OptionError("output", output, "leave -o out for standard output")
    ending = os.path.splitext(output)[1].lower()
    if os.path.isdir(output) or output.endswith(os.sep):
        return Target("folder", asked or "text", output.rstrip(os.sep) or os.sep)
    if ending in _PACKED:
        raise OptionError("output", output, "packed outputs are not in this version; leave the suffix out")
    implied = _FORMATS.get(ending)
    if implied == "jsonl":
        if asked not in (None, "jsonl"):
            raise OptionError("format", form, f"{output} is a JSONL file; leave --format out, or name a folder")
        return Target("lines", "jsonl", output)
    if one and (implied or os.path.isfile(output)):
        return Target("file", asked or implied or "text", output)
    if implied:
        raise OptionError("output", output, "several documents do not go into one such file: name a folder, or a .jsonl file")
    return Target("folder", asked or "text", output)


def open_sink(target: Target, header: Header, fence: Fence, *, ledger: bool, resume: bool, force: bool, dry: bool) -> Sink:
    """The sink of a target.

    Raises `OutputError` where it cannot be opened or must not be replaced.
    """
    suffix = SUFFIXES[target.format]
    if target.path is None:
        return NoSink(suffix) if dry or target.kind == "nothing" else StreamSink(sys.stdout.buffer)
    if target.kind == "folder":
        return FolderSink(target.path, suffix, header, fence, ledger=ledger, resume=resume, force=force, dry=dry)
    if target.kind == "file":
        return SingleSink(target.path, fence, replace=resume or force)
    return NoSink(suffix) if dry else OneFileSink(target.path, header, fence, ledger=ledger, resume=resume, force=force)
