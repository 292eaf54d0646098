"""Texts and pages: whatever comes in, the laws of contract §2 hold."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from cleaner.errors import NotText
from cleaner.parse.decode import decode, encode
from cleaner.pipeline import Cleaner
from cleaner.values import Options, Result
from tests.cleaners import rules_alone, with_model
from tests.corpus.reading import CASES
from tests.fuzz.laws import check_deadline, check_result, check_views, outcome, without_time
from tests.fuzz.target import Target, tokens
from tests.laws.strategies import ENDS, LINES, ODD

#: of the corpus, every so many documents
_STEP = 3
#: of all inputs, every so many are also looked at in all views, and cleaned without time
_VIEWED, _HURRIED = 16, 8
#: characters of a scrape
_LENGTH = 2_000


@functools.cache
def text_seeds() -> Sequence[bytes]:
    """Scrapes of the corpus, some in other encodings."""
    texts = [case.source[:_LENGTH] for case in CASES[::_STEP]]
    return [
        text.encode(("utf-8", "utf-16", "utf-8-sig", "utf-32")[number % 4 if number % 5 == 0 else 0]) for number, text in enumerate(texts)
    ]


@functools.cache
def page_seeds() -> Sequence[bytes]:
    """The same scrapes in tags, and a page with whatever pages have."""
    return [_page(case.source[:_LENGTH]).encode() for case in CASES[::_STEP]] + [_FULL.encode()]


def _page(source: str) -> str:
    tags = ("p", "div class=teaser", "h2", "li", "td", "figcaption", "p", "p")
    body = "\n".join(
        f"<{tags[number % 8]}>{escape(line)}</{tags[number % 8].split()[0]}>"
        for number, line in enumerate(source.splitlines())
        if line.strip()
    )
    return f"<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>Der Kurier</title></head><body>{body}</body></html>"


_FULL = """<!DOCTYPE html><html lang="en"><head><meta charset="iso-8859-1"><title>The ferry stays | Herald</title>
<link rel=canonical href="https://herald.example/ferry"><meta property="og:title" content="The ferry stays">
<meta property="article:published_time" content="2026-03-01T10:00:00Z"><meta name=author content="Jane Hollis">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"The ferry stays",
"author":[{"@type":"Person","name":"Jane Hollis"}],"datePublished":"2026-03-01","articleBody":"The board voted.\\nIt was close."}]}</script>
<style>p{color:red}</style></head><body><nav><ul><li><a href="/">Home</a><li><a href=/news>News</a></ul></nav>
<main><article><h1>The ferry stays</h1><p class=byline>By <a href="/jane">Jane Hollis</a> <time datetime="2026-03-01">1 March</time></p>
<figure><img src=a.jpg alt="A boat"><figcaption>The boat. Photo: Tom Wiegand</figcaption></figure>
<p>The harbour board of Tarnwick voted on Thursday to keep the night ferry running for another two years, after a debate.</p>
<blockquote><p>“A museum that happens to float”, the chairwoman said.</p></blockquote><pre>code
  here</pre><table><tr><th>Day<td>Boats</tr><tr><th>Monday<td>4</tr></table><div hidden>secret</div><div style="display:none">gone</div>
<p>What changed her mind was a list of names, &amp; a nurse had written it down.<br>There were four hundred of them.</p></article>
<aside><h3>More</h3><ul><li><a href=1>Boat sinks</a></li></ul></aside></main><noscript><p>Turn on scripts</p></noscript>
<svg><text>x</text></svg><template><p>t</p></template><footer>© 2026 Herald</footer></body></html>"""


@functools.cache
def _hurried() -> Cleaner:
    return without_time(Options(model=None))


def _check(clean: Callable[[Cleaner], Result], number: int) -> Result | None:
    """The laws, with the model or without, as the number says; the result."""
    cleaner = with_model() if number % 2 else rules_alone()
    made = outcome(lambda: clean(cleaner))
    assert outcome(lambda: clean(cleaner)) == made, "another result the second time"
    if number % _HURRIED == 0:
        check_deadline(_hurried(), clean)
    if isinstance(made, str):
        return None
    check_result(made)
    if number % _VIEWED == 0:
        check_views(made)
    return made


def check_text(content: bytes, folder: Path) -> None:
    """A text, as bytes and as str: the laws, and its bytes come back."""
    number = zlib.crc32(content)
    result = _check(lambda cleaner: cleaner.clean_text(content), number)
    text = content.decode("utf-8", "surrogateescape")
    from_text = _check(lambda cleaner: cleaner.clean_text(text), number >> 4)
    assert from_text is not None
    assert from_text.source == text
    try:
        decoded = decode(content)
    except NotText:
        assert result is None
        return
    assert result is not None
    assert result.source == decoded.text
    assert encode(decoded) == content, "decoding cannot be undone"


def check_page(content: bytes, folder: Path) -> None:
    """A page, as bytes and as str, and whatever it is by its looks."""
    number = zlib.crc32(content)
    _check(lambda cleaner: cleaner.clean_html(content), number)
    text = content.decode("utf-8", "surrogateescape")
    if number % 3 == 0:
        assert _check(lambda cleaner: cleaner.clean_html(text, url="https://herald.example/ferry"), number >> 4) is not None
    elif number % 3 == 1:
        _check(lambda cleaner: cleaner.clean(content), number >> 4)


_LINE_WORDS = tuple(word.encode("utf-8", "surrogatepass") for word in (*LINES, *ODD, *ENDS) if word)

TEXT = Target(
    text_seeds,
    (*_LINE_WORDS, *tokens("** __ ``` ~~~ [ ]( ![ > # | - 1. • “ ” „ (dpa) 12.03.2025 http://x.example © z.B. Dr.")),
    check_text,
    15,
)
PAGE = Target(
    page_seeds,
    (
        *_LINE_WORDS[:60],
        *tokens(
            "<p> </p> <div> </div> <a_href=x> </a> <table> <tr> <td> </td> </tr> </table> <li> <ul> </ul> <h1> </h1> <h2> <pre>",
            "</pre> <br> <br/>",
            "<script> </script> <style> </style> <title> </title> <noscript> </noscript> <template> </template> <svg> </svg> <math>",
            "<iframe>",
            "<select> <option> <textarea> <plaintext> <xmp> <frameset> <!-- --> <!DOCTYPE <?xml_version='1.0'?> <![CDATA[ ]]> <html>",
            "</html> <body>",
            "</body> <head> </head> <meta_charset=undefined> <meta_charset=utf-16> <meta_charset=idna> <base>",
            "<link_rel=canonical_href=x> <form>",
            "<button> <time_datetime='> <b> <i></b></i> <p_hidden> <p_style='display:none'> class=' id=\" &amp &#0; &#x110000;",
            "&#xd800; &nbsp; &lt; &",
            '<script_type=\'application/ld+json\'> {"articleBody":"x"} {"@graph":[ {"datePublished":1} {"author":{"name":[]}} NaN [[[[ {{',
            '<!ENTITY_a_"b"> &a; <caption> <colgroup> <dl> <dt> <dd> <details> <summary> <ruby> <rt> <article> <main> <nav> <blockquote>',
        ),
    ),
    check_page,
    20,
)
