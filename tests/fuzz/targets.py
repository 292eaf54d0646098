"""All that is fuzzed, by name."""

from __future__ import annotations

from tests.fuzz import documents, records, settings
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    "text": documents.TEXT,
    "html": documents.PAGE,
    "rules": settings.RULES,
    "site-rules": settings.SITES,
    "decisions": settings.DECISIONS,
    "model": settings.MODEL,
    "jsonl": records.LINES,
    "parquet": records.TABLE,
    "warc": records.ARCHIVE,
    "ledger": records.LEDGER,
}
