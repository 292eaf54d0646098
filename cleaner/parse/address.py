"""The site that an address is of."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WWW = re.compile(r"^(?:www\d?|m|mobile|amp)\.")


def host(url: str | None) -> str | None:
    """The host of an address, without `www.` and the like; None where there is none."""
    if not url:
        return None
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    bare = _WWW.sub("", (name or "").rstrip("."))
    return bare if "." in bare.strip(".") else None
