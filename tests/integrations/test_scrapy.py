"""A real crawl of a local server: items get their bodies, and nothing ends the crawl."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.errors import OptionError
from tests.cleaners import PARAGRAPHS

pytest.importorskip("scrapy")

_MENU = "<nav><ul><li><a href='/1'>News</a></li><li><a href='/2'>Sport</a></li></ul></nav>"
_PAGES = {
    f"/{number}": (
        f"<html lang='en'><head><title>Ferry {number}</title></head><body>{_MENU}<article><h1>The night ferry stays</h1>"
        + "".join(f"<p>{paragraph} Number {number}.</p>" for paragraph in PARAGRAPHS)
        + "<p>Share this article</p></article><footer>Imprint</footer></body></html>"
    ).encode()
    for number in range(1, 6)
}
_PAGES["/pdf"] = b"%PDF-1.7 " + bytes(range(256)) * 4
_PAGES["/long"] = b"<html><body><p>" + b"word " * 50_000 + b"</p></body></html>"

_SPIDER = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Ferry(scrapy.Spider):
    name = "ferry"
    def __init__(self, root):
        self.start_urls = [root + path for path in {paths!r}]
    async def start(self):
        for url in self.start_urls:
            yield scrapy.Request(url)
    def parse(self, response):
        yield {{"url": response.url, "html": response.body, "title": None}}
        if response.url.endswith("/1"):
            yield {{"url": response.url, "html": 17}}
            yield {{"url": response.url}}

def main():
    import json
    process = CrawlerProcess({{
        "ITEM_PIPELINES": {{"cleaner.integrations.scrapy.CleanerPipeline": 300}},
        "FEEDS": {{"items.jsonl": {{"format": "jsonlines", "fields": ["url", "text", "title", "spans", "cleaner_error"]}}}},
        "CLEANER_MAX_CHARS": 100_000, "CLEANER_ERROR_FIELD": "cleaner_error", "CLEANER_SPANS_FIELD": "spans",
        "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False, "LOG_LEVEL": "WARNING", "RETRY_ENABLED": False,
    }})
    crawler = process.create_crawler(Ferry)
    process.crawl(crawler, root=sys.argv[1])
    process.start()
    with open("stats.json", "w") as file:
        json.dump({{name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, (int, str))}}, file)

main()
"""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = _PAGES.get(self.path)
        self.send_response(200 if page is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server of the pages."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()
        thread.join()


def test_a_crawl(server: str, tmp_path: Path) -> None:
    script = tmp_path / "spider.py"
    script.write_text(textwrap.dedent(_SPIDER).format(paths=sorted(_PAGES)), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "no_proxy": "127.0.0.1"}
    ran = subprocess.run(
        [sys.executable, str(script), server], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert len(items) == 9
    bodies = {item["url"].removeprefix(server): item for item in items if item.get("text")}
    for path in (f"/{number}" for number in range(1, 6)):
        expected = cleaner.clean_html(_PAGES[path])
        assert bodies[path]["text"] == expected.text
        assert "Share this article" not in bodies[path]["text"]
        assert bodies[path]["title"] == expected.title
        assert len(bodies[path]["spans"]) == len(expected.spans)
    failed = {item["url"].removeprefix(server): item["cleaner_error"] for item in items if item.get("cleaner_error")}
    assert set(failed) == {"/1", "/long", "/pdf"}
    assert "limit is 100,000" in failed["/long"]
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert stats["finish_reason"] == "finished"
    assert stats["cleaner/documents"] == 5
    assert stats["cleaner/failed"] == 3
    assert stats["cleaner/failed/InputTooLarge"] == 1
    assert stats["cleaner/without_content"] == 1
    assert stats["cleaner/removed/share"] == 5
    assert stats["cleaner/words"] > stats["cleaner/words_kept"] > 5 * len(" ".join(PARAGRAPHS).split())


@dataclasses.dataclass
class _Item:
    body: str
    text: str | None = None
    language: str | None = None


def test_items_with_fixed_fields_and_settings_as_strings() -> None:
    from cleaner.integrations.scrapy import CleanerPipeline

    settings = {"CLEANER_TEXT_FIELD": "body", "CLEANER_KEEP": "share, advert", "CLEANER_MAX_CHARS": "5000", "CLEANER_SPANS_FIELD": "spans"}
    text = "\n".join([*PARAGRAPHS, "Share this article"])
    pipeline = CleanerPipeline({**settings, "CLEANER_SPANS_FIELD": None})
    item = pipeline.process_item(_Item(text), object())
    assert item.text == cleaner.clean_text(text, options=cleaner.Options(keep={"share", "advert"})).text  # type: ignore[arg-type]
    assert "Share this article" in item.text
    assert item.language == "en"
    no_place = CleanerPipeline(settings).process_item(_Item(text))
    assert no_place.body == text, "an item without a field for the spans goes on"
    with pytest.raises(OptionError, match="bias"):
        CleanerPipeline({"CLEANER_BIAS": "bold"})
