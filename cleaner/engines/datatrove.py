"""datatrove: pipeline steps that clean a document's text and keep in its metadata what was removed and why.

pipeline = [WarcReader("crawl/"), CleanHtml(), JsonlWriter("out/")]
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, cast

import msgspec

from cleaner.batch.tables import cleaner_for
from cleaner.batch.told import told
from cleaner.errors import MissingExtra
from cleaner.render.record import record
from cleaner.values import SPACE, Options, Result

try:
    from datatrove.data import DocumentsPipeline
    from datatrove.pipeline.base import PipelineStep
except ImportError:
    raise MissingExtra("cleaning with datatrove", "datatrove") from None

if TYPE_CHECKING:
    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter

#: where a document's metadata have what cleaning found
_KEYS = ("title", "authors", "date", "language", "spans", "warnings")


class _Clean(PipelineStep):  # type: ignore[misc]
    type = "🧹 - CLEANER"

    def __init__(self, options: Options | None = None, exclusion_writer: DiskWriter | None = None) -> None:
        super().__init__()
        self.options = options or Options()
        self.exclusion_writer = exclusion_writer

    def clean(self, text: str, url: str | None) -> Result:
        """The result for a document."""
        raise NotImplementedError

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yields the cleaned documents. One that fails goes to the exclusion writer, where there is one, and is counted."""
        cleaner_for(self.options)  # loaded before the first document is timed
        # Open from the first to the last: a file that is opened again begins anew.
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    cleaned = self._cleaned(document)
                if cleaned:
                    yield document
                elif writer is not None:
                    writer.write(document, rank)

    def _cleaned(self, document: Document) -> bool:
        metadata: dict[str, Any] = document.metadata
        url = metadata.get("url")
        try:
            result = self.clean(document.text, url if isinstance(url, str) else None)
        except Exception as error:  # one document must not end the pipeline
            self.stat_update("failed", f"failed_{type(error).__name__}")
            metadata["error"] = told(error)
            return False
        found = msgspec.to_builtins(record(str(document.id), result))
        document.text = found["text"]
        for key in _KEYS:
            if key in ("spans", "warnings") or (metadata.get(key) is None and found[key]):
                metadata[key] = found[key]
        self.stat_update("cleaned")
        for span in result.spans:
            if not span.kept and span.label != SPACE:
                self.stat_update(f"removed_{span.label}")
        return True


class CleanText(_Clean):
    """Cleans already-scraped text.

    Parameters: `options` are the `cleaner.Options`; `exclusion_writer` takes documents that fail, with the reason in their metadata.
    Metadata get `spans` and `warnings`, and `title`, `authors`, `date`, `language` where they have none.
    """

    name = "cleaner (text)"

    def clean(self, text: str, url: str | None) -> Result:
        """See `Cleaner.clean_text`."""
        return cleaner_for(self.options).clean_text(text, url=url)


class CleanHtml(_Clean):
    """Cleans pages: what readers such as `WarcReader` have as text. Parameters as for `CleanText`."""

    name = "cleaner (HTML)"

    def clean(self, text: str, url: str | None) -> Result:
        """See `Cleaner.clean_html`."""
        return cleaner_for(self.options).clean_html(cast("str | bytes", text), url=url)
