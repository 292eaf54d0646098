"""web-poet: a field processor that makes an article body of a page.

class ArticlePage(WebPage[Article]):
    @field(out=[ArticleBody()])
    def articleBody(self):
        return self.response
"""

from __future__ import annotations

from typing import Any

from cleaner import Cleaner, Options
from cleaner.errors import OptionError
from cleaner.values import Result


class ArticleBody:
    """A processor for `out` of `web_poet.field`: page in, body out. One may serve many fields; it is loaded when first used.

    Parameters: `options` are the `cleaner.Options`; `text` says that the field returns scraped text, not a page; `form` is `"text"`, or
    `"markdown"`.
    Raises `OptionError` for another form.
    """

    def __init__(self, options: Options | None = None, *, text: bool = False, form: str = "text") -> None:
        if form not in ("text", "markdown"):
            raise OptionError("form", form, "must be text or markdown")
        self._options, self._text, self._form = options, text, form
        self._cleaner: Cleaner | None = None

    def __call__(self, value: Any, page: Any = None) -> str | None:
        """The body of what a field returned; None for None.

        Parameters: `value` is a str, bytes, an lxml element, a BeautifulSoup, a selector or list of selectors, or a response; `page` is
        the page object, whose address is used.
        Raises what `cleaner.clean_html` and `cleaner.clean_text` raise.
        """
        result = self.result(value, page)
        if result is None:
            return None
        return result.text if self._form == "text" else result.markdown()

    def result(self, value: Any, page: Any = None) -> Result | None:
        """The whole result, for fields of metadata: title, authors, date."""
        content = _content(value)
        if content is None:
            return None
        if self._cleaner is None:
            self._cleaner = Cleaner(self._options)
        clean = self._cleaner.clean_text if self._text else self._cleaner.clean_html
        return clean(content, url=_address(page))


def _content(value: Any) -> Any:
    """What is cleaned of what a field may return."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    if hasattr(value, "getall"):  # selectors of parsel: one, or a list
        found = value.getall()
        return "\n".join(found) if found else None
    if hasattr(value, "body") and hasattr(value, "text"):  # a response, decoded as its headers say
        return value.text
    return value


def _address(page: Any) -> str | None:
    url = getattr(page, "url", None)
    return str(url) if url is not None and not callable(url) else None
