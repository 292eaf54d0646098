"""What the tags and attributes of a page's elements mean for its blocks."""

from __future__ import annotations

from cleaner.parse.page import MARKED_TAGS

_SKIPPED = frozenset(
    "script style noscript template svg iframe head select textarea canvas object title math audio video noframes noembed datalist".split()
)
#: what stands in a line of text and parts nothing
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label map mark nobr picture q rp rt ruby s samp "
    "small source span strike strong sub sup time tt u var wbr area track meta link base param".split()
)
ROLES = {"li": "list_item", "dd": "list_item", "dt": "list_item", "tr": "table_row", "blockquote": "quote", "pre": "code"} | {
    f"h{level}": f"heading{level}" for level in range(1, 7)
}
#: roles that elements without one take over from the element around them
PASSED_ON = frozenset({"quote", "code", "list_item", "table_row"})
TIGHT = frozenset({"list_item", "table_row"})
#: attributes that name an element's part on the page
NAMING = frozenset(
    {
        "class",
        "id",
        "role",
        "itemprop",
        "rel",
        "data-testid",
        "data-component",
        "data-module",
        "data-qa",
        "data-type",
        "aria-label",
        "property",
    }
)
MARKS = {tag: 1 << number for number, tag in enumerate(MARKED_TAGS)}
#: attributes that hide an element
HIDING = frozenset({"style", "hidden", "aria-hidden"})
#: counted on the page even where no block stands in them
_COUNTED = ("article", "main", "pre", "tr")
#: what an element's tag means for the blocks; others part them, and no more. Numbers up to `TIME` are of
#: elements in a line, those up to `SKIP` of elements that are not gone into
LINE, LINK, TIME, EMPTY, IN_HEAD, BREAK, SKIP, ROLE, CELL, PART, ROOT = range(11)
KINDS = (
    dict.fromkeys(_INLINE, LINE)
    | dict.fromkeys("area base img input param source track wbr".split(), EMPTY)
    | {"a": LINK, "meta": IN_HEAD, "link": IN_HEAD, "time": TIME, "br": BREAK, "td": CELL, "th": CELL, "html": ROOT}
    | dict.fromkeys(ROLES, ROLE)
    | dict.fromkeys(_COUNTED, PART)
    | dict.fromkeys(_SKIPPED, SKIP)
)
KINDS_WITH_NOSCRIPT = {tag: kind for tag, kind in KINDS.items() if tag != "noscript"}
