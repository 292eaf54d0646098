"""Pages as crawlers meet them, and worse, for the tests of what is compiled for pages."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.corpus.reading import CASES

_RAT = "Der Rat hat am Abend den Haushalt beschlossen. "
_BITS = (
    "<div>", "</div>", '<div class="story-body" id=main>', "<div hidden>", '<div style="display : NONE">',
    '<section aria-hidden="true">', "<p>", "</p>", '<p class="lead" data-type="x" role=note>', "<article>", "</article>", "<main>",
    "</main>", "<nav>", "</nav>", "<aside>", "<ul>", "</ul>", "<li>", "<dl>", "<dt>", "<dd>", "<table>", "</table>", "<tr>", "<td>", "<th>",
    "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<h1>", "</h1>", "<h2>", "</h2>", "<a href=/x>", "</a>", '<span class="badge">',
    "</span>", "<b>", "</b>", "<br>", '<img class="icon" alt=x>', '<time datetime="2024-05-01">', "</time>", "<noscript>", "</noscript>",
    "<script>x</script>", "<style>x</style>", "<svg>", "</svg>", "<template>", "</template>", "<select>", "</select>", "<form>", "</form>",
    "<head>", "<title>Der Titel der Seite</title>", '<meta property="og:title" content="Der Titel">', "<!-- c -->", "<", "<b><p>",
    "</b></p>",
    '<meta name=description content="Worum es hier geht, und mehr">', '<link rel="Canonical" href="/y">', '<html lang="de">',
    '<body class="page">', f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{_RAT * 12}"}}</script>',
)  # fmt: skip
_TEXTS = (
    "Der Titel der Seite", _RAT, "Lesen Sie auch", " ", "\n", "  zwei   Leerzeichen ", "a", "7", "…", "©", "„Nein“, sagte sie.",
    "IBM-Chef: 20 %", "東京で会議が開かれた。", "ไทย", "İstanbul", "ßẞ", "\u200b", "\xa0", "\x85", "\U0001f4f7", "&nbsp;&#0;&shy;",
    "wort " * 70, "x" * 400,
)  # fmt: skip

#: pages of any tags and texts, most of them broken
PAGES = st.lists(st.one_of(st.sampled_from(_BITS), st.sampled_from(_TEXTS), st.text(max_size=6)), max_size=40).map("".join)


def case_pages() -> list[str]:
    """The cases' lines as pages: a paragraph, an entry or a heading each."""
    tags = ("p", "li", "h2", "div", "td")
    pages = []
    for case in CASES:
        lines = [f"<{tags[len(line) % 5]} class=c{len(line) % 3}>{line}</{tags[len(line) % 5]}>" for line in case.lines if line.strip()]
        middle = len(lines) // 2
        head, body = "\n".join(lines[:middle]), "\n".join(lines[middle:])
        pages.append(f"<title>{case.lines[0]}</title><div class=top>{head}</div><article><a href=x>x</a>{body}</article>")
    return pages
