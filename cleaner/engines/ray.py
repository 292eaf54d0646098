"""Ray: files of records to Parquet files, with the readers and the cleaning of a local run."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from cleaner.batch.records import schema_of
from cleaner.batch.tables import clean_chunk, cleaner_for
from cleaner.errors import InputError, MissingExtra, OutputError
from cleaner.load.arrow import arrow
from cleaner.load.fields import Fields
from cleaner.sinks.counts import Counts, total
from cleaner.sources.folders import Input
from cleaner.sources.records import Chunk, chunks
from cleaner.values import Options

#: what a machine of one's own gives to tables on their way between workers, in bytes
_STORE = 1 << 30
#: bytes of a block, and so of an output file, at least and at most
_SMALLEST, _LARGEST = 1 << 20, 128 << 20
#: CPUs of a process that reads; another number than that of those that clean, or Ray would do both in one, a file at a time
_READER = 0.5
#: blocks for each worker, so that none is idle at the end
_BLOCKS = 4


class Ran(msgspec.Struct):
    """What a run came to."""

    counts: Counts
    #: Parquet files written
    files: int


def clean_files(
    files: Sequence[Input],
    output: str,
    options: Options | None = None,
    fields: Fields | None = None,
    *,
    workers: int = 1,
    address: str | None = None,
    force: bool = False,
) -> Ran:
    """Cleans files of records into a folder of Parquet files, in the order of the files and their records.

    Parameters: `files` are found by `cleaner.sources.folders.find`, and `output` is a folder: on a cluster, both where all machines see
    them; `workers` is the number of cleaning processes; `address` is that of a cluster, None for this machine.
    Raises `MissingExtra`, `OutputError` where the folder holds something and `force` is not given, `InputError` where the first file
    cannot be read.
    """
    ray = _ray()
    options, given = options or Options(), fields or Fields()
    if os.path.isdir(output) and os.listdir(output) and not force:
        raise OutputError(output, "holds something already: name another folder, or replace it with --force")
    first = _first_chunk(files, given, options.max_chars)
    under_way = f"{os.path.abspath(output)}.cleaner-part"
    shutil.rmtree(under_way, ignore_errors=True)
    os.makedirs(under_way)
    with _session(ray, workers, address), _blocks(ray, sum(file.size for file in files), workers):
        notes = ray.remote(num_cpus=0)(_Notes).remote()
        items = [{"file": msgspec.msgpack.encode(file)} for file in files]
        dataset = (
            ray.data.from_items(items, override_num_blocks=len(items))
            .map_batches(_read, fn_args=(given, options.max_chars, notes), batch_size=1, batch_format="pyarrow", num_cpus=_READER)
            .map_batches(
                _Clean,
                fn_constructor_args=(options, schema_of(first), notes),
                batch_size=1,
                batch_format="pyarrow",
                concurrency=workers,
            )
        )
        dataset.write_parquet(under_way, filename_provider=_names(ray), compression="zstd")
        counts = ray.get(notes.whole.remote())
    made = sorted(name for name in os.listdir(under_way) if name.endswith(".parquet"))
    if force and os.path.isdir(output):
        for name in os.listdir(output):
            if name.startswith("part-") and name.endswith(".parquet"):
                os.unlink(os.path.join(output, name))
    os.makedirs(output, exist_ok=True)
    for number, name in enumerate(made):
        os.replace(os.path.join(under_way, name), os.path.join(output, f"part-{number:06}.parquet"))
    shutil.rmtree(under_way, ignore_errors=True)
    return Ran(counts, len(made))


class _Notes:
    """Counts of the workers; a batch that is done again counts once."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], bytes] = {}

    def note(self, file: str, first: int, counts: bytes) -> None:
        """What some records came to."""
        self._counts[file, first] = counts

    def whole(self) -> Counts:
        """All of them, in the order of files and records."""
        parts = [msgspec.msgpack.decode(self._counts[key], type=Counts) for key in sorted(self._counts)]
        return total(parts)


def _read(batch: Any, given: Fields, max_chars: int, notes: Any) -> Iterator[Any]:
    """The chunks of a file, a row each."""
    pa = arrow("cleaning on Ray")
    for packed in batch.column("file").to_pylist():
        document = msgspec.msgpack.decode(packed, type=Input)
        try:
            for chunk in chunks(document, given, skip=0, max_chars=max_chars):
                if chunk.error is not None:
                    notes.note.remote(document.id, -1, _failed(document, chunk.error))
                yield pa.table({"file": [document.id], "chunk": pa.array([pickle.dumps(chunk)], pa.large_binary())})
        except (InputError, OSError) as error:
            notes.note.remote(document.id, -1, _failed(document, str(error)))


class _Clean:
    """Cleans chunks. Made once in each worker."""

    def __init__(self, options: Options, schema: bytes, notes: Any) -> None:
        pa = arrow("cleaning on Ray")
        self._options, self._notes = options, notes
        self._schema = pa.ipc.read_schema(pa.py_buffer(schema))
        cleaner_for(options)

    def __call__(self, batch: Any) -> Any:
        pa = arrow("cleaning on Ray")
        made = []
        for file, packed in zip(batch.column("file").to_pylist(), batch.column("chunk").to_pylist(), strict=True):
            chunk = pickle.loads(packed)  # packed by `_read`, in the same run # nosec B301
            table, counts = clean_chunk(chunk, file, self._options, self._schema)
            self._notes.note.remote(file, chunk.first, msgspec.msgpack.encode(counts))
            made.append(table)
        return pa.concat_tables(made)


def _failed(document: Input, reason: str) -> bytes:
    counts = Counts()
    counts.fail(document.path or document.id, reason)
    return msgspec.msgpack.encode(counts)


def _first_chunk(files: Sequence[Input], given: Fields, max_chars: int) -> Chunk:
    """The first records of all: they decide the output's columns."""
    reason: Exception = InputError("there are no files")
    for document in files:
        try:
            return next(chunks(document, given, skip=0, max_chars=max_chars))
        except (InputError, OSError) as error:
            reason = error
    raise InputError(f"none of the files can be read; the last one: {reason}")


@contextlib.contextmanager
def _session(ray: Any, workers: int, address: str | None) -> Iterator[None]:
    """Ray, which is started and ended where it does not run yet."""
    if ray.is_initialized():
        yield
        return
    if address is not None:
        ray.init(address=address, log_to_driver=False)
    else:
        # One more than cleans: whoever reads must not wait for those who wait for what is read.
        ray.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False, object_store_memory=_STORE)
    try:
        yield
    finally:
        ray.shutdown()


@contextlib.contextmanager
def _blocks(ray: Any, size: int, workers: int) -> Iterator[None]:
    """Blocks in order, and enough of them for all workers."""
    context = ray.data.DataContext.get_current()
    before = context.target_max_block_size, context.execution_options.preserve_order, context.enable_progress_bars
    context.target_max_block_size = min(max(size // (workers * _BLOCKS), _SMALLEST), _LARGEST)
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    try:
        yield
    finally:
        context.target_max_block_size, context.execution_options.preserve_order, context.enable_progress_bars = before


def _names(ray: Any) -> Any:
    class Names(ray.data.datasource.FilenameProvider):  # type: ignore[misc]
        """Names that sort in the records' order."""

        def get_filename_for_task(self, write_uuid: str, task_index: int) -> str:
            return f"part-{task_index:06}-{write_uuid}.parquet"

        def get_filename_for_block(self, block: Any, write_uuid: str, task_index: int, block_index: int) -> str:
            return f"part-{task_index:06}-{block_index:04}-{write_uuid}.parquet"

    return Names()


def _ray() -> Any:
    try:
        importlib.import_module("ray.data")
    except ImportError:
        raise MissingExtra("--engine ray", "ray") from None
    return importlib.import_module("ray")
