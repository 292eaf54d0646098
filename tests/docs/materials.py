"""What a page may take for granted: folders and files that stand for the reader's own.

`corpus/demo` is the repository's. The others are laid out where a page names them:

| name | |
| --- | --- |
| `crawl/` | scraped texts of two sites, in folders that are called as the sites are |
| `shards/` | a `.jsonl.gz`, a `.parquet` and a `.warc.gz`, a few documents each |
| `texts.jsonl` | records with `key` and `story` |
| `page.html` | a page |
| `labelled/` | labelled documents, for `cleaner train` and `cleaner evaluate` |
"""

from __future__ import annotations

import gzip
import html
import json
import shutil
from pathlib import Path

from tests.docs.fences import ROOT
from tests.learning.crawl import crawl
from tests.learning.invented import documents, write

_SITES = ("oakmere-courier.example", "seetal-bote.example")
#: documents of each site
_PAGES = 6
_DEMO = sorted((ROOT / "corpus/demo").rglob("*.txt"))
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<title>Pier stays shut until summer – Oakmere Courier</title>
<meta name="author" content="Ada Marlow">
<meta property="article:published_time" content="2025-03-12T14:30:00+00:00">
<link rel="canonical" href="https://courier.example/town/pier.html">
</head>
<body>
<nav class="menu"><a href="/">Home</a> <a href="/town">Town</a> <a href="/sport">Sport</a></nav>
<article>
<h1>Pier stays shut until summer</h1>
<p class="meta">By Ada Marlow, 12 March 2025</p>
{paragraphs}
<figure><img src="pier.jpg" alt=""><figcaption>The pier on Monday. Photo: Tom Aldous</figcaption></figure>
</article>
<aside class="more"><h2>Most read</h2>
<ul><li><a href="/a">Trains cancelled after storm</a></li><li><a href="/b">Ferry gets a second boat</a></li></ul></aside>
<footer><p>© 2025 Oakmere Courier. All rights reserved.</p></footer>
</body>
</html>
"""
_PARAGRAPHS = (
    "The old pier at Oakmere will stay shut until summer, because cracks have opened in its concrete, the mayor told a packed council on "
    "Tuesday evening.",
    "From Monday the ferry will cross the bay every twenty minutes instead, and bicycles will travel free of charge until the pier is open "
    "again, a county spokeswoman said.",
    "The engineers want to drill forty holes before they say what the repair will cost. The council has set aside half of the money that "
    "was meant for the swimming baths, which have waited for a new roof for eleven years.",
)


def page() -> str:
    """A small page, with what a page has around its article."""
    return _PAGE.format(paragraphs="\n".join(f"<p>{html.escape(text)}</p>" for text in _PARAGRAPHS))


def lay_out(text: str, folder: Path) -> None:
    """Puts into a folder what a page's text names."""
    shutil.copytree(ROOT / "corpus/demo", folder / "corpus/demo")
    if "crawl/" in text:
        _crawl(folder / "crawl")
    if "shards/" in text:
        _shards(folder / "shards")
    if "texts.jsonl" in text:
        records = [{"key": path.stem, "story": path.read_bytes().decode("utf-8", "replace")} for path in _DEMO[:3]]
        (folder / "texts.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    if "page.html" in text:
        (folder / "page.html").write_text(page(), encoding="utf-8")
    if "labelled/" in text:
        (folder / "labelled").mkdir()
        write(folder / "labelled/invented.jsonl", documents())


def _crawl(folder: Path) -> None:
    for site in _SITES:
        (folder / site).mkdir(parents=True)
        for number, document in enumerate(crawl()[site][:_PAGES], 1):
            (folder / site / f"{number:02}.txt").write_text(document.text, encoding="utf-8")


def _shards(folder: Path) -> None:
    folder.mkdir()
    records = [{"id": path.stem, "text": path.read_bytes().decode("utf-8", "replace")} for path in _DEMO]
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records[:3])
    with gzip.open(folder / "c.warc.gz", "wb") as archive:
        archive.write(_response("https://courier.example/town/pier.html", page()))
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records[3:5]), folder / "b.parquet")


def _response(url: str, text: str) -> bytes:
    body = text.encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"WARC-Date: 2025-03-12T14:30:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"
