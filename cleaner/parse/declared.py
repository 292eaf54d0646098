"""Encodings by the names under which pages and servers declare them: those that browsers know (WHATWG's Encoding Standard), no others.

Python knows more under such names, and not all of them are for texts of strangers: `punycode` takes quadratic time, `undefined` raises
what no decoder raises, `unicode_escape` runs escapes.
"""

from __future__ import annotations

import codecs

#: declared names, and what browsers read them as
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gbk",
    "x-user-defined": "cp1252",
}
#: names of Python's codecs
_KNOWN = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 gbk gb18030 big5 big5hkscs euc_jp iso2022_jp "
    "shift_jis cp932 euc_kr cp949".split()
) | {*(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)), *(f"cp125{page}" for page in range(9))}


def declared_codec(name: str) -> str | None:
    """The codec for a declared name; None where browsers know none."""
    bare = name.strip().lower()
    try:
        found = codecs.lookup(_READ_AS.get(bare, bare)).name
    except (LookupError, ValueError):
        return None
    found = _READ_AS.get(found, found)
    return found if found in _KNOWN else None
