"""An output of many records under way: bytes that grow, and become a file when all are there."""

from __future__ import annotations

import os

from cleaner.sinks.atomic import output_error, remove_quietly
from cleaner.sinks.lines import GrowingFile
from cleaner.sinks.places import OutputFormat


class Shard:
    """A growing part, and the file that it becomes.

    Parameters: `keep` is the number of bytes of an existing part that stay.
    Raises `OutputError` (also from its methods).
    """

    def __init__(self, path: str, form: OutputFormat, *, keep: int) -> None:
        self.path, self._form = path, form
        self.part = part_of(path)
        self._file = GrowingFile(self.part, keep=keep > 0)
        if self._file.size > keep:
            self._file.truncate(keep)

    @property
    def size(self) -> int:
        """Bytes in the part."""
        return self._file.size

    def append(self, content: bytes) -> None:
        """Adds what a worker has made of some records."""
        self._file.append(content)

    def close(self) -> None:
        """Leaves the part where it is."""
        self._file.close()

    def finish(self, schema: bytes | None = None) -> None:
        """Gives the part its name; Parquet is written from it first.

        Parameters: `schema` is for a Parquet file without any record.
        """
        self.close()
        try:
            if self._form == "parquet":
                from cleaner.sinks.parquet import write_parquet

                write_parquet(self.part, self.path, schema)
                remove_quietly(self.part)
            else:
                os.replace(self.part, self.path)
        except OSError as error:
            raise output_error(self.path, error) from error


def part_of(path: str) -> str:
    """Where the records of an output lie until all are there."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.cleaner-part")


def size_of(path: str) -> int | None:
    """The bytes of a file; None where there is none."""
    try:
        return os.path.getsize(path)
    except OSError:
        return None
