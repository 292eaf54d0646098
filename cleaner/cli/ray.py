"""`cleaner clean --engine ray`: records on Ray Data, Parquet and JSONL to Parquet."""

from __future__ import annotations

import os
import sys
import time

from cleaner.cli.asked import Asked
from cleaner.cli.ends import SOME_FAILED, failed
from cleaner.errors import OptionError


def clean_with_ray(asked: Asked, address: str | None) -> int:
    """Cleans files of records with Ray into a folder of Parquet files. Returns the exit code.

    Parameters: `address` is that of a cluster, which decides by itself how many workers there are; None takes this machine, with as
    many as there are jobs.
    """
    local = {
        "resume": asked.resume,
        "ledger": asked.ledger,
        "dry-run": asked.dry,
        "report": asked.report is not None,
        "drop-duplicates": asked.drop_duplicates,
    }
    for name, given in local.items():
        if given:
            raise OptionError(name, True, "is for --engine local: leave one of them out")
    paths, output = asked.paths, asked.output
    if asked.form not in (None, "parquet") or output is None:
        raise OptionError("output", output, "Ray writes Parquet: name a folder with -o, and leave --format out")
    from cleaner import __version__
    from cleaner.batch.manifest import manifest
    from cleaner.batch.run import Tally
    from cleaner.batch.settings import header
    from cleaner.batch.work import Manner
    from cleaner.cli.clean import write_manifest_or_tell
    from cleaner.cli.report import show_summary
    from cleaner.engines.ray import clean_files
    from cleaner.sinks.counts import total
    from cleaner.sinks.fence import Fence
    from cleaner.sources.folders import Input, Unusable, find
    from cleaner.sources.formats import RECORDS

    fence = Fence(paths, output)
    found = list(find(paths, fence.passed))
    files = [thing for thing in found if isinstance(thing, Input) and thing.kind in RECORDS]
    for thing in found:
        if isinstance(thing, Unusable):
            failed(f"{thing.path}: {thing.reason}")
        elif isinstance(thing, Input) and (thing.path is None or thing.kind not in ("jsonl", "parquet")):
            raise OptionError("engine", "ray", f"reads .jsonl and .parquet files, and {thing.id} is none: clean it with --engine local")
    if not files:
        raise OptionError("PATH", " ".join(paths), "holds no .jsonl or .parquet file")
    begin = time.monotonic()
    run = clean_files(files, output, asked.options, asked.fields, workers=asked.jobs, address=address, force=asked.force)
    for id, reason in run.counts.failures:
        failed(f"{id}: {reason}")
    for thing in found:
        if isinstance(thing, Unusable):
            run.counts.fail(thing.path, thing.reason)
    tally = Tally(own=run.counts, whole=total((run.counts,)), seconds=time.monotonic() - begin)
    head = header(__version__, paths, asked.options, Manner("parquet"), asked.fields)
    tally.own.failed += not write_manifest_or_tell(output, fence, manifest(head, tally))
    if not asked.quiet:
        print(f"cleaner: {os.path.join(output, '')} holds {run.files:,} Parquet files", file=sys.stderr)
        show_summary(tally)
    return SOME_FAILED if tally.own.failed else 0
