"""What outside extractors make of a page, as verdicts on its blocks."""

from __future__ import annotations

import re
from typing import Any

from cleaner.classify.metadata import Metadata
from cleaner.values import Document, Verdict

_WORD = re.compile(r"\w+")
#: a block of which the extractor kept a smaller share of words was not part of its text
_KEPT_SHARE = 0.5
_SCORE = 0.8


def trafilatura_verdicts(document: Document, markup: str, url: str | None) -> tuple[tuple[Verdict, ...], Metadata]:
    """Verdicts against the blocks that trafilatura leaves out of a page, and the metadata it reads off it.

    trafilatura: Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction".
    """
    import trafilatura  # slow to import, so only where it is used

    extracted: Any = trafilatura.bare_extraction(markup, url=url, with_metadata=True, include_comments=False)
    if extracted is None:
        return (), Metadata()
    found = extracted if isinstance(extracted, dict) else extracted.as_dict()
    authors = tuple(name.strip() for name in (found.get("author") or "").split(";") if name.strip())
    metadata = Metadata(
        title=found.get("title") or None,
        authors=authors,
        date=found.get("date") or None,
        language=found.get("language") or None,
        site_name=found.get("sitename") or None,
    )
    lines = set()
    words: set[str] = set()
    for line in (found.get("text") or "").splitlines():
        parts = _WORD.findall(line.lower())
        lines.add(" ".join(parts))
        words.update(" ".join(parts[at : at + 3]) for at in range(max(1, len(parts) - 2)))
    if not lines:
        return (), metadata
    verdicts = []
    for block, text in zip(document.blocks, document.texts, strict=True):
        parts = _WORD.findall(text.lower())
        if not parts or " ".join(parts) in lines:
            continue
        runs = [" ".join(parts[at : at + 3]) for at in range(max(1, len(parts) - 2))]
        if sum(run in words for run in runs) < _KEPT_SHARE * len(runs):
            label = "navigation" if len(parts) < 5 else "teaser_list"
            verdicts.append(Verdict(block.start, block.end, label, "extractor:trafilatura", _SCORE))
    return tuple(verdicts), metadata
