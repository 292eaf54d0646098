"""Where `cleaner clean` writes, and in which form: what `-o` and `--format` say together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import msgspec

from cleaner.errors import OptionError
from cleaner.sinks.fence import Fence
from cleaner.sinks.folder import FolderSink
from cleaner.sinks.journal import Header
from cleaner.sinks.onefile import OneFileSink
from cleaner.sinks.places import OutputFormat, Packing, Sink
from cleaner.sinks.single import NoSink, SingleSink, StreamSink
from cleaner.sources.folders import STANDARD_INPUT
from cleaner.sources.formats import RECORDS, Format, format_of

SUFFIXES: dict[OutputFormat, str] = {"text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl", "parquet": ".parquet"}
_FORMATS: dict[str, OutputFormat] = {suffix: form for form, suffix in SUFFIXES.items()}
_PACKED: dict[str, Packing] = {".gz": "gzip", ".zst": "zstd"}
#: those in which one file holds many documents
_MANY: frozenset[OutputFormat] = frozenset({"jsonl", "parquet"})


class Target(msgspec.Struct, frozen=True):
    """A kind of sink, not opened yet."""

    #: `folder`, `file` (one document), `lines` (all in one JSONL or Parquet file), `stream` or `nothing`
    kind: str
    format: OutputFormat
    #: the folder or file
    path: str | None = None
    #: how a JSONL file is packed
    packing: Packing | None = None
    #: the form of records in a folder, and on a stream; None for that of their file
    records: OutputFormat | None = None


def choose(paths: Sequence[str], output: str | None, form: str | None, *, dry: bool) -> Target:
    """The target that the options name.

    Raises `OptionError` where they contradict each other or the inputs.
    """
    asked = next((name for name in SUFFIXES if name == form), None)
    one = len(paths) == 1 and not os.path.isdir(paths[0])
    records = one and holds_records(paths[0])
    if output is None:
        if asked == "parquet" and not dry:
            raise OptionError("format", form, "Parquet does not go to standard output: name a .parquet file or a folder with -o")
        if records and asked not in (None, "jsonl") and not dry:
            raise OptionError("format", form, "records go to standard output as JSONL: leave --format out, or name a folder with -o")
        if one or asked == "jsonl":
            return Target("stream", asked or "text", records=asked)
        if dry:
            return Target("nothing", asked or "text", records=asked)
        raise OptionError("output", None, "name a folder with -o: only one document, or --format jsonl, goes to standard output")
    if output == STANDARD_INPUT:
        raise OptionError("output", output, "leave -o out for standard output")
    if os.path.isdir(output) or output.endswith(os.sep):
        return Target("folder", asked or "text", output.rstrip(os.sep) or os.sep, records=asked)
    stem, ending = os.path.splitext(output)
    packing = _PACKED.get(ending.lower())
    implied = _FORMATS.get(os.path.splitext(stem)[1].lower() if packing else ending.lower())
    if packing and implied != "jsonl":
        raise OptionError("output", output, "only .jsonl outputs are packed: leave the suffix out")
    if implied in _MANY:
        if asked not in (None, implied):
            raise OptionError("format", form, f"{output} is a {implied} file; leave --format out, or name a folder")
        return Target("lines", implied or "jsonl", output, packing)
    if one and not records and (implied or os.path.isfile(output)):
        return Target("file", asked or implied or "text", output)
    if implied:
        raise OptionError("output", output, "several documents do not go into one such file: name a folder, a .jsonl or a .parquet file")
    return Target("folder", asked or "text", output, records=asked)


def holds_records(path: str) -> bool:
    """Whether a file's name says that it holds many documents."""
    found = format_of(os.path.basename(path))
    return isinstance(found, Format) and found.kind in RECORDS


def open_sink(target: Target, header: Header, fence: Fence, *, ledger: bool, resume: bool, force: bool, dry: bool) -> Sink:
    """The sink of a target.

    Raises `OutputError` where it cannot be opened or must not be replaced.
    """
    suffix = SUFFIXES[target.format]
    if target.path is None:
        if dry or target.kind == "nothing":
            return NoSink(suffix)
        return StreamSink(sys.stdout.buffer, lines=target.records in (None, "jsonl"))
    if target.kind == "folder":
        return FolderSink(target.path, suffix, header, fence, records=target.records, ledger=ledger, resume=resume, force=force, dry=dry)
    if target.kind == "file":
        return SingleSink(target.path, fence, replace=resume or force)
    if dry:
        return NoSink(suffix)
    if ledger and (target.packing or target.format == "parquet"):
        raise OptionError("ledger", True, "goes with outputs that are text: name a folder or a .jsonl file that is not packed")
    return OneFileSink(target.path, header, fence, form=target.format, packing=target.packing, ledger=ledger, resume=resume, force=force)
