"""The field processor in page objects."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import cleaner
from cleaner.errors import OptionError, UnsupportedInput
from tests.cleaners import PARAGRAPHS

pytest.importorskip("web_poet")
import web_poet

_PAGE = (
    "<html lang='en'><head><title>Ferry</title></head><body><nav><a href='/'>Home</a></nav><article id='story'>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "<p>Share this article</p></article></body></html>"
)


def _page(kind: Any, url: str = "https://herald.example/ferry") -> Any:
    return kind(response=web_poet.HttpResponse(url, body=_PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"}))


def test_a_page_object_with_bodies() -> None:
    from cleaner.integrations.web_poet import ArticleBody

    class Page(web_poet.WebPage[dict[str, Any]]):  # type: ignore[misc]
        @web_poet.field(out=[ArticleBody()])
        def body(self) -> Any:
            return self.response

        @web_poet.field(out=[ArticleBody(form="markdown")])
        def markdown(self) -> Any:
            return self.css("#story")

        @web_poet.field(out=[ArticleBody(cleaner.Options(keep=frozenset({"share"})), text=True)])
        def scraped(self) -> Any:
            return "\n".join([*PARAGRAPHS, "Share this article"])

        @web_poet.field(out=[ArticleBody()])
        def nothing(self) -> Any:
            return None

    page = _page(Page)
    item = asyncio.run(page.to_item())
    assert item["body"] == cleaner.clean_html(_PAGE).text
    assert "Share this article" not in item["body"]
    assert all(paragraph in item["markdown"] for paragraph in PARAGRAPHS)
    assert item["scraped"].endswith("Share this article")
    assert item["nothing"] is None


def test_the_result_has_the_address() -> None:
    from cleaner.integrations.web_poet import ArticleBody

    page = _page(web_poet.WebPage)
    result = ArticleBody().result(page.response, page)
    assert result is not None
    assert result.url == "https://herald.example/ferry"
    assert ArticleBody().result(page.css("nav p")) is None


def test_what_is_no_page_is_refused() -> None:
    from cleaner.integrations.web_poet import ArticleBody

    with pytest.raises(UnsupportedInput):
        ArticleBody()(17)
    with pytest.raises(OptionError, match="form"):
        ArticleBody(form="html")
